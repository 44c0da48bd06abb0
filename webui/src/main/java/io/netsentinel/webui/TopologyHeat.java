package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which hosts and connections have alerts: now the ones that are open, of a past moment those of
/// the day before it. The worst 500 are looked at.
final class TopologyHeat {
    private static final Duration BEFORE = Duration.ofDays(1);

    private final List<Alert> all = new ArrayList<>();
    private final Map<String, List<Alert>> alerts = new HashMap<>();

    private TopologyHeat() {}

    static TopologyHeat of(Alerts alerts, Identity who, Optional<Instant> at) {
        TopologyHeat heat = none();
        if (!who.mayRead(Channel.ALERTS)) {
            return heat;
        }
        AlertQuery worst =
                AlertQuery.newest(AlertQuery.MAX_LIMIT).withSort(AlertQuery.Sort.SEVERITY);
        AlertQuery query =
                at.map(moment -> worst.withRange(moment.minus(BEFORE), moment))
                        .orElseGet(() -> worst.withStatuses(Set.of(Status.OPEN, Status.ESCALATED)));
        for (Alert alert : alerts.list(who, query).alerts()) {
            heat.add(alert);
        }
        return heat;
    }

    /// Of a time without alerts.
    static TopologyHeat none() {
        return new TopologyHeat();
    }

    private void add(Alert alert) {
        all.add(alert);
        Event event = alert.event();
        String source = event.text(Fields.SOURCE_IP);
        String destination = event.text(Fields.DESTINATION_IP);
        put(source, alert);
        if (!source.equals(destination)) {
            put(destination, alert);
        }
        // whoever began: the alert may be about the answer
        put(key(source, destination), alert);
        put(key(destination, source), alert);
    }

    private void put(String key, Alert alert) {
        if (!key.isBlank()) {
            alerts.computeIfAbsent(key, _ -> new ArrayList<>()).add(alert);
        }
    }

    /// All of them, for a script that goes on from here: `id from to severity;…`.
    String text() {
        return all.stream()
                .map(alert ->
                        Stream.of(
                                        alert.id(),
                                        alert.event().text(Fields.SOURCE_IP),
                                        alert.event().text(Fields.DESTINATION_IP),
                                        alert.event().severity().text())
                                .map(text -> Visible.of(text).replaceAll("[ ;]", ""))
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(";"));
    }

    /// What a connection is known by.
    static String key(String source, String destination) {
        return source + " " + destination;
    }

    /// The alerts of a host or a connection, the worst first.
    List<Alert> of(String key) {
        return alerts.getOrDefault(key, List.of());
    }

    /// How bad it is; empty for no alert.
    Optional<Severity> severity(String key) {
        return of(key).stream().findFirst().map(alert -> alert.event().severity());
    }

    /// To put the worst first: 0 for no alert.
    int rank(String key) {
        return severity(key)
                .map(severity ->
                        OverviewModel.WORST_FIRST.size()
                                - OverviewModel.WORST_FIRST.indexOf(severity))
                .orElse(0);
    }
}
