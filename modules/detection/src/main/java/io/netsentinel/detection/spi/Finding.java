package io.netsentinel.detection.spi;

import java.util.List;
import java.util.Optional;

/// What a detector found, with all that somebody needs who does not believe it.
///
/// @param key what it is about, the same for every part of one attack: `10.0.0.7` or `10.0.0.7
///   example.org`
/// @param title one short line, such as `Port scan`
/// @param message one sentence with the figures
/// @param score 0 to 100
/// @param scoreWhy how the score comes about
/// @param tactic the ATT&CK tactic, such as `TA0043`
/// @param technique the ATT&CK technique, such as `T1595`
/// @param source the address it comes from
/// @param target the one address it goes to, if there is one
/// @param service the one service it goes to: its protocol, port, or both
/// @param evidence what was counted
public record Finding(
        String key,
        String title,
        String message,
        int score,
        String scoreWhy,
        String tactic,
        String technique,
        String source,
        Optional<String> target,
        Service service,
        Evidence evidence) {

    /// A service.
    ///
    /// @param protocol such as `ssh`; empty when it is not known or there are several
    /// @param port 0 when it is not known or there are several
    public record Service(String protocol, int port) {
        /// No service in particular.
        public static final Service NONE = new Service("", 0);
    }

    /// What was counted when the threshold was reached.
    ///
    /// @param first when the first of it happened, milliseconds since 1970
    /// @param last when the last of it happened
    /// @param windowMillis the time in which it has to happen
    /// @param count how much there was
    /// @param threshold how much it takes
    /// @param unit what was counted, such as `targets`
    /// @param places the newest places in the log that it was counted from
    public record Evidence(
            long first,
            long last,
            long windowMillis,
            int count,
            int threshold,
            String unit,
            List<Place> places) {
        /// Copies the list.
        public Evidence {
            places = List.copyOf(places);
        }
    }

    /// A place in the log.
    ///
    /// @param channel a channel
    /// @param offset an offset of it
    public record Place(String channel, long offset) {}
}
