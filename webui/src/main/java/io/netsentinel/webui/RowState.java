package io.netsentinel.webui;

import io.netsentinel.detection.Status;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;

/// What changes about an alert: a new one is open, later changes come from people.
///
/// @param status `open`, `acknowledged` or `escalated`
/// @param version how many changes there were
/// @param user who changed it last, empty when nobody did
record RowState(String status, int version, String user) {
    static final RowState NEW = new RowState("open", 0, "");

    /// A new alert is open unless a rule of the house was applied to it.
    static RowState of(Event alert) {
        Status status = Status.first(alert);
        return status == Status.OPEN
                ? NEW
                : new RowState(status.text(), 1, "rule " + alert.text(Fields.NS_HOUSE_RULE));
    }
}
