package io.netsentinel.detection;

import io.netsentinel.events.Event;
import java.util.List;

/// An alert with its triage state.
///
/// @param event the event; in a list only the fields that a row shows, from [Alerts#find] all of
///   them
/// @param epoch epoch of `offset`
/// @param offset where the event stands on the channel `alerts`
/// @param time commit time, epoch milliseconds
/// @param status where it stands in triage
/// @param version how many changes were made to it
/// @param history the changes, oldest first
public record Alert(
        Event event,
        String epoch,
        long offset,
        long time,
        Status status,
        int version,
        List<Change> history) {

    public Alert {
        history = List.copyOf(history);
    }

    /// The id that the HTTP interface and the `call` methods take.
    public String id() {
        return event.id();
    }
}
