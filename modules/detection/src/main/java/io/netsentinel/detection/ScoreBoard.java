package io.netsentinel.detection;

import java.time.Instant;
import java.util.List;

/// Threat scores at one moment, the highest first.
///
/// @param at the moment, in the time of the events
/// @param all the score of everything together
/// @param hosts of hosts
/// @param sensors of what sensors told
/// @param networks of the networks inside, /24 or /64
public record ScoreBoard(
        Instant at,
        Standing all,
        List<Standing> hosts,
        List<Standing> sensors,
        List<Standing> networks) {

    public ScoreBoard {
        hosts = List.copyOf(hosts);
        sensors = List.copyOf(sensors);
        networks = List.copyOf(networks);
    }

    /// How one of them stands.
    ///
    /// @param name an address, a sensor's name, a network
    /// @param score 0 to 100
    /// @param why how it comes about
    /// @param last when the newest of it happened
    /// @param reasons the rules that weigh most
    public record Standing(String name, int score, String why, Instant last, List<Reason> reasons) {

        public Standing {
            reasons = List.copyOf(reasons);
        }
    }

    /// A rule that weighs.
    ///
    /// @param rule its id
    /// @param title its name
    /// @param count how many alerts of it weigh
    /// @param score the highest of them, as it was given
    /// @param id the event of that one
    public record Reason(String rule, String title, int count, int score, String id) {}
}
