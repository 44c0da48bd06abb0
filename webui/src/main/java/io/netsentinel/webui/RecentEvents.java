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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads the newest events of a channel, as far as an identity may see them.
final class RecentEvents {
    /// So long a filter that lets little through is looked for.
    private static final Duration BUDGET = Duration.ofSeconds(1);

    private final Hub hub;
    private final EventLog log;
    private final Supplier<Instant> now;
    private final Duration budget;

    RecentEvents(Web web) {
        this(web.hub(), web.log(), web::now, BUDGET);
    }

    /// @param budget after so long nothing more is read; what was begun is finished
    RecentEvents(Hub hub, EventLog log, Supplier<Instant> now, Duration budget) {
        this.hub = hub;
        this.log = log;
        this.now = now;
        this.budget = budget;
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

    /// What was found.
    ///
    /// @param events newest first, without the line as it was received
    /// @param back to which moment it was looked back, when there may be more before it
    record Found(List<One> events, Optional<Instant> back) {
        /// Nothing, and there is no more.
        static final Found NOTHING = new Found(List.of(), Optional.empty());

        /// Copies the list.
        Found {
            events = List.copyOf(events);
        }

        /// `, looked back to 2026-06-01 12:00:05`; empty when all was looked at.
        String said() {
            return back.map(at -> ", looked back to " + moment(at)).orElse("");
        }

        /// The same as a sentence of what to do.
        String advice() {
            return back.map(at ->
                            " It was looked back to "
                                    + moment(at)
                                    + " UTC: choose a time before it to look further.")
                    .orElse("");
        }

        private static String moment(Instant at) {
            return Rows.full(at).substring(0, 19);
        }
    }

    /// The newest that satisfy a filter, as far as there is time to look for them.
    ///
    /// @param filter empty for all
    /// @param most 1 to 1,000
    /// @throws FilterException when the filter is not one
    Found newest(Identity who, String channel, String filter, int most) {
        return newest(who, channel, filter, most, Window.of(TimeRange.ALL));
    }

    /// The same of a time.
    Found newest(Identity who, String channel, String filter, int most, Window window) {
        Selection wanted = selection(who, filter);
        if (hub.channel(channel).isEmpty()) {
            return Found.NOTHING;
        }
        return read(who, request(channel, wanted, window), most);
    }

    /// One page may pass over many events without finding enough that fit.
    private Found read(Identity who, HistoryRequest first, int most) {
        long began = System.nanoTime();
        List<One> found = new ArrayList<>();
        HistoryRequest request = first;
        int read = 0;
        while (true) {
            HistoryPage page = hub.history(request.limit(most - read)).join();
            read += page.events().size();
            for (LogRecord one : page.events()) {
                brief(one.payload()).ifPresent(event -> found.add(new One(one.offset(), event)));
            }
            if (page.next().isEmpty() || read >= most) {
                return new Found(found, Optional.empty());
            }
            long next = page.next().getAsLong();
            if (System.nanoTime() - began >= budget.toNanos()) {
                return new Found(found, time(who, request.channel(), next));
            }
            request = request.from(next);
        }
    }

    /// When the event was committed that lies before a position, of those that may be seen. Empty
    /// when there is none; the present when none was found in time.
    private Optional<Instant> time(Identity who, String channel, long position) {
        long began = System.nanoTime();
        HistoryRequest request =
                HistoryRequest.of(channel)
                        .backwards()
                        .from(position)
                        .limit(1)
                        .selecting(selection(who, ""));
        while (true) {
            HistoryPage page = hub.history(request).join();
            if (!page.events().isEmpty()) {
                return Optional.of(Instant.ofEpochMilli(page.events().getFirst().time()));
            }
            if (page.next().isEmpty()) {
                return Optional.empty();
            }
            if (System.nanoTime() - began >= budget.toNanos()) {
                return Optional.of(now.get());
            }
            request = request.from(page.next().getAsLong());
        }
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
