package io.netsentinel.detection;

import java.util.List;
import java.util.Optional;

/// What a person does to an incident.
public sealed interface IncidentAction {

    /// Moves it on, or back.
    ///
    /// @param resolution what it turned out to be: needed for [IncidentStatus#CLOSED], and only
    ///   there
    record Move(IncidentStatus status, Optional<Resolution> resolution) implements IncidentAction {}

    /// Gives it to somebody, or to nobody (`""`).
    record Assign(String owner) implements IncidentAction {}

    /// Adds a note and changes nothing else.
    record Note() implements IncidentAction {}

    /// Takes other incidents into it.
    record Merge(List<String> others) implements IncidentAction {
        public Merge {
            others = List.copyOf(others);
        }
    }

    /// Makes a new incident of some of its members.
    record Split(List<String> members) implements IncidentAction {
        public Split {
            members = List.copyOf(members);
        }
    }

    /// The wire name: `status`, `assign`, `note`, `merge`, `split`.
    default String text() {
        return switch (this) {
            case Move _ -> "status";
            case Assign _ -> "assign";
            case Note _ -> "note";
            case Merge _ -> "merge";
            case Split _ -> "split";
        };
    }
}
