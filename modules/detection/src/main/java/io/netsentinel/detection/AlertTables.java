package io.netsentinel.detection;

import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.Table;
import java.util.Set;

/// The tables behind the alert pages, all kept by [AlertProjection].
///
/// @param rows [SortKey] → the alert as [AlertJson] writes it, with the fields that a row shows
/// @param ids event id → sort key
/// @param severities severity digit and sort key → nothing: lists of one severity without a full
///   scan
/// @param triaged sort key → nothing, for alerts that are not open: most alerts of a busy network
///   are
/// @param open one row `open`: the open alerts by severity
/// @param fine alerts by severity per 10 seconds of event time
/// @param coarse the same per 10 minutes, for long ranges
record AlertTables(
        Table rows,
        Table ids,
        Table severities,
        Table triaged,
        Table open,
        Table fine,
        Table coarse) {

    private static final String ROWS = "alert-rows";
    private static final String IDS = "alert-ids";
    private static final String SEVERITIES = "alert-severities";
    private static final String TRIAGED = "alert-triaged";
    private static final String OPEN = "alert-open";
    private static final String TIMELINE_10S = "alert-timeline-10s";
    private static final String TIMELINE_10M = "alert-timeline-10m";

    /// Their names.
    static final Set<String> NAMES =
            Set.of(ROWS, IDS, SEVERITIES, TRIAGED, OPEN, TIMELINE_10S, TIMELINE_10M);

    static AlertTables of(Store store) {
        return new AlertTables(
                store.table(ROWS),
                store.table(IDS),
                store.table(SEVERITIES),
                store.table(TRIAGED),
                store.table(OPEN),
                store.table(TIMELINE_10S),
                store.table(TIMELINE_10M));
    }
}
