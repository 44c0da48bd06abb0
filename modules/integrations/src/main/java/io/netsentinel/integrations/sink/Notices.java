package io.netsentinel.integrations.sink;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.spi.SinkRecord;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.Hole;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a sink has to say: notices on the channel `siem`, dead letters on `dead-letters`.
final class Notices {
    private static final int MOST_TEXT = 4_096;
    private static final double BURST = 1_000;
    private static final double PER_SECOND = 100;

    /// A dead letter of a dead letter would be refused as well, and so on for ever.
    private static final Set<String> NO_LETTERS = Set.of(Channel.DEAD_LETTERS, Channel.SIEM);

    private final SinkSettings settings;
    private final Clock clock;
    private double allowance = BURST;
    private long lastNanos = System.nanoTime();
    private long omitted;

    Notices(SinkSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// Something about the whole sink.
    ///
    /// @param action one word, for filters
    /// @param who the user who did it; empty when nobody did
    Entry about(String action, String text, String who) {
        return Entry.of(
                Channel.SIEM,
                event("netsentinel.sink")
                        .put(Fields.EVENT_ACTION, action)
                        .put(Fields.MESSAGE, "sink " + settings.name() + ": " + text)
                        .putText(Fields.USER_NAME, who)
                        .build()
                        .toJson());
    }

    /// Offsets that were gone before they were sent.
    Entry gap(String channel, Hole hole) {
        long count = hole.to() - hole.from() + 1;
        String reason = hole.reason().name().toLowerCase(Locale.ROOT);
        return Entry.of(
                Channel.SIEM,
                event("netsentinel.sink")
                        .put(Fields.EVENT_ACTION, "gap")
                        .put(Fields.EVENT_REASON, reason)
                        .put(
                                Fields.MESSAGE,
                                "sink %s: %d events of %s were gone before they were sent (%s)"
                                        .formatted(settings.name(), count, channel, reason))
                        .put("ns.sink.channel", channel)
                        .put("ns.sink.from", hole.from())
                        .put("ns.sink.to", hole.to())
                        .put("ns.sink.count", count)
                        .build()
                        .toJson());
    }

    /// A record the target will never take. All are counted; when there are very many not all get a
    /// letter, and the next letter says how many did not. The record itself stays in the log.
    Optional<Entry> letter(SinkRecord record, String reason) {
        if (NO_LETTERS.contains(record.channel()) || !allowed()) {
            return Optional.empty();
        }
        byte[] payload = record.payload();
        Event.Builder event =
                event("netsentinel.dead_letter")
                        .put(Fields.EVENT_OUTCOME, "failure")
                        .put(Fields.EVENT_REASON, Visible.characters(reason))
                        .put(
                                Fields.MESSAGE,
                                "sink %s: %s: %s"
                                        .formatted(
                                                settings.name(),
                                                record.id(),
                                                Visible.characters(reason)))
                        .put("ns.sink.channel", record.channel())
                        .put("ns.sink.epoch", record.epoch())
                        .put("ns.sink.offset", record.offset())
                        .put("ns.dead_letter.bytes", payload.length)
                        .put(Fields.RAW, Visible.text(payload, 0, payload.length, MOST_TEXT));
        if (omitted > 0) {
            event.put("ns.dead_letter.omitted", omitted);
            omitted = 0;
        }
        return Optional.of(Entry.of(Channel.DEAD_LETTERS, event.build().toJson()));
    }

    /// A record that says that it is a test; it stands nowhere in the log.
    SinkRecord test(String who) {
        return test(settings, clock, who);
    }

    /// The same for a sink that nothing runs.
    static SinkRecord test(SinkSettings settings, Clock clock, String who) {
        long now = clock.millis();
        Event event =
                event(settings, clock, "netsentinel.sink_test")
                        .put(Fields.OBSERVER_NAME, "netsentinel")
                        .put(Fields.USER_NAME, who)
                        .put(Fields.MESSAGE, "Test of sink " + settings.name())
                        .build();
        return new SinkRecord(Channel.SIEM, "test", now, now, event.toJson());
    }

    private boolean allowed() {
        long now = System.nanoTime();
        allowance = Math.min(BURST, allowance + (now - lastNanos) * 1e-9 * PER_SECOND);
        lastNanos = now;
        if (allowance < 1) {
            omitted++;
            return false;
        }
        allowance--;
        return true;
    }

    private Event.Builder event(String dataset) {
        return event(settings, clock, dataset);
    }

    private static Event.Builder event(SinkSettings settings, Clock clock, String dataset) {
        return Event.builder()
                .put(Fields.ID, Ulid.next())
                .put(Fields.TIMESTAMP, clock.instant())
                .put(Fields.EVENT_INGESTED, clock.instant())
                .put(Fields.EVENT_KIND, "event")
                .put(Fields.EVENT_MODULE, "netsentinel")
                .put(Fields.EVENT_DATASET, dataset)
                .put("ns.sink.name", settings.name())
                .put("ns.sink.kind", settings.kind());
    }
}
