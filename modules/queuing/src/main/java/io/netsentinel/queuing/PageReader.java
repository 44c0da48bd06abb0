package io.netsentinel.queuing;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads pages across segments.
final class PageReader {

    /// Longer range reads would make the writer and other readers wait.
    static final int MOST_RECORDS = 1_000;

    private static final int[] PROBES = {0, 1, 8, 64, 512};

    private final SegmentSet segments;
    private final RangeReader ranges;

    PageReader(SegmentSet segments, RangeReader ranges) {
        this.segments = segments;
        this.ranges = ranges;
    }

    Page upwards(ChannelLog channel, long after, int maxRecords, int maxBytes) {
        long tail = channel.tail();
        PageBuilder page =
                new PageBuilder(
                        1, Math.max(0, after) + 1, Math.min(maxRecords, MOST_RECORDS), maxBytes);
        if (page.ahead(tail)) {
            page.skipTo(Math.min(channel.first(), tail + 1), Hole.Reason.RETENTION);
        }
        Epoch epoch = channel.epochOf(page.at());
        long last = Math.min(tail, channel.lastOf(epoch));
        while (!page.full() && page.ahead(last)) {
            page.skipTo(Math.min(channel.first(), last + 1), Hole.Reason.RETENTION);
            fill(page, channel, segments.catalog().atOrAbove(channel.number(), page.at()), last);
        }
        return page.page(channel, epoch);
    }

    Page downwards(ChannelLog channel, long before, int maxRecords, int maxBytes) {
        long start = Math.min(before - 1, channel.tail());
        PageBuilder page = new PageBuilder(-1, start, Math.min(maxRecords, MOST_RECORDS), maxBytes);
        Epoch epoch = channel.epochOf(start);
        long last = Math.max(channel.first(), epoch.first());
        while (!page.full() && page.ahead(last)) {
            fill(page, channel, segments.catalog().atOrBelow(channel.number(), page.at()), last);
        }
        return page.page(channel, epoch);
    }

    private void fill(PageBuilder page, ChannelLog channel, Optional<Extent> found, long last) {
        Optional<Extent> usable =
                found.filter(e -> page.step() > 0 ? e.first() <= last : e.last() >= last);
        if (usable.isEmpty()) {
            page.skipTo(last + page.step(), Hole.Reason.LOST);
            return;
        }
        Extent extent = usable.get();
        page.skipTo(
                page.step() > 0
                        ? Math.max(page.at(), extent.first())
                        : Math.min(page.at(), extent.last()),
                Hole.Reason.LOST);
        try {
            ranges.fill(
                    page,
                    extent,
                    channel,
                    page.step() > 0
                            ? Math.min(last, extent.last())
                            : Math.max(last, extent.first()));
            segments.trim();
        } catch (SegmentException e) {
            if (!e.gone()) {
                throw e;
            }
            // Retention or compaction took the file: the catalog knows where the events are now.
        }
    }

    /// The greatest offset whose commit time is below a time. Offsets and commit times rise
    /// together, so the primary key is the time index: a binary search needs about twenty look-ups.
    long offsetBefore(ChannelLog channel, long time) {
        long first = channel.first();
        long tail = channel.tail();
        List<Extent> extents =
                new ArrayList<>(segments.catalog().extents(channel.number())).reversed();
        for (Extent extent : extents) {
            Extent kept = extent.within(first, tail);
            if (!kept.empty() && kept.firstTime() < time) {
                long found = kept.lastTime() < time ? kept.last() : search(channel, kept, time);
                if (found >= first) {
                    return found;
                }
            }
        }
        return first - 1;
    }

    /// @return `extent.first() - 1` when all its events are at that time or later
    private static long search(ChannelLog channel, Extent extent, long time) {
        long low = extent.first();
        long high = extent.last() + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (timeAt(channel, extent, middle).orElse(Long.MAX_VALUE) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /// The commit time of the first readable event at or a little above an offset.
    private static OptionalLong timeAt(ChannelLog channel, Extent extent, long offset) {
        for (int probe : PROBES) {
            try {
                return extent.segment()
                        .read(session -> time(session, channel, offset + probe, extent.last()));
            } catch (SegmentException e) {
                if (e.gone() || e.failure() != Failures.DAMAGED) {
                    throw e;
                }
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong time(Session session, ChannelLog channel, long from, long to)
            throws SQLException {
        PreparedStatement select =
                session.prepare(
                        "select time from event where id between ? and ? order by id limit 1");
        select.setLong(1, channel.id(from));
        select.setLong(2, channel.id(to));
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }
}
