package io.netsentinel.detection.incident;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentAction;
import io.netsentinel.detection.IncidentQuery;
import io.netsentinel.detection.IncidentSettings;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.Incidents;
import io.netsentinel.detection.PatientIncidents;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The real log, hub and incidents on a directory.
record IncidentsFixture(EventLog log, Hub hub, Incidents incidents) implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    static final Identity ANN = identity("ann", Optional.empty());
    static final Identity BOB = identity("bob", Optional.empty());

    static IncidentsFixture open(Path directory) {
        return open(directory, IncidentSettings.defaults());
    }

    static IncidentsFixture open(Path directory, IncidentSettings settings) {
        EventLog log = EventLog.open(directory, LogSettings.defaults());
        Hub hub = Hub.create(log, HubSettings.defaults(), List.of());
        return new IncidentsFixture(
                log, hub, PatientIncidents.create(log, hub, Clock.systemUTC(), settings));
    }

    static Identity identity(String name, Optional<Filter> rows) {
        return new Identity(
                name,
                Role.ANALYST,
                Identity.Kind.TOKEN,
                "t-" + name,
                List.of(),
                rows,
                Optional.empty());
    }

    static Event alert(String id, int minute, String from, String to, String rule, int score) {
        return Event.builder()
                .put("id", id)
                .timestamp(NOON.plus(Duration.ofMinutes(minute)))
                .put("event.kind", "alert")
                .put("event.module", "suricata")
                .put("event.dataset", "suricata.alert")
                .put("observer.name", "lab")
                .put("source.ip", from)
                .put("source.port", 40_000)
                .put("destination.ip", to)
                .put("destination.port", 80)
                .put("rule.id", String.valueOf(rule.hashCode()))
                .put("rule.name", rule)
                .put("ns.dedup_key", rule + "|" + from + "|" + to)
                .put("ns.score", score)
                .build();
    }

    static Event exploit(String id, int minute, String from, String to) {
        return alert(id, minute, from, to, "ET EXPLOIT Something bad", 88);
    }

    void publish(Event... events) {
        publish(List.of(events));
    }

    /// Publishes alerts as a source does, with a copy on `threats` of those that score high.
    void publish(List<Event> events) {
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            boolean finding = event.text("event.dataset").equals("netsentinel.finding");
            if (!finding) {
                entries.add(Entry.of(Channel.ALERTS, event.toJson()));
            }
            if (finding || event.score() >= 48) {
                entries.add(Entry.of(Channel.THREATS, event.toJson()));
            }
        }
        hub.publish(new Append(entries, List.of(), Optional.empty())).join();
    }

    List<Incident> all() {
        return incidents
                .list(
                        ANN,
                        new IncidentQuery(
                                EnumSet.allOf(IncidentStatus.class),
                                Set.of(),
                                Optional.empty(),
                                "",
                                IncidentQuery.Sort.SCORE,
                                0,
                                500))
                .incidents();
    }

    /// The only incident there is, when it has so many members.
    Incident one(long members) {
        await(() -> all().size() == 1 && all().getFirst().members() == members);
        return incidents.find(ANN, all().getFirst().id()).orElseThrow();
    }

    Incident change(Identity who, String id, IncidentAction action, String note) {
        return incidents.change(who, id, action, note, OptionalInt.empty()).orElseThrow();
    }

    List<String> members(String id) {
        return incidents.members(ANN, id).stream().map(member -> member.id()).sorted().toList();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 20 s");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        incidents.close();
        hub.close();
        log.close();
    }
}
