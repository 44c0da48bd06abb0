package io.netsentinel.queuing;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Copies what is still kept of a segment into archives, under the same offsets, and deletes the
/// segment then. There is a series of archives for every length of retention, so that an archive's
/// rows all expire together and each row is copied once. An archive never spans a segment that is
/// not packed: its rows of a channel are all older or all newer.
final class Packer {

    private static final int PAGE_RECORDS = 500;
    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    private static final int AIR_PERCENT = 50;
    private static final int PERCENT = 100;
    private static final int SPANS = 8;
    private static final long SMALLEST_AIRY = 1024 * 1024;
    private static final String MERGE =
            "merge into event(id, time, priority, expires, crc, payload) key(id) values(?, ?, ?, ?, ?, ?)";
    private static final String FILL =
            "select setting_name, setting_value from information_schema.settings"
                    + " where setting_name in ('info.FILL_RATE', 'info.CHUNKS_FILL_RATE')";
    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");

    private final LogContext log;
    private final RangeReader ranges;
    private final BooleanSupplier stopping;
    private final RecordChecksum checksum = new RecordChecksum();
    private final Set<Long> dense = new HashSet<>();

    Packer(LogContext log, BooleanSupplier stopping) {
        this.log = log;
        this.ranges = new RangeReader(log.condition());
        this.stopping = stopping;
    }

    /// Whether most of a file is space no longer used: many small commits leave it so. Looked at
    /// once per segment.
    boolean mostlyAir(SegmentSet.Sealed segment) {
        SegmentFile file = segment.segment().file();
        if (file.bytes() < SMALLEST_AIRY || dense.contains(file.number())) {
            return false;
        }
        boolean airy = segment.segment().read(Packer::usedPercent) < AIR_PERCENT;
        segment.segment().closeIfIdle();
        if (!airy) {
            dense.add(file.number());
        }
        return airy;
    }

    private static long usedPercent(Session session) throws SQLException {
        long percent = PERCENT;
        try (ResultSet row = session.prepare(FILL).executeQuery()) {
            while (row.next()) {
                percent = percent * Long.parseLong(row.getString(2)) / PERCENT;
            }
        }
        return percent;
    }

    /// An archive being written.
    private static final class Target {
        private final SegmentSet.Sealed archive;
        private final Session session;
        private final boolean existed;
        private long copied;
        private boolean finished;

        Target(SegmentSet.Sealed archive, Session session, boolean existed) {
            this.archive = archive;
            this.session = session;
            this.existed = existed;
        }
    }

    void pack(SegmentSet.Sealed source) {
        Map<Long, Target> targets = new HashMap<>();
        Map<Integer, List<Extent>> copies = new HashMap<>();
        try {
            copyAll(source, targets, copies);
            if (!stopping.getAsBoolean()) {
                finish(source, targets, copies);
            }
        } catch (SQLException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "cannot pack " + source.segment().file().name() + ": " + Failures.text(e));
        } finally {
            targets.values().forEach(this::close);
        }
    }

    private void copyAll(
            SegmentSet.Sealed source, Map<Long, Target> targets, Map<Integer, List<Extent>> copies)
            throws SQLException {
        for (Map.Entry<Integer, List<Extent>> entry :
                log.segments().catalog().extents(source.segment()).entrySet()) {
            Optional<ChannelLog> channel = log.channels().numbered(entry.getKey());
            for (Extent extent : channel.isPresent() ? entry.getValue() : List.<Extent>of()) {
                Extent kept = extent.within(channel.get().first(), Long.MAX_VALUE);
                if (!kept.empty()) {
                    Target target = target(source, channel.get(), targets);
                    copies.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                            .addAll(copy(channel.get(), kept, target));
                }
            }
        }
    }

    private Target target(SegmentSet.Sealed source, ChannelLog channel, Map<Long, Target> targets)
            throws SQLException {
        long ageClass = log.settings().maxAge(channel.name()).toMillis();
        Target known = targets.get(ageClass);
        if (known == null) {
            Optional<SegmentSet.Sealed> open = openArchive(source, ageClass);
            known =
                    open.isPresent()
                            ? new Target(open.get(), reopen(open.get().segment()), true)
                            : create(ageClass, source.lastSource());
            targets.put(ageClass, known);
        }
        return known;
    }

    /// The newest archive of a class, if it has room and nothing unpacked lies between it and the
    /// source.
    private Optional<SegmentSet.Sealed> openArchive(SegmentSet.Sealed source, long ageClass) {
        return log.segments().sealed().stream()
                .filter(s -> !source.archive() && s.archive() && s.ageClass() == ageClass)
                .max(Comparator.comparingLong(SegmentSet.Sealed::lastSource))
                .filter(s ->
                        s.lastSource() < source.lastSource()
                                && hasRoom(s)
                                && nothingBetween(s, source));
    }

    private boolean hasRoom(SegmentSet.Sealed archive) {
        return archive.events() < log.settings().segmentEvents()
                && archive.segment().file().bytes() < log.settings().segmentBytes()
                && log.clock().steadyMillis() - archive.begun() < archive.ageClass() / SPANS;
    }

    private boolean nothingBetween(SegmentSet.Sealed archive, SegmentSet.Sealed source) {
        return log.segments().sealed().stream()
                .filter(s -> !s.archive())
                .noneMatch(s ->
                        s.lastSource() > archive.lastSource()
                                && s.lastSource() < source.lastSource());
    }

    private static Session reopen(Segment segment) throws SQLException {
        Session session = segment.reopenForWriting();
        session.manualCommit();
        return session;
    }

    private Target create(long ageClass, long lastSource) throws SQLException {
        SegmentFile file =
                new SegmentFile(
                        log.directory().segments(),
                        SegmentFile.Kind.ARCHIVE,
                        log.segments().nextNumber());
        Segment segment = new Segment(file, log.segments().password(), Segment.Mode.WRITE);
        long begun = log.clock().steadyMillis();
        Session session = Roller.create(segment);
        Schema.putInfo(session, Schema.BEGUN, Long.toString(begun));
        Schema.putInfo(session, Schema.AGE_CLASS, Long.toString(ageClass));
        session.commit();
        return new Target(
                new SegmentSet.Sealed(segment, ageClass, begun, 0, lastSource), session, false);
    }

    /// Copies a range; rows and what the archive says it holds are committed together.
    private List<Extent> copy(ChannelLog channel, Extent from, Target target) throws SQLException {
        List<Extent> copied = new ArrayList<>();
        long at = from.first();
        while (at <= from.last() && !stopping.getAsBoolean()) {
            PageBuilder builder = PageBuilder.withRemoved(at, PAGE_RECORDS, PAGE_BYTES);
            ranges.fill(builder, from, channel, from.last());
            Page page = builder.page(channel, channel.epochOf(at));
            insert(channel, page.records(), target);
            extend(copied, page.records(), target.archive.segment());
            for (Extent extent : copied) {
                Schema.putExtent(target.session, channel.number(), extent);
            }
            target.session.commit();
            target.copied += page.records().size();
            at = page.scannedTo() + 1;
        }
        return copied;
    }

    private void insert(ChannelLog channel, List<LogRecord> records, Target target)
            throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        PreparedStatement merge = target.session.prepare(MERGE);
        for (LogRecord copied : records) {
            long id = channel.id(copied.offset());
            merge.setLong(1, id);
            merge.setLong(2, copied.time());
            merge.setInt(3, copied.priority());
            merge.setLong(4, copied.expires());
            merge.setInt(5, checksum.of(id, copied));
            merge.setBytes(6, copied.payload());
            merge.addBatch();
        }
        merge.executeBatch();
    }

    private static void extend(List<Extent> extents, List<LogRecord> records, Segment segment) {
        for (LogRecord next : records) {
            boolean joins = !extents.isEmpty() && extents.getLast().last() + 1 == next.offset();
            Extent before =
                    joins
                            ? extents.removeLast()
                            : new Extent(
                                    segment,
                                    next.offset(),
                                    next.offset(),
                                    next.time(),
                                    next.time());
            extents.add(
                    new Extent(
                            segment,
                            before.first(),
                            next.offset(),
                            before.firstTime(),
                            next.time()));
        }
    }

    private void finish(
            SegmentSet.Sealed source, Map<Long, Target> targets, Map<Integer, List<Extent>> copies)
            throws SQLException {
        for (Target target : targets.values()) {
            Schema.putInfo(target.session, Schema.LAST_SOURCE, Long.toString(source.lastSource()));
            Schema.putChannels(target.session, log.channels().all());
            target.session.commit();
            target.session.execute("checkpoint sync");
            target.archive.segment().syncName();
            SegmentSet.Sealed grown =
                    new SegmentSet.Sealed(
                            target.archive.segment(),
                            target.archive.ageClass(),
                            target.archive.begun(),
                            target.archive.events() + target.copied,
                            source.lastSource());
            target.finished = true;
            if (target.existed) {
                log.segments().replace(target.archive, grown);
            } else {
                log.segments().seal(grown);
            }
        }
        log.segments()
                .update(before -> {
                    Catalog catalog = before.without(source.segment());
                    for (Map.Entry<Integer, List<Extent>> entry : copies.entrySet()) {
                        for (Extent extent : entry.getValue()) {
                            catalog = catalog.with(entry.getKey(), extent);
                        }
                    }
                    return catalog;
                });
        log.segments().drop(source);
    }

    /// A new archive nobody knows of is deleted; what is too much in an older one is found there by
    /// the next attempt.
    private void close(Target target) {
        target.archive.segment().release(target.session);
        if (!target.finished && !target.existed) {
            target.archive.segment().retire();
        }
        target.archive.segment().mode(Segment.Mode.READ);
        target.archive.segment().closeIfIdle();
    }
}
