package io.netsentinel.channels;

import io.netsentinel.channels.spi.Codec;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A hub on a log in a temporary directory.
final class Fixture implements AutoCloseable {
    static final String CHANNEL = "lab";

    final AtomicLong now = new AtomicLong(System.currentTimeMillis());
    final EventLog log;
    final Hub hub;

    Fixture(Path directory) {
        this(directory, HubSettings.defaults(), LogSettings.defaults(), List.of());
    }

    Fixture(Path directory, HubSettings settings) {
        this(directory, settings, LogSettings.defaults(), List.of());
    }

    Fixture(Path directory, HubSettings settings, LogSettings logSettings, List<Codec> codecs) {
        log = EventLog.open(directory, logSettings);
        hub = Hub.create(log, settings, codecs, now::get);
        hub.ensure(CHANNEL);
    }

    /// Publishes one event and waits for its commit.
    long publish(String json) {
        return publish(entry(json, 1, 0));
    }

    long publish(Entry... entries) {
        Appended appended =
                hub.publish(new Append(List.of(entries), List.of(), Optional.empty())).join();
        return appended.positions().getLast().offset();
    }

    /// Publishes events `{"n":from}` to `{"n":to}` in one commit.
    void numbers(int from, int to) {
        List<Entry> entries = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            entries.add(entry("{\"n\":" + i + "}", 1, 0));
        }
        publish(entries.toArray(Entry[]::new));
    }

    static Entry entry(String json, int priority, long ttlMillis) {
        return new Entry(CHANNEL, json.getBytes(StandardCharsets.UTF_8), priority, ttlMillis);
    }

    /// Everything in the channel from a place on.
    Follower follow(Where where) {
        return follow(SubscriptionRequest.to(CHANNEL).from(where));
    }

    Follower follow(SubscriptionRequest request) {
        return new Follower(hub, request);
    }

    static Selection filter(String text) {
        return Selection.of(io.netsentinel.events.Filter.parse(text));
    }

    static Where after(long offset) {
        return new Where.After(offset, Optional.empty());
    }

    @Override
    public void close() {
        hub.close();
        log.close();
    }
}
