package io.netsentinel.detection.spi;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IsoTime;
import java.time.DateTimeException;

/// An event and its place in the log.
///
/// @param event the event, without its raw line
/// @param at when it happened, milliseconds since 1970: for a flow when it began, because sensors
///   write it long after
/// @param channel the channel it is on
/// @param offset its offset there
public record Sighting(Event event, long at, String channel, long offset) {

    /// The sighting of an event, with its time.
    public static Sighting of(Event event, String channel, long offset) {
        return new Sighting(event, time(event), channel, offset);
    }

    private static long time(Event event) {
        String start = event.text(Fields.EVENT_START);
        if (!start.isEmpty()) {
            try {
                return IsoTime.parse(start).toEpochMilli();
            } catch (DateTimeException _) {
                // no time after all
            }
        }
        return event.timestamp().toEpochMilli();
    }
}
