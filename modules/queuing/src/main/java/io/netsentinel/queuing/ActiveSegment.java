package io.netsentinel.queuing;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/// The segment being written. Used by the writer thread alone.
final class ActiveSegment {

    private static final String INSERT =
            "insert into event(id, time, priority, expires, crc, payload) values";
    private static final String ROW = "(?, ?, ?, ?, ?, ?)";
    private static final int COLUMNS = 6;

    /// Rows of one statement where there are so many: a statement of its own for each row costs
    /// about as much as the row.
    private static final int ROWS = 32;

    private static final String INSERT_ONE = INSERT + ROW;
    private static final String INSERT_MANY =
            INSERT + String.join(", ", Collections.nCopies(ROWS, ROW));

    private final Segment segment;
    private final Session session;
    private final Durability durability;
    private final RecordChecksum checksum = new RecordChecksum();
    private final long begun;
    private boolean nameSynced;
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
        for (Group.Addition addition : group.additions()) {
            List<LogRecord> records = addition.records();
            int next = 0;
            for (; records.size() - next >= ROWS; next += ROWS) {
                insert(INSERT_MANY, addition.channel(), records.subList(next, next + ROWS));
            }
            for (; next < records.size(); next++) {
                insert(INSERT_ONE, addition.channel(), records.subList(next, next + 1));
            }
        }
    }

    private void insert(String sql, ChannelLog channel, List<LogRecord> rows) throws SQLException {
        PreparedStatement insert = session.prepare(sql);
        int first = 1;
        for (LogRecord row : rows) {
            bind(insert, first, channel.id(row.offset()), row);
            first += COLUMNS;
        }
        insert.executeUpdate();
    }

    private void bind(PreparedStatement insert, int first, long id, LogRecord added)
            throws SQLException {
        insert.setLong(first, id);
        insert.setLong(first + 1, added.time());
        insert.setInt(first + 2, added.priority());
        insert.setLong(first + 3, added.expires());
        insert.setInt(first + 4, checksum.of(id, added));
        insert.setBytes(first + 5, added.payload());
    }

    /// With durability `power` H2 also makes the operating system write the file out, and the
    /// folder that names it.
    void commit() throws SQLException {
        session.commit();
        if (durability == Durability.POWER) {
            session.execute("checkpoint sync");
            if (!nameSynced) {
                segment.syncName();
                nameSynced = true;
            }
        }
    }

    void release() {
        segment.release(session);
    }
}
