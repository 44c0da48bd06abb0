package io.netsentinel.detection;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.Projections;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Decides changes one after another on its own thread, so that of two people who act at once
/// exactly one is first and the other is told. A decided change is laid over the tables until the
/// projection has caught up with it.
final class Triage implements AutoCloseable {
    static final int MAX_IDS = 10_000;
    static final int MAX_NOTE = 2_000;

    /// Alerts from this score on have a copy on `threats`, which needs the change too.
    private static final int THREATS_SCORE = 48;

    private final Hub hub;
    private final Projections projections;
    private final Function<String, Optional<Alert>> rows;
    private final Visibility visibility;
    private final Clock clock;
    private final Map<String, Alert> undecided = new ConcurrentHashMap<>();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("triage").daemon().factory());

    /// @param rows the alert of an id as the tables know it
    Triage(
            Hub hub,
            Projections projections,
            Function<String, Optional<Alert>> rows,
            Visibility visibility,
            Clock clock) {
        this.hub = hub;
        this.projections = projections;
        this.rows = rows;
        this.visibility = visibility;
        this.clock = clock;
    }

    /// The alert with a change that the tables may not know yet.
    Alert latest(Alert stored) {
        Alert newer = undecided.get(stored.id());
        return newer != null && newer.version() > stored.version() ? newer : stored;
    }

    /// Returns when the changes are committed and in the tables.
    TriageResult change(Identity who, Action action, List<String> ids, String note) {
        return CompletableFuture.supplyAsync(() -> decide(who, action, ids, note), thread)
                .thenCompose(this::publish)
                .join();
    }

    private Decision decide(Identity who, Action action, List<String> ids, String note) {
        Decision decision = new Decision();
        Instant now = clock.instant();
        for (String id : new LinkedHashSet<>(ids)) {
            Optional<Alert> alert =
                    rows.apply(id).map(this::latest).filter(known -> visibility.shows(who, known));
            if (alert.isEmpty()) {
                decision.unknown.add(id);
                continue;
            }
            Optional<Status> status = action.from(alert.get().status());
            if (status.isEmpty()) {
                decision.conflicts.add(conflict(alert.get()));
                continue;
            }
            StateEvent state =
                    StateEvent.next(
                            alert.get(), action, status.get(), who.user(), note, Ulid.next(), now);
            Alert after = state.applyTo(alert.get());
            undecided.put(id, after);
            decision.add(state, alert.get().status(), after);
        }
        return decision;
    }

    private static TriageResult.Conflict conflict(Alert alert) {
        // notes do not change the status: who was first is whoever made the last change that did
        for (Change change : alert.history().reversed()) {
            if (!change.action().equals(Action.NOTE.text())) {
                return new TriageResult.Conflict(
                        alert.id(), alert.status(), change.user(), change.time());
            }
        }
        return new TriageResult.Conflict(
                alert.id(), alert.status(), "", Instant.ofEpochMilli(alert.time()));
    }

    private CompletableFuture<TriageResult> publish(Decision decision) {
        if (decision.alerts.isEmpty()) {
            return CompletableFuture.completedFuture(decision.result());
        }
        return hub.publish(new Append(decision.entries, List.of(), Optional.empty()))
                .thenCompose(this::applied)
                .whenCompleteAsync((_, _) -> decision.alerts.forEach(undecided::remove), thread)
                .thenApply(_ -> decision.result());
    }

    private CompletableFuture<Void> applied(Appended appended) {
        long last =
                appended.positions().stream()
                        .filter(position -> position.channel().equals(Channel.ALERTS))
                        .mapToLong(position -> position.offset())
                        .max()
                        .orElseThrow();
        return projections.awaitApplied(AlertProjection.NAME, Channel.ALERTS, last);
    }

    @Override
    public void close() {
        thread.close();
    }

    private static final class Decision {
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Alert> alerts = new HashMap<>();
        private final List<TriageResult.Changed> changed = new ArrayList<>();
        private final List<TriageResult.Conflict> conflicts = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        void add(StateEvent state, Status former, Alert after) {
            byte[] payload = state.event(after.event()).toJson();
            entries.add(new Entry(Channel.ALERTS, payload, 1, 0));
            if (after.event().score() >= THREATS_SCORE) {
                entries.add(new Entry(Channel.THREATS, payload, 1, 0));
            }
            alerts.put(after.id(), after);
            changed.add(
                    new TriageResult.Changed(after.id(), former, after.status(), after.version()));
        }

        TriageResult result() {
            return new TriageResult(changed, conflicts, unknown);
        }
    }
}
