package io.netsentinel.integrations;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.Optional;

/// What an event shows of its sensor. It is kept until the event is committed, so it holds no more
/// of the event than it needs.
///
/// @param sensor the sensor's name, empty when the event has none
/// @param timestamp the sensor's time as text
/// @param statistics the event when it holds the sensor's own statistics
record Sighting(String sensor, String product, String timestamp, Optional<Event> statistics) {
    static Sighting of(Event event) {
        return new Sighting(
                event.text(Fields.OBSERVER_NAME),
                event.text(Fields.OBSERVER_PRODUCT),
                event.text(Fields.TIMESTAMP),
                event.kind().equals("metric") ? Optional.of(event) : Optional.empty());
    }
}
