package io.netsentinel.webui;

import io.netsentinel.detection.Alert;
import io.netsentinel.events.Event;
import java.util.List;

/// An alert as one line of a list beside something else.
///
/// @param href where it is in full
/// @param severity key of its colour and shape
/// @param title its signature
/// @param time when it happened, ISO
/// @param timeFull the same for people
record AlertLine(
        String href,
        String severity,
        String severityWord,
        String title,
        String time,
        String timeFull) {

    static AlertLine of(Event event) {
        return new AlertLine(
                Rows.path(event.id()),
                event.severity().text(),
                Rows.word(event.severity()),
                Visible.of(Rows.signature(event)),
                event.timestamp().toString(),
                Rows.full(event.timestamp()));
    }

    /// The first of them.
    static List<AlertLine> of(List<Alert> alerts, int most) {
        return alerts.stream().limit(most).map(alert -> of(alert.event())).toList();
    }
}
