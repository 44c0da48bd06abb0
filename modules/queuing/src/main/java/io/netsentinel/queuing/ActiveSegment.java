package io.netsentinel.queuing;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// The segment being written. Used by the writer thread alone.
final class ActiveSegment {

    private static final String INSERT =
            "insert into event(id, time, priority, expires, crc, payload) values(?, ?, ?, ?, ?, ?)";

    private final Segment segment;
    private final Session session;
    private final Durability durability;
    private final RecordChecksum checksum = new RecordChecksum();
    private final long begun;
    private long events;
    private long commits;

    ActiveSegment(
            Segment segment, Session session, Durability durability, long begun, long events) {
        this.segment = segment;
        this.session = session;
        this.durability = durability;
        this.begun = begun;
        this.events = events;
    }

    Segment segment() {
        return segment;
    }

    Session session() {
        return session;
    }

    long begun() {
        return begun;
    }

    long events() {
        return events;
    }

    long commits() {
        return commits;
    }

    /// Writes and commits a group.
    void write(Group group, Bookmarks bookmarks, List<Requests.Remembered> requests)
            throws SQLException {
        for (Group.Addition addition : group.additions()) {
            if (addition.created()) {
                Schema.putChannel(session, addition.channel());
            }
        }
        insert(group);
        bookmarks.write(session, group.bookmarks());
        Requests.put(session, requests);
        commit();
        events += group.entries();
        commits++;
    }

    private void insert(Group group) throws SQLException {
        if (group.entries() == 0) {
            return;
        }
        PreparedStatement insert = session.prepare(INSERT);
        for (Group.Addition addition : group.additions()) {
            for (LogRecord added : addition.records()) {
                bind(insert, addition.channel().id(added.offset()), added);
            }
        }
        insert.executeBatch();
    }

    private void bind(PreparedStatement insert, long id, LogRecord added) throws SQLException {
        insert.setLong(1, id);
        insert.setLong(2, added.time());
        insert.setInt(3, added.priority());
        insert.setLong(4, added.expires());
        insert.setInt(5, checksum.of(id, added));
        insert.setBytes(6, added.payload());
        insert.addBatch();
    }

    /// With durability `power` H2 also makes the operating system write the file out.
    void commit() throws SQLException {
        session.commit();
        if (durability == Durability.POWER) {
            session.execute("checkpoint sync");
        }
    }

    void release() {
        segment.release(session);
    }
}
