package io.netsentinel.detection;

import io.netsentinel.events.Event;
import java.time.Instant;

/// An alert or finding that belongs to an incident.
///
/// @param channel the channel it stands on, `alerts` or `threats`
/// @param opener whether it can open an incident by itself; the others only support one
/// @param event the fields that matter; the whole event is in the log
public record IncidentMember(String channel, boolean opener, Event event) {

    /// Its event id.
    public String id() {
        return event.id();
    }

    /// Event time.
    public Instant time() {
        return event.timestamp();
    }
}
