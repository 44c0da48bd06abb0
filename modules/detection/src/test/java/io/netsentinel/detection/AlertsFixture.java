package io.netsentinel.detection;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.LogSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The real log, hub and alerts on a directory.
record AlertsFixture(EventLog log, Hub hub, Alerts alerts) implements AutoCloseable {

    static AlertsFixture open(Path directory) {
        EventLog log = EventLog.open(directory, LogSettings.defaults());
        Hub hub = Hub.create(log, HubSettings.defaults(), List.of());
        return new AlertsFixture(log, hub, Alerts.create(log, hub, Clock.systemUTC()));
    }

    /// Publishes alerts as a source does, each with its copy on `threats`, and waits until the
    /// tables have them.
    void publish(Event... events) {
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new Entry(Channel.ALERTS, event.toJson(), 1, 0));
        }
        append(entries);
    }

    void publishRaw(String json) {
        append(List.of(new Entry(Channel.ALERTS, json.getBytes(StandardCharsets.UTF_8), 1, 0)));
    }

    /// Publishes when the commit clock has passed a moment.
    void publishLaterThan(long millis, Event event) {
        while (System.currentTimeMillis() <= millis) {
            Thread.onSpinWait();
        }
        publish(event);
    }

    private void append(List<Entry> entries) {
        long last =
                hub.publish(new Append(entries, List.of(), Optional.empty()))
                        .join()
                        .positions()
                        .getLast()
                        .offset();
        log.projections().awaitApplied(AlertProjection.NAME, Channel.ALERTS, last).join();
    }

    TriageResult change(Action action, String id, String note) {
        return alerts.change(analyst("ann"), action, List.of(id), note);
    }

    String id(String ruleName) {
        return alerts.list(analyst("ann"), AlertQuery.newest(500)).alerts().stream()
                .filter(alert -> alert.event().text("rule.name").equals(ruleName))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /// The newest event of a channel.
    Event last(String channel) {
        LogRecord record =
                log.readBefore(channel, Long.MAX_VALUE, 1, Integer.MAX_VALUE)
                        .join()
                        .records()
                        .getFirst();
        return Event.fromJson(record.payload());
    }

    static Identity analyst(String name) {
        return analyst(name, Optional.empty());
    }

    static Identity analyst(String name, Filter rows) {
        return analyst(name, Optional.of(rows));
    }

    private static Identity analyst(String name, Optional<Filter> rows) {
        return new Identity(
                name,
                Role.ANALYST,
                Identity.Kind.TOKEN,
                "t-" + name,
                List.of(),
                rows,
                Optional.empty());
    }

    @Override
    public void close() {
        alerts.close();
        hub.close();
        log.close();
    }
}
