package io.netsentinel.queuing;

import io.netsentinel.events.Channel;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one segment says about itself when it is opened.
///
/// @param active whether it ever became the active segment (archives always count as active)
/// @param begun when, milliseconds since 1970
/// @param ageClass of an archive, milliseconds
/// @param events how many it holds
/// @param lastSource as in [SegmentSet.Sealed]
record SegmentContents(
        Segment segment,
        boolean active,
        long begun,
        long ageClass,
        long events,
        long lastSource,
        List<ChannelRow> channels,
        Map<Integer, List<Epoch>> epochs,
        Map<Integer, List<Extent>> extents) {

    /// A channel as this segment knows it: `base` was its newest offset when the segment began.
    record ChannelRow(int number, String name, long base) {}

    /// The newest offset of a channel this segment knows of.
    long top(int channel) {
        long top = 0;
        for (ChannelRow row : channels) {
            top = row.number() == channel ? Math.max(top, row.base()) : top;
        }
        for (Extent extent : extents.getOrDefault(channel, List.of())) {
            top = Math.max(top, extent.last());
        }
        return top;
    }

    /// The commit time of its newest event, 0 without any.
    long newest() {
        return extents.values().stream()
                .flatMap(List::stream)
                .mapToLong(Extent::lastTime)
                .max()
                .orElse(0);
    }

    static SegmentContents load(Segment segment) {
        return segment.read(session -> load(segment, session));
    }

    private static SegmentContents load(Segment segment, Session session) throws SQLException {
        boolean archive = segment.file().kind() == SegmentFile.Kind.ARCHIVE;
        List<ChannelRow> channels = channels(session);
        return new SegmentContents(
                segment,
                archive || Schema.info(session, Schema.ACTIVE).isPresent(),
                Schema.infoNumber(session, Schema.BEGUN),
                Schema.infoNumber(session, Schema.AGE_CLASS),
                count(session),
                archive ? Schema.infoNumber(session, Schema.LAST_SOURCE) : segment.file().number(),
                channels,
                epochs(session),
                archive
                        ? listedExtents(segment, session)
                        : foundExtents(segment, session, channels));
    }

    private static long count(Session session) throws SQLException {
        try (ResultSet row = session.prepare("select count(*) from event").executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static List<ChannelRow> channels(Session session) throws SQLException {
        List<ChannelRow> found = new ArrayList<>();
        try (ResultSet row =
                session.prepare("select number, name, base from channel").executeQuery()) {
            while (row.next()) {
                ChannelRow channel =
                        new ChannelRow(row.getInt(1), row.getString(2), row.getLong(3));
                if (channel.number() > 0 && Channel.valid(channel.name()) && channel.base() >= 0) {
                    found.add(channel);
                }
            }
        }
        return found;
    }

    private static Map<Integer, List<Epoch>> epochs(Session session) throws SQLException {
        Map<Integer, List<Epoch>> found = new HashMap<>();
        try (ResultSet row = session.prepare("select id, epoch from epoch").executeQuery()) {
            while (row.next()) {
                Epoch epoch = new Epoch(ChannelLog.offsetOf(row.getLong(1)), row.getString(2));
                if (epoch.valid()) {
                    found.computeIfAbsent(
                                    ChannelLog.channelOf(row.getLong(1)), _ -> new ArrayList<>())
                            .add(epoch);
                }
            }
        }
        return found;
    }

    private static Map<Integer, List<Extent>> listedExtents(Segment segment, Session session)
            throws SQLException {
        Map<Integer, List<Extent>> found = new HashMap<>();
        try (ResultSet row =
                session.prepare("select id, last, first_time, last_time from extent")
                        .executeQuery()) {
            while (row.next()) {
                long id = row.getLong(1);
                found.computeIfAbsent(ChannelLog.channelOf(id), _ -> new ArrayList<>())
                        .add(
                                new Extent(
                                        segment,
                                        ChannelLog.offsetOf(id),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4)));
            }
        }
        return found;
    }

    private static Map<Integer, List<Extent>> foundExtents(
            Segment segment, Session session, List<ChannelRow> channels) throws SQLException {
        Map<Integer, List<Extent>> found = new HashMap<>();
        for (ChannelRow channel : channels) {
            foundExtent(segment, session, channel.number())
                    .ifPresent(extent -> found.put(channel.number(), List.of(extent)));
        }
        return found;
    }

    /// From the lowest to the highest offset of a channel in the segment.
    private static Optional<Extent> foundExtent(Segment segment, Session session, int channel)
            throws SQLException {
        long[] lowest = edge(session, channel, "asc");
        long[] highest = edge(session, channel, "desc");
        return lowest.length == 0 || highest.length == 0
                ? Optional.empty()
                : Optional.of(
                        new Extent(
                                segment,
                                ChannelLog.offsetOf(lowest[0]),
                                ChannelLog.offsetOf(highest[0]),
                                lowest[1],
                                highest[1]));
    }

    private static long[] edge(Session session, int channel, String order) throws SQLException {
        PreparedStatement edge =
                session.prepare(
                        "select id, time from event where id between ? and ? order by id "
                                + order
                                + " limit 1");
        edge.setLong(1, ChannelLog.id(channel, 0));
        edge.setLong(2, ChannelLog.id(channel + 1, 0) - 1);
        try (ResultSet row = edge.executeQuery()) {
            return row.next() ? new long[] {row.getLong(1), row.getLong(2)} : new long[0];
        }
    }
}
