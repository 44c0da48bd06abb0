package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a [Purge] removed, or would remove.
///
/// @param events removed, by channel
/// @param keptEvents events that stay, by channel: those of the audit trail
/// @param rows removed from the main database and the idempotency keys, by table; rows of
///   projections are not counted
/// @param keptRows rows that stay and name the subject, by table
/// @param setAside names of damaged files that were set aside earlier: nothing can be removed from
///   them
/// @param rebuilt whether the projections begin anew
public record PurgeReport(
        SortedMap<String, Long> events,
        SortedMap<String, Long> keptEvents,
        SortedMap<String, Long> rows,
        SortedMap<String, Long> keptRows,
        List<String> setAside,
        boolean rebuilt) {

    /// Copies the collections.
    public PurgeReport {
        events = new TreeMap<>(events);
        keptEvents = new TreeMap<>(keptEvents);
        rows = new TreeMap<>(rows);
        keptRows = new TreeMap<>(keptRows);
        setAside = List.copyOf(setAside);
    }

    /// One line that does not name the subject.
    public String summary() {
        List<String> parts = new ArrayList<>();
        parts.add("events removed: " + counts(events));
        parts.add("rows removed: " + counts(rows));
        if (!keptEvents.isEmpty()) {
            parts.add("events kept: " + counts(keptEvents));
        }
        if (!keptRows.isEmpty()) {
            parts.add("rows kept: " + counts(keptRows));
        }
        if (!setAside.isEmpty()) {
            parts.add("not looked into: " + String.join(", ", setAside));
        }
        return String.join("; ", parts);
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", "));
    }
}
