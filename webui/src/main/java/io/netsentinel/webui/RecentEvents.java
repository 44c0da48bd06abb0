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
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads the newest events of a channel, as far as an identity may see them.
final class RecentEvents {
    private static final int MOST_PAGES = 20;

    private final Hub hub;
    private final EventLog log;
    private final Supplier<Instant> now;

    RecentEvents(Web web) {
        this.hub = web.hub();
        this.log = web.log();
        this.now = web::now;
    }

    /// The times that pages of events offer. They are of commits: when an event came in.
    static final List<TimeRange> RANGES =
            List.of(
                    TimeRange.ALL,
                    TimeRange.MINUTES_15,
                    TimeRange.HOUR,
                    TimeRange.HOURS_6,
                    TimeRange.DAY,
                    TimeRange.WEEK);

    /// An event and its place.
    record One(long offset, Event event) {}

    /// Newest first, without the line as it was received.
    ///
    /// @param filter empty for all
    /// @param most 1 to 1,000
    /// @throws FilterException when the filter is not one
    List<One> newest(Identity who, String channel, String filter, int most) {
        return newest(who, channel, filter, most, Window.of(TimeRange.ALL));
    }

    /// The same of a time.
    List<One> newest(Identity who, String channel, String filter, int most, Window window) {
        Selection wanted = selection(who, filter);
        if (hub.channel(channel).isEmpty()) {
            return List.of();
        }
        List<One> shown = new ArrayList<>();
        for (LogRecord one : read(request(channel, wanted, window), most)) {
            brief(one.payload()).ifPresent(event -> shown.add(new One(one.offset(), event)));
        }
        return shown;
    }

    /// One page may pass over many events without finding enough that fit.
    private List<LogRecord> read(HistoryRequest first, int most) {
        List<LogRecord> found = new ArrayList<>();
        HistoryRequest request = first;
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

    private HistoryRequest request(String channel, Selection wanted, Window window) {
        HistoryRequest request = HistoryRequest.of(channel).backwards().selecting(wanted);
        if (window.past().isPresent()) {
            long last = log.offsetBefore(channel, window.to(now.get())).join();
            request = request.from(last + 1);
        }
        Instant from = window.from(now.get());
        return from.isAfter(Instant.EPOCH) ? request.since(from) : request;
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
