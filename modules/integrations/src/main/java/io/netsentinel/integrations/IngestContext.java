package io.netsentinel.integrations;

import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.tracing.Tracing;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// What everything that takes events in works with.
///
/// @param publish writes an append and answers after its commit
/// @param log for bookmarks
/// @param rules what is made of alerts before anybody sees them
/// @param enrichment what is added to events before that
/// @param tracing what follows events
record IngestContext(
        Function<Append, CompletableFuture<Appended>> publish,
        EventLog log,
        Sensors sensors,
        Clock clock,
        Map<String, Normalizer> normalizers,
        HouseRules rules,
        Enrichment enrichment,
        Tracing tracing) {

    static IngestContext of(
            Function<Append, CompletableFuture<Appended>> publish,
            EventLog log,
            Sensors sensors,
            Clock clock) {
        Map<String, Normalizer> normalizers = new TreeMap<>();
        Plugins.normalizers()
                .forEach(normalizer -> normalizers.put(normalizer.format(), normalizer));
        return new IngestContext(
                publish,
                log,
                sensors,
                clock,
                normalizers,
                HouseRules.none(),
                Enrichment.none(),
                Tracing.OFF);
    }

    IngestContext with(HouseRules house) {
        return new IngestContext(
                publish, log, sensors, clock, normalizers, house, enrichment, tracing);
    }

    IngestContext with(Enrichment more) {
        return new IngestContext(publish, log, sensors, clock, normalizers, rules, more, tracing);
    }

    IngestContext with(Tracing followed) {
        return new IngestContext(
                publish, log, sensors, clock, normalizers, rules, enrichment, followed);
    }

    /// Why a channel cannot be written to; an empty text when it can.
    String objection(String channel) {
        return log.state(channel).isPresent() ? "" : "there is no channel " + channel;
    }

    Optional<Normalizer> find(String format) {
        return Optional.ofNullable(normalizers.get(format));
    }

    /// @throws IllegalArgumentException when there is no such format, naming those there are
    Normalizer normalizer(String format) {
        return find(format)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no format '" + format + "'; there are " + formats()));
    }

    List<String> formats() {
        return List.copyOf(normalizers.keySet());
    }
}
