package io.netsentinel.detection;

import java.time.Duration;

/// What is kept of who talks to whom.
///
/// @param enabled whether anything is
/// @param hosts the most hosts
/// @param edges the most pairs of hosts that talk to each other
/// @param services the most services of one host
/// @param learning so long after its first event everything is new, and nothing is told of it
/// @param every so often what has changed is told
/// @param forget what was not seen for so long is gone
public record TopologySettings(
        boolean enabled,
        int hosts,
        int edges,
        int services,
        Duration learning,
        Duration every,
        Duration forget) {
    private static final int LEAST = 100;
    private static final int MOST = 500_000;
    private static final int MOST_SERVICES = 1_000;

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public TopologySettings {
        between("hosts", hosts, LEAST, MOST);
        between("edges", edges, LEAST, MOST);
        between("services", services, 1, MOST_SERVICES);
        if (every.compareTo(Duration.ofSeconds(1)) < 0
                || every.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("topology.every: 1s to 1h");
        }
        if (learning.isNegative() || forget.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "topology.learning is not below 0, and topology.forget at least 1m");
        }
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("topology." + name + ": " + least + " to " + most);
        }
    }

    /// 20,000 hosts, 50,000 edges, 64 services of each host; a day of learning, told every minute,
    /// gone after a week.
    public static TopologySettings defaults() {
        return new TopologySettings(
                true,
                20_000,
                50_000,
                64,
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                Duration.ofDays(7));
    }
}
