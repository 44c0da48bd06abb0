package io.netsentinel.detection;

import java.time.Instant;

/// One step in an alert's history.
///
/// @param id the change's own event id
/// @param action the wire name of the action: `ack`, `unack`, `escalate`, `note`
/// @param user who did it
/// @param time when, by the server's clock
/// @param note the text given with it, `""` when none
/// @param version the alert's version after this change; the alert itself is version 0
public record Change(
        String id, String action, String user, Instant time, String note, int version) {}
