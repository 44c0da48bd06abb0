package io.netsentinel.detection;

import io.netsentinel.events.Cidr;
import java.time.Duration;
import java.util.List;

/// How alerts and findings become incidents.
///
/// @param window evidence on one host, session or flow belongs together when its event times lie at
///   most this far apart
/// @param score an alert opens an incident from this score on
/// @param repeats so many alerts of one rule between the same hosts within the window open an
///   incident whatever their score
/// @param mostOpen when so many incidents are open, further evidence is gathered in one
/// @param sharedHosts ranges of addresses that stand for many hosts (proxies, gateways that
///   translate addresses, resolvers): evidence is not joined by them
public record IncidentSettings(
        Duration window, int score, int repeats, int mostOpen, List<Cidr> sharedHosts) {

    public IncidentSettings {
        sharedHosts = List.copyOf(sharedHosts);
        if (window.compareTo(Duration.ofMinutes(1)) < 0
                || window.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("incidents.window is not between 1m and 1d");
        }
    }

    /// 30 minutes, score 48, 20 repeats, 5,000 open incidents, no shared hosts.
    public static IncidentSettings defaults() {
        return new IncidentSettings(Duration.ofMinutes(30), 48, 20, 5_000, List.of());
    }
}
