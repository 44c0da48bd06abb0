package io.netsentinel.client;

import java.util.List;
import java.util.OptionalLong;

/// A page of a channel's past.
///
/// @param epoch of the channel now
/// @param events in the order of reading
/// @param gaps offsets that are not there any more
/// @param next where to read on; it moves on even when a filtered page is empty
public record HistoryPage(String epoch, List<Event> events, List<Gap> gaps, OptionalLong next) {
    public HistoryPage {
        events = List.copyOf(events);
        gaps = List.copyOf(gaps);
    }
}
