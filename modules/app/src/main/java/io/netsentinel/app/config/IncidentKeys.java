package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.TEXTS;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.detection.IncidentSettings;
import java.time.Duration;
import java.util.List;

/// The settings under `incidents`: how alerts and findings become incidents.
public final class IncidentKeys {
    private static final IncidentSettings INCIDENTS = IncidentSettings.defaults();
    private static final int MANY = 100_000;

    public static final Key<Duration> WINDOW =
            Key.of(
                    "incidents.window",
                    DURATION,
                    INCIDENTS.window(),
                    "Alerts and findings on one host, session or flow belong to one incident when"
                            + " their event times lie at most this far apart (1m to 1d).");
    public static final Key<Integer> SCORE =
            Key.of(
                    "incidents.score",
                    count("a score", 1, 100),
                    INCIDENTS.score(),
                    "An alert opens an incident from this threat score on. Findings of the"
                            + " detectors and rules that count before they fire always do.");
    public static final Key<Integer> REPEATS =
            Key.of(
                    "incidents.repeats",
                    count("a number", 2, MANY),
                    INCIDENTS.repeats(),
                    "So many alerts of one rule between the same hosts within the window open an"
                            + " incident whatever their score.");
    public static final Key<Integer> MOST_OPEN =
            Key.of(
                    "incidents.most-open",
                    count("a number", 1, MANY),
                    INCIDENTS.mostOpen(),
                    "When so many incidents are open, what would open another one is gathered in"
                            + " a single one, so that an attack with forged addresses cannot fill"
                            + " the database.");
    public static final Key<List<String>> SHARED_HOSTS =
            Key.of(
                    "incidents.shared-hosts",
                    TEXTS,
                    List.of(),
                    "Addresses and ranges that stand for many hosts (proxies, gateways that"
                            + " translate addresses, resolvers, your own scanners): alerts are not"
                            + " joined because they share one.");

    static final Section SECTION =
            Section.of(
                    "Incidents",
                    "How alerts and findings that belong together become incidents.",
                    WINDOW,
                    SCORE,
                    REPEATS,
                    MOST_OPEN,
                    SHARED_HOSTS);

    private IncidentKeys() {}
}
