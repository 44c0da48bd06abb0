package io.netsentinel.it;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A filter in the server's language, and what it means, told without the server.
///
/// @param text empty for none
/// @param wants what passes
record ChaosFilter(String text, Predicate<ChaosEvent> wants) {
    static final ChaosFilter ALL = new ChaosFilter("", _ -> true);

    /// What a viewer may see: set as `auth.rows.viewer`.
    static final ChaosFilter ROWS =
            new ChaosFilter("not source.ip in 10.9.0.0/16", e -> !e.ip().startsWith("10.9."));

    private static final Set<Integer> SOME_PORTS = Set.of(53, 123);
    private static final Set<String> SEVERE = Set.of("high", "critical");

    /// Broad ones, narrow ones, and one that nothing passes.
    static final List<ChaosFilter> EVERY =
            List.of(
                    ALL,
                    ALL,
                    new ChaosFilter("n < 20", e -> e.n() < 20),
                    new ChaosFilter("n >= 20 and n < 25", e -> e.n() >= 20 && e.n() < 25),
                    new ChaosFilter("n = 7", e -> e.n() == 7),
                    new ChaosFilter("n = -1", _ -> false),
                    new ChaosFilter("not n = 7", e -> e.n() != 7),
                    new ChaosFilter(
                            "source.ip in 10.1.0.0/16 or source.ip in 10.9.0.0/16",
                            e -> e.ip().startsWith("10.1.") || e.ip().startsWith("10.9.")),
                    new ChaosFilter(
                            "destination.port in (53, 123)", e -> SOME_PORTS.contains(e.port())),
                    new ChaosFilter("severity >= high", e -> SEVERE.contains(e.severity())),
                    new ChaosFilter(
                            "rule.name ~ \"ET MALWARE*\" and not destination.port = 443",
                            e -> e.n() % 2 == 0 && e.port() != 443));
}
