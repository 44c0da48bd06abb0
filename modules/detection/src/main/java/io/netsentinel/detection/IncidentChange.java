package io.netsentinel.detection;

import java.time.Instant;

/// One step in an incident's history.
///
/// @param id the change's own event id
/// @param action `opened`, `status`, `assign`, `note`, `merge`, `merged`, `split`
/// @param user who did it, `""` when the server did
/// @param time when, by the server's clock
/// @param note the text given with it, `""` when none
/// @param detail what it led to, for example `closed, false-positive` or the new owner
/// @param version the incident's version after it
public record IncidentChange(
        String id,
        String action,
        String user,
        Instant time,
        String note,
        String detail,
        int version) {}
