package io.netsentinel.detection;

import io.netsentinel.auth.RowFilter;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A triage change as it travels on the alert's own channel: `event.kind` is `state`, `ns.change`
/// says what changed, and severity, addresses, rule and sensor are repeated so that filters and row
/// permissions treat it like its alert.
///
/// @param alertId the alert's event id
/// @param change the step
/// @param status the status after it
record StateEvent(String alertId, Change change, Status status) {
    static final String KIND = "state";

    /// The status after the change, which saves clients knowing what each action leads to.
    private static final String STATUS = "ns.change.status";

    /// The event to publish for this change of `alert`.
    Event event(Event alert) {
        Event.Builder event =
                Event.builder()
                        .put(Fields.ID, change.id())
                        .put(Fields.TIMESTAMP, change.time().toString())
                        .put(Fields.EVENT_KIND, KIND)
                        .put(Fields.EVENT_ACTION, change.action())
                        .put(Fields.NS_CHANGE_ID, alertId)
                        .put(Fields.NS_CHANGE_ACTION, change.action())
                        .put(Fields.NS_CHANGE_USER, change.user())
                        .put(Fields.NS_CHANGE_TIME, change.time().toString())
                        .put(Fields.NS_CHANGE_NOTE, change.note())
                        .put(Fields.NS_CHANGE_VERSION, (long) change.version())
                        .put(STATUS, status.text());
        return AlertRow.copy(alert, event, RowFilter.FIELDS).build();
    }

    /// The change that an event of kind `state` tells; empty when it is not one of an alert.
    static Optional<StateEvent> read(Event event) {
        Optional<Status> status = Status.parse(event.text(STATUS));
        if (event.text(Fields.NS_CHANGE_ID).isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        Change change =
                new Change(
                        event.id(),
                        event.text(Fields.NS_CHANGE_ACTION),
                        event.text(Fields.NS_CHANGE_USER),
                        event.timestamp(),
                        event.text(Fields.NS_CHANGE_NOTE),
                        (int) event.number(Fields.NS_CHANGE_VERSION, 0));
        return Optional.of(new StateEvent(event.text(Fields.NS_CHANGE_ID), change, status.get()));
    }

    /// The alert after this change. A change that was applied before (its version is not higher)
    /// changes nothing.
    Alert applyTo(Alert alert) {
        if (change.version() <= alert.version()) {
            return alert;
        }
        List<Change> history = new ArrayList<>(alert.history());
        history.add(change);
        return new Alert(
                alert.event(),
                alert.epoch(),
                alert.offset(),
                alert.time(),
                status,
                change.version(),
                history);
    }

    static StateEvent next(
            Alert alert,
            Action action,
            Status status,
            String user,
            String note,
            String id,
            Instant now) {
        Change change = new Change(id, action.text(), user, now, note, alert.version() + 1);
        return new StateEvent(alert.id(), change, status);
    }
}
