package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.HistoryPage;
import io.netsentinel.channels.HistoryRequest;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Selection;
import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the newest events of a channel, as far as an identity may see them.
final class RecentEvents {
    private static final int MOST_PAGES = 5;

    private final Hub hub;

    RecentEvents(Hub hub) {
        this.hub = hub;
    }

    /// An event and its place.
    record One(long offset, Event event) {}

    /// Newest first, without the line as it was received.
    ///
    /// @param filter empty for all
    /// @param most 1 to 1,000
    /// @throws FilterException when the filter is not one
    List<One> newest(Identity who, String channel, String filter, int most) {
        Selection wanted = selection(who, filter);
        if (hub.channel(channel).isEmpty()) {
            return List.of();
        }
        List<One> shown = new ArrayList<>();
        for (LogRecord one : read(channel, most, wanted)) {
            brief(one.payload()).ifPresent(event -> shown.add(new One(one.offset(), event)));
        }
        return shown;
    }

    /// One page may pass over many events without finding enough that fit.
    private List<LogRecord> read(String channel, int most, Selection wanted) {
        List<LogRecord> found = new ArrayList<>();
        HistoryRequest request = HistoryRequest.of(channel).backwards().selecting(wanted);
        for (int page = 0; page < MOST_PAGES && found.size() < most; page++) {
            HistoryPage events = hub.history(request.limit(most - found.size())).join();
            found.addAll(events.events());
            if (events.next().isEmpty()) {
                break;
            }
            request = request.from(events.next().getAsLong());
        }
        return found;
    }

    private static Selection selection(Identity who, String filter) {
        Selection wanted = filter.isBlank() ? Selection.all() : Selection.of(Filter.parse(filter));
        return who.rows().map(rows -> Selection.of(rows).and(wanted)).orElse(wanted);
    }

    /// One event with everything in it; empty when it is not kept or not to be seen.
    Optional<One> one(Identity who, String channel, long offset) {
        if (offset < 1 || offset > hub.channel(channel).map(ChannelInfo::tail).orElse(0L)) {
            return Optional.empty();
        }
        return hub
                .history(
                        HistoryRequest.of(channel)
                                .from(offset - 1)
                                .limit(1)
                                .selecting(selection(who, "")))
                .join()
                .events()
                .stream()
                .filter(record -> record.offset() == offset)
                .findFirst()
                .flatMap(record ->
                        whole(record.payload()).map(event -> new One(record.offset(), event)));
    }

    private static Optional<Event> brief(byte[] json) {
        try {
            return Optional.of(Event.briefFromJson(json));
        } catch (MalformedEventException _) {
            return Optional.empty();
        }
    }

    private static Optional<Event> whole(byte[] json) {
        try {
            return Optional.of(Event.fromJson(json));
        } catch (MalformedEventException _) {
            return Optional.empty();
        }
    }
}
