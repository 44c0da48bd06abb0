package io.netsentinel.integrations.spi;

import io.netsentinel.events.Event;
import java.util.List;

/// An event and where it goes.
///
/// @param event the event
/// @param channels the channels that get it, in one commit and under the same id; at least one
public record Routed(Event event, List<String> channels) {
    public Routed {
        channels = List.copyOf(channels);
    }
}
