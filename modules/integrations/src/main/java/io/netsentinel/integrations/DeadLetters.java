package io.netsentinel.integrations;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.queuing.Entry;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes events for the channel `dead-letters` of input that could not be understood: escaped, cut,
/// and not more than the channel can bear. All are counted, also those that are not kept.
final class DeadLetters {
    static final int MOST_TEXT = 4_096;
    private static final int BURST = 10_000;
    private static final int PER_SECOND = 100;

    private double allowance = BURST;
    private long lastNanos = System.nanoTime();
    private long omitted;

    /// What is known of a piece of input.
    ///
    /// @param number its line, from 1
    /// @param where the file or address it came from
    record Place(long number, String where) {}

    /// @param length the whole length, which may be more than what is shown
    Optional<Entry> letter(
            LineContext context, byte[] bytes, int offset, int length, String reason, Place place) {
        OptionalLong before = allowed();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Event.Builder event =
                Event.builder()
                        .put(Fields.TIMESTAMP, context.receivedText())
                        .put(Fields.EVENT_INGESTED, context.receivedText())
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, "netsentinel.dead_letter")
                        .put(Fields.EVENT_OUTCOME, "failure")
                        .put(Fields.EVENT_REASON, reason)
                        .put(
                                Fields.MESSAGE,
                                context.source() + " line " + place.number() + ": " + reason)
                        .put(Fields.OBSERVER_NAME, context.source())
                        .put("log.file.path", Visible.characters(place.where()))
                        .put("ns.dead_letter.line", place.number())
                        .put("ns.dead_letter.bytes", length)
                        .put(Fields.RAW, Visible.text(bytes, offset, length, MOST_TEXT));
        if (before.getAsLong() > 0) {
            event.put("ns.dead_letter.omitted", before.getAsLong());
        }
        return Optional.of(Entry.of(Channel.DEAD_LETTERS, event.build().toJson()));
    }

    /// How many were left out before this one; empty when this one is left out too.
    private synchronized OptionalLong allowed() {
        long now = System.nanoTime();
        allowance = Math.min(BURST, allowance + (now - lastNanos) * 1e-9 * PER_SECOND);
        lastNanos = now;
        if (allowance < 1) {
            omitted++;
            return OptionalLong.empty();
        }
        allowance--;
        long before = omitted;
        omitted = 0;
        return OptionalLong.of(before);
    }
}
