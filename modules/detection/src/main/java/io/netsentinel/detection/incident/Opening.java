package io.netsentinel.detection.incident;

import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentConflict;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Opens an incident because somebody says so.
final class Opening {
    private final IncidentTables tables;
    private final JoinKeys join;
    private final Splitter splitter;
    private final Correlator correlator;

    Opening(IncidentTables tables, JoinKeys join, Splitter splitter, Correlator correlator) {
        this.tables = tables;
        this.join = join;
        this.splitter = splitter;
        this.correlator = correlator;
    }

    /// What is opened, and what tells it.
    record Opened(Incident incident, Entry entry) {}

    /// @throws IncidentConflict when one of the alerts is in an open incident already
    Opened open(List<Event> alerts, String user, String note, Instant now) {
        List<Evidence> evidence =
                alerts.stream().map(alert -> new Evidence(alert, Channel.ALERTS, join)).toList();
        evidence.forEach(this::refuseTaken);
        List<IncidentMember> members = evidence.stream().map(each -> each.member(true)).toList();
        Draft draft = splitter.fill(Draft.open("", now), members);
        Incident incident = new Edit(draft.state()).at(1, now);
        Set<String> ids = evidence.stream().map(Evidence::id).collect(Collectors.toSet());
        correlator.moved(ids, incident.id());
        IncidentEvents.Told told =
                new IncidentEvents.Told("opened", user, note, members.size() + " by hand");
        return new Opened(
                incident,
                IncidentEvents.entry(
                        "opened",
                        incident,
                        now,
                        event -> {
                            var body = IncidentEvents.incident(event);
                            IncidentEvents.members(body, members);
                            IncidentEvents.keys(body, IncidentEvents.keys(draft));
                            IncidentEvents.change(event, incident, told, now);
                        }));
    }

    private void refuseTaken(Evidence evidence) {
        Map<String, String> rows = new HashMap<>();
        for (String id : near(evidence)) {
            rows.put(IncidentTables.memberKey(id, evidence.member(true)), id);
        }
        for (String row : new TreeSet<>(tables.members().getAll(rows.keySet()).keySet())) {
            Optional<Incident> taken =
                    tables.row(rows.getOrDefault(row, ""))
                            .map(Kept::incident)
                            .filter(Incident::open);
            if (taken.isPresent()) {
                throw new IncidentConflict(
                        "the alert "
                                + evidence.id()
                                + " is in the incident "
                                + taken.get().id()
                                + " already: split it from there, or merge",
                        taken.get(),
                        "",
                        taken.get().updated());
            }
        }
    }

    private Set<String> near(Evidence evidence) {
        List<String> incidents = new ArrayList<>();
        tables.keys()
                .getAll(evidence.keys())
                .values()
                .forEach(value ->
                        Span.read(Optional.of(value))
                                .forEach(span -> incidents.add(span.incident())));
        return new TreeSet<>(incidents);
    }
}
