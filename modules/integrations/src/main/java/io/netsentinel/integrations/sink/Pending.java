package io.netsentinel.integrations.sink;

import io.netsentinel.integrations.spi.SinkRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a rule has seen and nobody was told of yet. Made again from the log after a restart, so it
/// goes by the times of the log alone.
final class Pending {
    private static final int SAMPLES = 9;

    private final NotificationRule rule;
    private final Deque<Seen> waiting = new ArrayDeque<>();
    private final Deque<SinkRecord> recent = new ArrayDeque<>();
    private final Map<String, Place> behind = new HashMap<>();
    private final List<SinkRecord> samples = new ArrayList<>();
    private long count;
    private long first;
    private long last;
    private boolean triggered;
    private long triggeredAt;

    /// An event that counts towards the threshold.
    private record Seen(String channel, Place before, long time) {}

    /// Why a message that is due otherwise has to wait, and until when.
    ///
    /// @param reason empty when nothing holds it
    record Due(Instant time, String reason) {}

    Pending(NotificationRule rule) {
        this.rule = rule;
    }

    /// An event the rule is about.
    void add(SinkRecord record) {
        Place before = new Place(record.epoch(), record.offset() - 1);
        if (triggered) {
            behind.putIfAbsent(record.channel(), before);
            take(record);
            return;
        }
        expire(record.time());
        waiting.add(new Seen(record.channel(), before, record.time()));
        recent.add(record);
        if (recent.size() > SAMPLES) {
            recent.remove();
        }
        if (waiting.size() >= rule.threshold()) {
            trigger(record.time());
        }
    }

    private void trigger(long now) {
        triggered = true;
        triggeredAt = now;
        waiting.forEach(seen -> behind.putIfAbsent(seen.channel(), seen.before()));
        count = waiting.size();
        first = waiting.getFirst().time();
        last = now;
        samples.addAll(recent);
        waiting.clear();
        recent.clear();
    }

    private void take(SinkRecord record) {
        count++;
        last = record.time();
        if (samples.size() < SAMPLES) {
            samples.add(record);
        }
    }

    /// Forgets what came too long ago to count.
    void expire(long now) {
        long oldest = now - rule.window().toMillis();
        while (!waiting.isEmpty() && waiting.getFirst().time() < oldest) {
            waiting.remove();
        }
        while (!recent.isEmpty() && recent.getFirst().time() < oldest) {
            recent.remove();
        }
    }

    /// Where reading must begin again to see what is pending, by channel; channels nothing is
    /// pending of are missing.
    Map<String, Place> behind() {
        if (triggered) {
            return Map.copyOf(behind);
        }
        Map<String, Place> places = new HashMap<>();
        waiting.forEach(seen -> places.putIfAbsent(seen.channel(), seen.before()));
        return places;
    }

    /// When somebody is to be told, if there is something to tell.
    ///
    /// @param lastSent when the last message was sent
    Optional<Due> due(Instant now, Optional<Instant> lastSent) {
        if (!triggered) {
            return Optional.empty();
        }
        Instant time = Instant.ofEpochMilli(triggeredAt);
        String reason = "";
        if (!rule.digest().isZero()) {
            time = Instant.ofEpochMilli(first).plus(rule.digest());
            reason = "digest";
        }
        Optional<Instant> rested = lastSent.map(sent -> sent.plus(rule.rest()));
        if (rested.isPresent() && rested.get().isAfter(time)) {
            time = rested.get();
            reason = "min-interval";
        }
        Instant moment = time.isAfter(now) ? time : now;
        Optional<Instant> end = rule.quiet().flatMap(hours -> hours.end(moment));
        if (end.isPresent()) {
            return Optional.of(new Due(end.get(), "quiet-hours"));
        }
        return Optional.of(new Due(time, time.isAfter(now) ? reason : ""));
    }

    long count() {
        return triggered ? count : waiting.size();
    }

    boolean triggered() {
        return triggered;
    }

    Instant first() {
        return Instant.ofEpochMilli(first);
    }

    Instant last() {
        return Instant.ofEpochMilli(last);
    }

    /// Some of the events.
    List<SinkRecord> samples() {
        return List.copyOf(samples);
    }

    /// Somebody was told.
    void clear() {
        triggered = false;
        count = 0;
        behind.clear();
        samples.clear();
    }
}
