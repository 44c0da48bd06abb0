package io.netsentinel.detection;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final Visibility visibility;
    private final NarrowedCounts narrowed;
    private final Clock clock;

    private Alerts(
            EventLog log, AlertTables tables, Visibility visibility, Triage triage, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.tables = tables;
        this.visibility = visibility;
        this.triage = triage;
        this.search = new AlertSearch(tables, triage);
        this.narrowed = new NarrowedCounts(tables, visibility);
    }

    /// The names of the tables behind this class. All of them are made of the log.
    public static Set<String> tables() {
        return AlertTables.NAMES;
    }

    /// Registers the projection with the log, which starts to catch up.
    public static Alerts create(EventLog log, Hub hub, Clock clock) {
        AlertTables tables = AlertTables.of(log.store());
        log.projections().register(new AlertProjection(tables, () -> oldest(log)));
        Visibility visibility = new Visibility(log);
        return new Alerts(
                log,
                tables,
                visibility,
                new Triage(hub, log.projections(), id -> stored(tables, id), visibility, clock),
                clock);
    }

    /// The alerts that match and that this identity may see, a page at a time.
    public AlertPage list(Identity who, AlertQuery query) {
        return search.list(query, alert -> visibility.shows(who, alert));
    }

    /// The alerts that match and that this identity may see, in groups. Counted are at most the
    /// newest 20,000 rows that may match; the answer says when there are more.
    public AlertGroups groups(Identity who, AlertQuery query, GroupBy by) {
        return search.groups(query, by, clock.instant(), alert -> visibility.shows(who, alert));
    }

    /// One alert with all its fields, read from the log; with the fields of a row when the log has
    /// it no more. Empty also when this identity may not see it.
    public Optional<Alert> find(Identity who, String id) {
        catchUp(List.of(id));
        return stored(tables, id)
                .map(triage::latest)
                .filter(alert -> visibility.shows(who, alert))
                .map(alert -> visibility.whole(alert).orElse(alert));
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

    /// A client may have seen an alert that the tables do not know yet.
    private void catchUp(List<String> ids) {
        if (ids.stream().anyMatch(id -> stored(tables, id).isEmpty())) {
            new CatchUp(log, AlertProjection.NAME, Channel.ALERTS, LONGEST_WAIT).await();
        }
    }

    /// Acknowledges all open and escalated alerts that satisfy a filter and were committed up to a
    /// moment, so that an alert which arrives meanwhile stays open. At most 10,000 at once: call
    /// again while [TriageResult#changed()] is that long.
    ///
    /// @param until epoch milliseconds of commit time, inclusive
    public TriageResult acknowledgeMatching(
            Identity who, Predicate<Event> filter, long until, String note) {
        AlertQuery all = AlertQuery.newest(AlertQuery.MAX_LIMIT).withFilters(List.of(filter));
        return acknowledgeMatching(who, all, until, note);
    }

    /// The same for all that a query matches, whatever its limit and cursor.
    public TriageResult acknowledgeMatching(
            Identity who, AlertQuery matching, long until, String note) {
        EnumSet<Status> waiting = EnumSet.of(Status.OPEN, Status.ESCALATED);
        waiting.retainAll(matching.statuses());
        if (waiting.isEmpty()) {
            return new TriageResult(List.of(), List.of(), List.of());
        }
        AlertQuery query = matching.withStatuses(waiting).whole();
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

    /// How many alerts wait for somebody, open and escalated ones, whoever may see them: for
    /// figures that are not shown to identities whose rows are narrowed.
    public OpenCounts open() {
        return OpenCounts.of(Counts.read(tables.open().get(AlertWork.OPEN)));
    }

    /// How many of the alerts that this identity may see wait for somebody. When its rows are
    /// narrowed they are counted one by one, and the answer may be some time old: twenty times as
    /// long as counting takes.
    public OpenCounts open(Identity who) {
        if (!who.mayRead(Channel.ALERTS)) {
            return OpenCounts.of(new long[Counts.SEVERITIES]);
        }
        return who.rows().map(narrowed::open).orElseGet(this::open);
    }

    /// The alerts that this identity may see between two event times, by severity. When its rows
    /// are narrowed the answer may be some time old, as that of [#open(Identity)].
    ///
    /// @param bucket a multiple of 10 seconds; from 10 minutes on a multiple of 10 minutes
    /// @throws IllegalArgumentException for another bucket, or more than 2,000 of them
    public Timeline timeline(Identity who, Instant from, Instant to, Duration bucket) {
        AlertTimeline.Span span = AlertTimeline.Span.of(from, to, bucket);
        if (!who.mayRead(Channel.ALERTS)) {
            return span.timeline(span.empty());
        }
        return who.rows()
                .map(rows -> narrowed.timeline(rows, span))
                .orElseGet(() -> AlertTimeline.read(tables, span));
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
}
