package io.netsentinel.queuing;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.jdbc.JdbcResultSet;
import org.h2.value.Value;
import org.h2.value.ValueVarbinary;

/// Reads a range of one channel from one segment into a page and believes nothing: offsets must be
/// dense and every event's checksum right. What is missing or damaged becomes a declared hole, and
/// is reported once.
final class RangeReader {

    private static final String SELECT =
            "select id, time, priority, expires, crc, payload from event where id between ? and ? order by id ";
    private static final byte[] NOTHING = {};
    private static final int MOST_ONE_BY_ONE = 1_000;
    private static final int MOST_REMEMBERED = 10_000;

    private final StorageCondition condition;
    private final Set<Long> reported = ConcurrentHashMap.newKeySet();

    RangeReader(StorageCondition condition) {
        this.condition = condition;
    }

    /// Reads from the page's next offset to `last` (both included) in the page's direction, or
    /// until it is full.
    void fill(PageBuilder page, Extent extent, ChannelLog channel, long last) {
        try {
            extent.segment().read(session -> query(page, session, channel, last));
        } catch (SegmentException e) {
            if (e.gone() || e.failure() != Failures.DAMAGED) {
                throw e;
            }
            if (extent.segment().opens()) {
                oneByOne(page, extent, channel, last);
            } else {
                lost(page, channel, last + page.step());
            }
        }
    }

    /// After an unreadable page of the file: events around it can still be read.
    private void oneByOne(PageBuilder page, Extent extent, ChannelLog channel, long last) {
        for (int i = 0; i < MOST_ONE_BY_ONE && !page.full() && page.ahead(last); i++) {
            long offset = page.at();
            try {
                extent.segment().read(session -> query(page, session, channel, offset));
            } catch (SegmentException e) {
                if (e.gone() || e.failure() != Failures.DAMAGED) {
                    throw e;
                }
                lost(page, channel, offset + page.step());
            }
        }
    }

    private boolean query(PageBuilder page, Session session, ChannelLog channel, long last)
            throws SQLException {
        RecordChecksum checksum = new RecordChecksum();
        boolean ascending = page.step() > 0;
        PreparedStatement select =
                session.prepare(SELECT + (ascending ? "asc" : "desc") + " limit ?");
        select.setLong(1, channel.id(Math.min(page.at(), last)));
        select.setLong(2, channel.id(Math.max(page.at(), last)));
        int limit = page.room(channel.usualBytes());
        int events = page.size();
        long bytes = page.bytes();
        select.setInt(3, limit);
        int seen = 0;
        try (JdbcResultSet row = select.executeQuery().unwrap(JdbcResultSet.class)) {
            while (row.next()) {
                seen++;
                if (!take(page, channel, row, checksum)) {
                    return false;
                }
            }
        } finally {
            channel.read(page.size() - events, page.bytes() - bytes);
        }
        if (seen < limit) {
            lost(page, channel, last + page.step());
        }
        return true;
    }

    /// @return whether there is room for more
    private boolean take(
            PageBuilder page, ChannelLog channel, JdbcResultSet row, RecordChecksum checksum)
            throws SQLException {
        long id = row.getLong(1);
        LogRecord found =
                new LogRecord(
                        ChannelLog.offsetOf(id),
                        row.getLong(2),
                        row.getInt(3),
                        row.getLong(4),
                        payload(row.getInternal(6)));
        if (!page.ahead(found.offset())) {
            return true;
        }
        lost(page, channel, found.offset());
        if (checksum.of(id, found) != row.getInt(5)) {
            lost(page, channel, found.offset() + page.step());
            return true;
        }
        if (found.removed() && !page.withRemoved()) {
            page.skipTo(found.offset() + page.step(), Hole.Reason.PURGED);
            return true;
        }
        if (!page.fits(found)) {
            return false;
        }
        page.add(found);
        return !page.full();
    }

    /// Without the copy that JDBC makes. A damaged page can make another type of it, which is then
    /// no payload with a right checksum.
    private static byte[] payload(Value value) {
        return value instanceof ValueVarbinary ? value.getBytesNoCopy() : NOTHING;
    }

    private void lost(PageBuilder page, ChannelLog channel, long next) {
        if (page.at() == next || !page.ahead(next)) {
            return;
        }
        if (reported.size() < MOST_REMEMBERED
                && reported.add(channel.id(Math.min(page.at(), next)))) {
            condition.report(
                    StorageReport.Kind.EVENTS_LOST,
                    "channel "
                            + channel.name()
                            + ": events "
                            + Math.min(page.at(), next - page.step())
                            + " to "
                            + Math.max(page.at(), next - page.step())
                            + " are damaged and cannot be read");
        }
        page.skipTo(next, Hole.Reason.LOST);
    }
}
