package io.netsentinel.detection;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The alerts of the log with their triage state: lists, counts, a timeline, and the changes people
/// make.
///
/// The tables behind it are a projection of the channel `alerts` and follow it within a fraction of
/// a second; a change made here is seen by the next call at once. All methods may be called from
/// any thread and may block for a database read.
public final class Alerts implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final EventLog log;
    private final AlertTables tables;
    private final Triage triage;
    private final AlertSearch search;

    private Alerts(EventLog log, AlertTables tables, Triage triage) {
        this.log = log;
        this.tables = tables;
        this.triage = triage;
        this.search = new AlertSearch(tables, triage);
    }

    /// Registers the projection with the log, which starts to catch up.
    public static Alerts create(EventLog log, Hub hub, Clock clock) {
        AlertTables tables = AlertTables.of(log.store());
        log.projections().register(new AlertProjection(tables, () -> oldest(log)));
        return new Alerts(
                log, tables, new Triage(hub, log.projections(), id -> stored(tables, id), clock));
    }

    /// The alerts that match and that this identity may see, a page at a time.
    public AlertPage list(Identity who, AlertQuery query) {
        return search.list(who.rows().map(rows -> query.and(rows::test)).orElse(query));
    }

    /// One alert with all its fields, read from the log; with the fields of a row when the log has
    /// it no more. Empty also when this identity may not see it.
    public Optional<Alert> find(Identity who, String id) {
        catchUp(List.of(id));
        return stored(tables, id)
                .map(triage::latest)
                .map(this::withAllFields)
                .filter(alert -> Triage.visible(who, alert));
    }

    /// Applies one action to alerts and publishes each change as an event on their channel.
    ///
    /// @param ids at most 10,000
    /// @param note at most 2,000 characters; must not be empty for [Action#NOTE]
    /// @throws IllegalArgumentException when a bound is passed; the message names it
    public TriageResult change(Identity who, Action action, List<String> ids, String note) {
        if (ids.size() > Triage.MAX_IDS) {
            throw new IllegalArgumentException(
                    "ids: " + ids.size() + " are more than " + Triage.MAX_IDS + " at once");
        }
        if (note.length() > Triage.MAX_NOTE) {
            throw new IllegalArgumentException(
                    "note: " + note.length() + " characters are more than " + Triage.MAX_NOTE);
        }
        if (action == Action.NOTE && note.isBlank()) {
            throw new IllegalArgumentException("note: must not be empty");
        }
        catchUp(ids);
        return triage.change(who, action, ids, note);
    }

    /// The tables follow the log a moment behind it, and a client may be faster: it has seen an
    /// alert that they do not know yet.
    private void catchUp(List<String> ids) {
        if (ids.stream().anyMatch(id -> stored(tables, id).isEmpty())) {
            long tail = log.state(Channel.ALERTS).map(ChannelState::tail).orElse(0L);
            log.projections()
                    .awaitApplied(AlertProjection.NAME, Channel.ALERTS, tail)
                    .orTimeout(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((_, _) -> tail)
                    .join();
        }
    }

    /// Acknowledges all open and escalated alerts that satisfy a filter and were committed up to a
    /// moment, so that an alert which arrives meanwhile stays open. At most 10,000 at once: call
    /// again while [TriageResult#changed()] is that long.
    ///
    /// @param until epoch milliseconds of commit time, inclusive
    public TriageResult acknowledgeMatching(
            Identity who, Predicate<Event> filter, long until, String note) {
        AlertQuery query =
                AlertQuery.newest(AlertQuery.MAX_LIMIT)
                        .withStatuses(EnumSet.of(Status.OPEN, Status.ESCALATED))
                        .withFilters(List.of(filter));
        List<String> ids = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent() && ids.size() < Triage.MAX_IDS) {
            AlertPage page = list(who, next.get().isEmpty() ? query : query.after(next.get()));
            page.alerts().stream()
                    .filter(alert -> alert.time() <= until)
                    .limit(Triage.MAX_IDS - ids.size())
                    .forEach(alert -> ids.add(alert.id()));
            next = page.next();
        }
        return change(who, Action.ACK, ids, note);
    }

    /// How many alerts wait for somebody: open and escalated ones.
    public OpenCounts open() {
        return OpenCounts.of(Counts.read(tables.open().get(AlertWork.OPEN)));
    }

    /// Alerts between two event times by severity.
    ///
    /// @param bucket a multiple of 10 seconds; from 10 minutes on a multiple of 10 minutes
    /// @throws IllegalArgumentException for another bucket, or more than 2,000 of them
    public Timeline timeline(Instant from, Instant to, Duration bucket) {
        return AlertTimeline.read(tables, from, to, bucket);
    }

    /// Up to where the tables have followed the channel: a page rendered from them subscribes from
    /// here.
    public long appliedOffset() {
        return log.projections().applied(AlertProjection.NAME, Channel.ALERTS);
    }

    @Override
    public void close() {
        triage.close();
    }

    private static long oldest(EventLog log) {
        return log.state(Channel.ALERTS).map(ChannelState::first).orElse(1L);
    }

    private static Optional<Alert> stored(AlertTables tables, String id) {
        return tables.ids()
                .get(id)
                .map(key -> new String(key, StandardCharsets.US_ASCII))
                .flatMap(key -> tables.rows().get(key))
                .map(AlertJson::read);
    }

    private Alert withAllFields(Alert row) {
        Page page = log.read(Channel.ALERTS, row.offset() - 1, 1, Integer.MAX_VALUE).join();
        return page.records().stream()
                .filter(record -> record.offset() == row.offset())
                .findFirst()
                .flatMap(record -> parse(record, row))
                .orElse(row);
    }

    /// After a loss of unsynced data another event may stand at the same offset: then the row is
    /// all that is left.
    private static Optional<Alert> parse(LogRecord record, Alert row) {
        try {
            Event event = Event.fromJson(record.payload());
            return event.id().equals(row.id())
                    ? Optional.of(
                            new Alert(
                                    event,
                                    row.epoch(),
                                    row.offset(),
                                    row.time(),
                                    row.status(),
                                    row.version(),
                                    row.history()))
                    : Optional.empty();
        } catch (MalformedEventException _) {
            return Optional.empty();
        }
    }
}
