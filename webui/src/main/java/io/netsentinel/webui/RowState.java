package io.netsentinel.webui;

/// What changes about an alert: a new one is open, later changes come from people.
///
/// @param status `open`, `acknowledged` or `escalated`
/// @param version how many changes there were
/// @param user who changed it last, empty when nobody did
record RowState(String status, int version, String user) {
    static final RowState NEW = new RowState("open", 0, "");
}
