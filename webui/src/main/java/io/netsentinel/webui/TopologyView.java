package io.netsentinel.webui;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the address of the topology says: the moment, what it is compared with, the network, and
/// the host or connection that is opened. Every link of the page is another value of this.
///
/// @param at the past moment; empty for now
/// @param than how long before that moment lies what it is compared with
/// @param network only what has to do with this network, empty for all
/// @param host the opened host, empty for none
/// @param source where the opened connection begins, empty for none
/// @param destination where it ends
record TopologyView(
        Optional<Instant> at,
        Than than,
        String network,
        String host,
        String source,
        String destination) {
    private static final int LONGEST = 64;

    /// How much earlier.
    enum Than {
        NOTHING("", "nothing", Duration.ZERO),
        QUARTER("15m", "15 minutes earlier", Duration.ofMinutes(15)),
        HOUR("1h", "an hour earlier", Duration.ofHours(1)),
        HOURS_6("6h", "6 hours earlier", Duration.ofHours(6)),
        DAY("24h", "a day earlier", Duration.ofDays(1)),
        WEEK("7d", "a week earlier", Duration.ofDays(7));

        private final String key;
        private final String label;
        private final Duration time;

        Than(String key, String label, Duration time) {
            this.key = key;
            this.label = label;
            this.time = time;
        }

        String label() {
            return label;
        }

        Duration time() {
            return time;
        }
    }

    /// @param now what is not before it is no past moment
    static TopologyView parse(Function<String, Optional<String>> query, Instant now) {
        String than = text(query, "than");
        return new TopologyView(
                moment(text(query, "at"), now),
                List.of(Than.values()).stream()
                        .filter(one -> one.key.equals(than))
                        .findFirst()
                        .orElse(Than.NOTHING),
                text(query, "network"),
                text(query, "host"),
                text(query, "source"),
                text(query, "destination"));
    }

    private static String text(Function<String, Optional<String>> query, String name) {
        return query.apply(name)
                .filter(value -> value.length() <= LONGEST)
                .map(String::strip)
                .orElse("");
    }

    /// Fields for dates and times of a form know no zone: theirs is UTC.
    private static Optional<Instant> moment(String text, Instant now) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant at =
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return Optional.of(at).filter(one -> one.isBefore(now));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    TopologyView opened(String ip) {
        return new TopologyView(at, than, network, ip, "", "");
    }

    TopologyView opened(String from, String to) {
        return new TopologyView(at, than, network, "", from, to);
    }

    TopologyView closed() {
        return opened("");
    }

    TopologyView inNetwork(String cluster) {
        return new TopologyView(at, than, cluster, "", "", "");
    }

    TopologyView live() {
        return new TopologyView(Optional.empty(), than, network, host, source, destination);
    }

    String href() {
        return Href.of("/topology")
                .with("at", at.map(Instant::toString).orElse(""))
                .with("than", than.key)
                .with("network", network)
                .with("host", host)
                .with("source", source)
                .with("destination", destination)
                .text();
    }

    /// What the select box offers.
    List<TimeRange.Choice> choices() {
        return List.of(Than.values()).stream()
                .map(one -> new TimeRange.Choice(one.key, one.label, one == than))
                .toList();
    }

    /// The moment as a field for dates and times takes it.
    String field() {
        return at.map(one ->
                        LocalDateTime.ofInstant(one, ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .orElse("");
    }
}
