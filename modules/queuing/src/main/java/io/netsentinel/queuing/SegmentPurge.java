package io.netsentinel.queuing;

import io.netsentinel.events.Channel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Removes events from one file of the log, which nobody else has open.
///
/// H2 leaves the old bytes in a file that a row was changed in. So the file is copied, and the copy
/// takes its name in one step: after a crash there is the old file or the new one. Of an event that
/// is removed its offset and its commit time stay ([LogRecord#removed()]).
final class SegmentPurge {

    static final String STAGE = "purge";

    private static final int PAGE_RECORDS = 500;
    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    private static final String KEYS = "idempotency keys";
    private static final String INSERT =
            "insert into event(id, time, priority, expires, crc, payload) values(?, ?, ?, ?, ?, ?)";

    /// Tables that are copied as they are, with their columns.
    private static final Map<String, List<String>> COPIED =
            Map.of(
                    "info", List.of("name", "content"),
                    "channel", List.of("number", "name", "base"),
                    "epoch", List.of("id", "epoch"),
                    "extent", List.of("id", "last", "first_time", "last_time"),
                    "bookmark", List.of("number", "source", "crc", "content"));

    private static final List<String> REQUEST = List.of("scope", "name", "time", "result");

    private final SegmentFile file;
    private final String password;
    private final PurgeSubject subject;
    private final RangeReader ranges;
    private final RecordChecksum checksum = new RecordChecksum();
    private final SortedMap<String, Long> found = new TreeMap<>();
    private final SortedMap<String, Long> kept = new TreeMap<>();
    private long keys;
    private long removedBefore;

    SegmentPurge(
            SegmentFile file, String password, PurgeSubject subject, StorageCondition condition) {
        this.file = file;
        this.password = password;
        this.subject = subject;
        this.ranges = new RangeReader(condition);
    }

    /// Work on a page of a channel.
    private interface Pages {
        void on(ChannelLog channel, List<LogRecord> records) throws SQLException;
    }

    /// Events to be removed, by channel.
    SortedMap<String, Long> found() {
        return found;
    }

    /// Events that name the subject and stay.
    SortedMap<String, Long> kept() {
        return kept;
    }

    /// Rows to be removed from other tables.
    SortedMap<String, Long> rows() {
        return keys == 0 ? new TreeMap<>() : new TreeMap<>(Map.of(KEYS, keys));
    }

    /// Whether events were removed from it earlier.
    boolean removedBefore() {
        return removedBefore > 0;
    }

    /// Counts, and removes nothing.
    ///
    /// @throws SegmentException when the file cannot be read
    void count() {
        look(new Segment(file, password, Segment.Mode.READ), false);
    }

    /// Removes what there is.
    ///
    /// @throws SegmentException when the file cannot be read
    /// @throws DataDirectoryException when the copy cannot be written; the file is as it was then
    void remove() {
        look(new Segment(file, password, Segment.Mode.READ), true);
    }

    private void look(Segment segment, boolean remove) {
        try {
            SegmentContents contents = SegmentContents.load(segment);
            each(contents, (channel, records) -> records.forEach(one -> count(channel, one)));
            keys = segment.read(this::countKeys);
            if (remove && (!found.isEmpty() || keys > 0)) {
                copy(segment, contents);
            }
        } catch (SQLException e) {
            throw new SegmentException(file, e);
        } finally {
            segment.reset();
        }
    }

    private void count(ChannelLog channel, LogRecord one) {
        if (one.removed()) {
            removedBefore++;
        } else if (about(channel, one)) {
            (audit(channel) ? kept : found).merge(channel.name(), 1L, Long::sum);
        }
    }

    private static boolean audit(ChannelLog channel) {
        return channel.name().equals(Channel.AUDIT);
    }

    private boolean about(ChannelLog channel, LogRecord one) {
        return channel.name().equals(Channel.DEAD_LETTERS)
                ? subject.inDeadLetter(one.payload())
                : subject.in(one.payload());
    }

    private long countKeys(Session session) throws SQLException {
        long count = 0;
        try (ResultSet row = session.prepare("select scope, name from request").executeQuery()) {
            while (row.next()) {
                count += aboutKey(row) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean aboutKey(ResultSet row) throws SQLException {
        return subject.inText(row.getString(1)) || subject.inText(row.getString(2));
    }

    private void each(SegmentContents contents, Pages work) throws SQLException {
        for (SegmentContents.ChannelRow row : contents.channels()) {
            for (Extent extent : contents.extents().getOrDefault(row.number(), List.of())) {
                ChannelLog channel =
                        new ChannelLog(
                                row.number(),
                                row.name(),
                                List.of(Epoch.startingAt(1)),
                                extent.first(),
                                extent.last());
                each(channel, extent, work);
            }
        }
    }

    private void each(ChannelLog channel, Extent extent, Pages work) throws SQLException {
        for (long at = extent.first(); at <= extent.last(); ) {
            PageBuilder builder = PageBuilder.withRemoved(at, PAGE_RECORDS, PAGE_BYTES);
            ranges.fill(builder, extent, channel, extent.last());
            Page page = builder.page(channel, channel.epoch());
            work.on(channel, page.records());
            at = page.scannedTo() + 1;
        }
    }

    private void copy(Segment from, SegmentContents contents) throws SQLException {
        SegmentFile staged =
                new SegmentFile(file.directory().resolve(STAGE), file.kind(), file.number());
        try {
            Files0600.createDirectories(staged.directory());
            Files.deleteIfExists(staged.path());
            Segment to = new Segment(staged, password, Segment.Mode.WRITE);
            try {
                copy(from, contents, Roller.create(to));
            } finally {
                to.reset();
            }
            from.reset();
            replace(staged.path(), file.path());
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot write " + file.path() + " anew: " + e + "; nothing in it was removed",
                    e);
        }
    }

    private void copy(Segment from, SegmentContents contents, Session to) throws SQLException {
        from.read(session -> {
            for (Map.Entry<String, List<String>> table : COPIED.entrySet()) {
                copyRows(session, to, table.getKey(), table.getValue(), false);
            }
            copyRows(session, to, "request", REQUEST, true);
            return true;
        });
        each(
                contents,
                (channel, records) -> {
                    insert(channel, records, to);
                    to.commit();
                });
        to.commit();
        to.execute("checkpoint sync");
    }

    private void copyRows(
            Session from, Session to, String table, List<String> columns, boolean chosen)
            throws SQLException {
        String names = String.join(", ", columns);
        PreparedStatement insert =
                to.prepare(
                        "insert into "
                                + table
                                + "("
                                + names
                                + ") values(?"
                                + ", ?".repeat(columns.size() - 1)
                                + ")");
        try (ResultSet row = from.prepare("select " + names + " from " + table).executeQuery()) {
            while (row.next()) {
                if (chosen && aboutKey(row)) {
                    continue;
                }
                for (int column = 1; column <= columns.size(); column++) {
                    insert.setObject(column, row.getObject(column));
                }
                insert.executeUpdate();
            }
        }
        to.commit();
    }

    private void insert(ChannelLog channel, List<LogRecord> records, Session to)
            throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        PreparedStatement insert = to.prepare(INSERT);
        for (LogRecord each : records) {
            LogRecord written =
                    !each.removed() && !audit(channel) && about(channel, each)
                            ? LogRecord.removedAt(each.offset(), each.time())
                            : each;
            long id = channel.id(written.offset());
            insert.setLong(1, id);
            insert.setLong(2, written.time());
            insert.setInt(3, written.priority());
            insert.setLong(4, written.expires());
            insert.setInt(5, checksum.of(id, written));
            insert.setBytes(6, written.payload());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private static void replace(Path fresh, Path file) throws IOException {
        try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files0600.syncDirectory(file);
    }

    /// Deletes what a crash left of copies.
    static void clean(Path segments) throws IOException {
        Path stage = segments.resolve(STAGE);
        if (!Files.isDirectory(stage)) {
            return;
        }
        List<Path> left = new ArrayList<>();
        try (var files = Files.list(stage)) {
            files.forEach(left::add);
        }
        for (Path one : left) {
            Files.delete(one);
        }
        Files.delete(stage);
    }
}
