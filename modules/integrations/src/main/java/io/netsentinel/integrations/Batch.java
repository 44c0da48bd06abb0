package io.netsentinel.integrations;

import io.netsentinel.events.EventEncoder;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import io.netsentinel.queuing.Entry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Lines on their way to becoming one commit. For one thread.
final class Batch {
    private final String source;
    private final LineReader lines;
    private final Clock clock;
    private final Tally tally;

    private final UnaryOperator<String> objection;
    private final Set<String> fine = new HashSet<>();
    private final HouseRules rules;
    private final Enrichment enrichment;
    private final Steps steps;
    private final EventEncoder encoder = new EventEncoder();

    private LineContext context;
    private List<Entry> entries = new ArrayList<>();
    private List<Sighting> sightings = new ArrayList<>();

    /// @param lines reads the lines that come without a reader of their own
    /// @param objection why a channel cannot be written to; an empty text when it can
    /// @param rules what is made of alerts; they may go to other channels then
    /// @param enrichment what is added to events
    /// @param steps what is noted of events that are followed
    Batch(
            String source,
            LineReader lines,
            Clock clock,
            Tally tally,
            UnaryOperator<String> objection,
            HouseRules rules,
            Enrichment enrichment,
            Steps steps) {
        this.source = source;
        this.lines = lines;
        this.clock = clock;
        this.tally = tally;
        this.objection = objection;
        this.rules = rules;
        this.enrichment = enrichment;
        this.steps = steps;
        this.context = LineContext.of(source, clock.instant());
    }

    /// What was collected.
    ///
    /// @param entries what goes to the log
    /// @param sightings one for each event among them
    record Content(List<Entry> entries, List<Sighting> sightings) {}

    /// What became of a line.
    sealed interface Outcome {
        /// It is in the batch.
        ///
        /// @param first index of its first entry in the batch
        /// @param entries how many entries there are of it
        record Taken(int first, int entries) implements Outcome {}

        /// It is a dead letter, for that reason.
        record Refused(String reason) implements Outcome {}

        /// There was nothing in it to keep.
        record Nothing() implements Outcome {}
    }

    /// Takes a line; one of white space only is nothing.
    Outcome line(byte[] bytes, int offset, int length, DeadLetters.Place place) {
        return line(lines, bytes, offset, length, place);
    }

    /// Takes a line of the stream that is read by this reader.
    Outcome line(LineReader reader, byte[] bytes, int offset, int length, DeadLetters.Place place) {
        if (blank(bytes, offset, length)) {
            return new Outcome.Nothing();
        }
        LineContext where = context();
        steps.normalising();
        return switch (reader.read(bytes, offset, length, where)) {
            case Normalized.Accepted(List<Routed> routed) ->
                    take(routed, bytes, offset, length, place);
            case Normalized.Rejected(String reason) -> refuse(bytes, offset, length, reason, place);
            case Normalized.Skipped _ -> new Outcome.Nothing();
        };
    }

    /// Takes input that is no line at all.
    Outcome refuse(byte[] bytes, int offset, int length, String reason, DeadLetters.Place place) {
        tally.deadLetter();
        tally.deadLetters()
                .letter(context, bytes, offset, length, reason, place)
                .ifPresent(entries::add);
        return new Outcome.Refused(reason);
    }

    private Outcome take(
            List<Routed> routed, byte[] bytes, int offset, int length, DeadLetters.Place place) {
        for (Routed one : routed) {
            String reason = objectionTo(one);
            if (!reason.isEmpty()) {
                return refuse(bytes, offset, length, reason, place);
            }
        }
        int first = entries.size();
        routed.forEach(this::put);
        return new Outcome.Taken(first, entries.size() - first);
    }

    private String objectionTo(Routed event) {
        for (String channel : event.channels()) {
            if (!fine.contains(channel)) {
                String reason = objection.apply(channel);
                if (!reason.isEmpty()) {
                    return reason;
                }
                fine.add(channel);
            }
        }
        return "";
    }

    /// Takes an event that is ready made.
    void event(Routed event) {
        context();
        steps.normalising();
        String reason = objectionTo(event);
        if (reason.isEmpty()) {
            put(event);
        } else {
            byte[] payload = encoder.encode(event.event());
            refuse(payload, 0, payload.length, reason, new DeadLetters.Place(0, source));
        }
    }

    private void put(Routed plain) {
        Routed one = rules.apply(enrichment.apply(plain));
        byte[] payload = encoder.encode(one.event());
        for (String channel : one.channels()) {
            entries.add(Entry.of(channel, payload));
        }
        steps.ready(source, one.event(), payload, one.channels().size());
        sightings.add(Sighting.of(one.event()));
    }

    /// Where and when what is taken next comes in: the same for all of a batch.
    LineContext context() {
        if (entries.isEmpty()) {
            context = LineContext.of(source, clock.instant());
            steps.receiving();
        }
        return context;
    }

    private static boolean blank(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!JsonShape.white(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return entries.size();
    }

    /// Gives the content away and begins anew.
    Content drain() {
        Content content = new Content(entries, sightings);
        entries = new ArrayList<>();
        sightings = new ArrayList<>();
        return content;
    }
}
