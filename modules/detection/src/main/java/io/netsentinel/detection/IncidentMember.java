package io.netsentinel.detection;

import io.netsentinel.detection.incident.RuleFamily;
import io.netsentinel.events.Event;
import java.time.Instant;
import java.util.List;

/// An alert or finding that belongs to an incident.
///
/// @param channel the channel it stands on, `alerts` or `threats`
/// @param opener whether it can open an incident by itself; the others only support one
/// @param event the fields that matter; the whole event is in the log
public record IncidentMember(String channel, boolean opener, Event event) {

    /// The tactics it stands for: those it names, or what the family of its rule says.
    public List<Tactic> tactics() {
        return RuleFamily.tactics(event);
    }

    /// Its event id.
    public String id() {
        return event.id();
    }

    /// Event time.
    public Instant time() {
        return event.timestamp();
    }
}
