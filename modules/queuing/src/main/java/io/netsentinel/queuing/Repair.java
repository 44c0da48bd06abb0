package io.netsentinel.queuing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Gets the log writing again after H2 had to close the active segment: looks once a second whether
/// the disk takes writes, opens the segment and brings memory and file together.
final class Repair {

    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");

    /// The segment opened again.
    ///
    /// @param found events of a commit that was thought to have failed, but is in the file
    record Repaired(ActiveSegment active, Committed found) {}

    private final LogContext log;
    private final DiskSpace disk;
    private final RangeReader ranges;
    private long probed = System.nanoTime() - PROBE_NANOS;

    Repair(LogContext log, DiskSpace disk) {
        this.log = log;
        this.disk = disk;
        this.ranges = new RangeReader(log.condition());
    }

    /// Whether a group whose commit failed is in the file nevertheless. When the file cannot be
    /// read now, the answer is no, and [#attempt] finds the truth later.
    boolean holds(Segment segment, Group group) {
        List<Group.Addition> added =
                group.additions().stream()
                        .filter(addition -> !addition.records().isEmpty())
                        .toList();
        try {
            SegmentContents contents = SegmentContents.load(segment);
            return !added.isEmpty()
                    && added.stream()
                            .allMatch(a -> contents.top(a.channel().number()) == a.newTail());
        } catch (SegmentException e) {
            LOGGER.log(System.Logger.Level.WARNING, "cannot read back: " + e.getMessage());
            return false;
        }
    }

    Optional<Repaired> attempt(ActiveSegment before) {
        long now = System.nanoTime();
        if (now - probed < PROBE_NANOS) {
            return Optional.empty();
        }
        probed = now;
        if (disk.obstacle().isPresent()) {
            return Optional.empty();
        }
        Segment segment = before.segment();
        segment.reset();
        segment.mode(Segment.Mode.WRITE);
        try {
            return Optional.of(reopen(before));
        } catch (SQLException | SegmentException e) {
            LOGGER.log(System.Logger.Level.WARNING, "cannot write yet: " + Failures.text(e));
            segment.reset();
            segment.mode(Segment.Mode.READ);
            return Optional.empty();
        }
    }

    private Repaired reopen(ActiveSegment before) throws SQLException {
        Segment segment = before.segment();
        Session session = segment.openSession();
        session.manualCommit();
        SegmentContents contents = SegmentContents.load(segment);
        log.bookmarks().load(session);
        ActiveSegment active =
                new ActiveSegment(
                        segment,
                        session,
                        log.settings().durability(),
                        before.begun(),
                        contents.events());
        addChannels(active, contents);
        List<ChannelBatch> found = new ArrayList<>();
        for (ChannelLog channel : log.channels().all()) {
            long top = contents.top(channel.number());
            if (top > channel.tail()) {
                found.add(adopt(segment, channel, top));
            } else if (top < channel.tail()) {
                Breaks.begin(
                        log,
                        session,
                        channel,
                        channel.tail(),
                        "its newest events are missing after a write error");
            }
        }
        active.commit();
        return new Repaired(active, new Committed(found));
    }

    private void addChannels(ActiveSegment active, SegmentContents contents) {
        for (SegmentContents.ChannelRow row : contents.channels()) {
            if (log.channels().numbered(row.number()).isEmpty()) {
                ChannelLog channel =
                        new ChannelLog(
                                row.number(),
                                row.name(),
                                contents.epochs()
                                        .getOrDefault(row.number(), List.of(Epoch.startingAt(1))),
                                1,
                                0);
                log.segments().created(active.segment(), channel, log.clock().lastCommit());
                log.channels().add(channel);
            }
        }
    }

    private ChannelBatch adopt(Segment segment, ChannelLog channel, long top) {
        List<LogRecord> records = new ArrayList<>();
        Extent extent = new Extent(segment, channel.tail() + 1, top, 0, Long.MAX_VALUE);
        PageBuilder page =
                new PageBuilder(1, channel.tail() + 1, Integer.MAX_VALUE, Long.MAX_VALUE);
        ranges.fill(page, extent, channel, top);
        records.addAll(page.page(channel, channel.epoch()).records());
        channel.appended(top);
        return new ChannelBatch(channel.name(), channel.epoch().id(), records);
    }
}
