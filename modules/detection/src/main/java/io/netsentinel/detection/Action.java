package io.netsentinel.detection;

import java.util.Locale;
import java.util.Optional;

/// What a person may do to an alert. The wire name is the last part of the `call` method
/// (`alert.ack`) and of the path `POST /api/alerts/{id}/ack`.
public enum Action {
    /// Open or escalated becomes acknowledged.
    ACK,
    /// Acknowledged or escalated becomes open again: the undo of the other two.
    UNACK,
    /// Open or acknowledged becomes escalated.
    ESCALATE,
    /// Adds a note and leaves the status alone; needs a text.
    NOTE;

    /// The name on the wire: `ack`, `unack`, `escalate`, `note`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The action of that wire name.
    public static Optional<Action> parse(String text) {
        for (Action action : values()) {
            if (action.text().equals(text)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /// The action that brings an alert to a status.
    public static Action to(Status status) {
        return switch (status) {
            case OPEN -> UNACK;
            case ACKNOWLEDGED -> ACK;
            case ESCALATED -> ESCALATE;
        };
    }

    /// The status this action leads to from `current`; empty when an alert is there already, which
    /// is a conflict.
    Optional<Status> from(Status current) {
        return switch (this) {
            case ACK -> unless(current, Status.ACKNOWLEDGED);
            case UNACK -> unless(current, Status.OPEN);
            case ESCALATE -> unless(current, Status.ESCALATED);
            case NOTE -> Optional.of(current);
        };
    }

    private static Optional<Status> unless(Status current, Status target) {
        return current == target ? Optional.empty() : Optional.of(target);
    }
}
