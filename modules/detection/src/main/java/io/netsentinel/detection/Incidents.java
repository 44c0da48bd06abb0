package io.netsentinel.detection;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.detection.incident.IncidentDesk;
import io.netsentinel.detection.incident.IncidentJson;
import io.netsentinel.detection.incident.IncidentView;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Incidents: alerts and findings that belong together, and what people do about them.
///
/// They come about by themselves from what stands on the channels `alerts` and `threats`. Every
/// change, whoever makes it, is an event on the channel `incidents`, and the tables behind this
/// class are a projection of that channel. All methods may be called from any thread and may block
/// for a database read.
public final class Incidents implements AutoCloseable {
    /// The longest note, in characters.
    public static final int MAX_NOTE = 2_000;

    /// The most alerts that an incident is opened of by hand.
    public static final int MAX_OPENING = 50;

    private final EventLog log;
    private final IncidentDesk desk;
    private final IncidentView view;
    private final CatchUp tables;

    private Incidents(EventLog log, IncidentDesk desk, Duration longestWait) {
        this.log = log;
        this.tables = new CatchUp(log, "incidents", Channel.INCIDENTS, longestWait);
        this.desk = desk;
        this.view = desk.view();
    }

    /// The names of the tables behind this class. All of them are made of the log.
    public static Set<String> tables() {
        return IncidentDesk.tableNames();
    }

    /// Registers the projection with the log and starts to follow alerts and findings.
    public static Incidents create(EventLog log, Hub hub, Clock clock, IncidentSettings settings) {
        return create(log, hub, clock, settings, CatchUp.LONGEST);
    }

    /// @param longestWait so long a read waits for the tables at most
    static Incidents create(
            EventLog log, Hub hub, Clock clock, IncidentSettings settings, Duration longestWait) {
        return new Incidents(log, IncidentDesk.open(log, hub, clock, settings), longestWait);
    }

    /// The incidents that match and that this identity may see, a page at a time. Who was told of a
    /// change on the channel sees it here, as by [#find].
    public IncidentPage list(Identity who, IncidentQuery query) {
        tables.await();
        return view.list(who, query);
    }

    /// One incident with its history; empty also when this identity may not see it.
    public Optional<Incident> find(Identity who, String id) {
        tables.await();
        return view.find(who, id);
    }

    /// The members of an incident, those that weigh most first, at most 500 of them.
    public List<IncidentMember> members(Identity who, String id) {
        return view.members(who, id);
    }

    /// What somebody does to an incident. Returns when it is committed and [#find] shows it.
    ///
    /// @param note at most 2,000 characters
    /// @param version the version that was seen, when the change must not be made to another one
    /// @return the incident after it; empty when no incident that this identity may see has the id
    /// @throws IncidentConflict when somebody was first
    /// @throws IllegalArgumentException when it makes no sense; the message says why
    public Optional<Incident> change(
            Identity who, String id, IncidentAction action, String note, OptionalInt version) {
        checkNote(note);
        return desk.change(who, id, action, note, version);
    }

    /// Opens an incident by hand. Returns when it is committed and [#find] shows it.
    ///
    /// @param alerts 1 to 50
    /// @param note at most 2,000 characters
    /// @throws IncidentConflict when one of the alerts is in an open incident already
    public Incident open(Identity who, List<Alert> alerts, String note) {
        if (alerts.isEmpty() || alerts.size() > MAX_OPENING) {
            throw new IllegalArgumentException(
                    "alerts: 1 to " + MAX_OPENING + " ids, not " + alerts.size());
        }
        checkNote(note);
        return desk.open(who, alerts.stream().map(Alert::event).toList(), note);
    }

    private static void checkNote(String note) {
        if (note.length() > MAX_NOTE) {
            throw new IllegalArgumentException(
                    "note: " + note.length() + " characters are more than " + MAX_NOTE);
        }
    }

    /// The incident that an event of the channel `incidents` tells about, as it was then.
    public static Optional<Incident> read(Event event) {
        return IncidentJson.read(event);
    }

    /// Up to where the tables have followed the channel: a page rendered from them subscribes from
    /// here.
    public long appliedOffset() {
        return log.projections().applied("incidents", Channel.INCIDENTS);
    }

    @Override
    public void close() {
        desk.close();
    }
}
