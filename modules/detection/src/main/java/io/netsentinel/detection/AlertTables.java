package io.netsentinel.detection;

import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.Table;

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

    static AlertTables of(Store store) {
        return new AlertTables(
                store.table("alert-rows"),
                store.table("alert-ids"),
                store.table("alert-severities"),
                store.table("alert-triaged"),
                store.table("alert-open"),
                store.table("alert-timeline-10s"),
                store.table("alert-timeline-10m"));
    }
}
