package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;

class SmallPartsTest {

    private static final Segment OLD = segment(1);
    private static final Segment NEW = segment(2);

    private static Segment segment(long number) {
        return new Segment(
                new SegmentFile(Path.of("log"), SegmentFile.Kind.SEGMENT, number),
                "",
                Segment.Mode.READ);
    }

    private static Extent extent(Segment segment, long first, long last) {
        return new Extent(segment, first, last, first, last);
    }

    @Test
    void anIdleLogCommitsAtOnceAndAStreamOncePerDelay() {
        CommitPace pace = new CommitPace(5, 0);
        long now = 0;
        int atOnce = 0;
        while (pace.pause(now) == 0 && atOnce < 1_000) {
            pace.committed();
            atOnce++;
        }
        assertThat(atOnce).isEqualTo(50);
        assertThat(pace.pause(now)).isEqualTo(5);
        assertThat(pace.pause(now + 2)).isEqualTo(3);
        assertThat(pace.pause(now + 5)).isZero();
        assertThat(new CommitPace(0, 0).pause(0)).isZero();
    }

    @Test
    void percentilesAreCloseAndNeverAboveTheLongest() {
        Histogram histogram = new Histogram();
        for (int i = 1; i <= 1_000; i++) {
            histogram.add(i * 1_000L);
        }
        LogStatistics.Latency latency = histogram.latency();
        assertThat(latency.count()).isEqualTo(1_000);
        assertThat(latency.p50().toNanos()).isBetween(500_000L, 570_000L);
        assertThat(latency.p99().toNanos()).isBetween(990_000L, 1_000_000L);
        assertThat(latency.max()).isEqualTo(Duration.ofMillis(1));
        assertThat(new Histogram().latency().p99()).isZero();
        histogram.add(Long.MAX_VALUE);
        assertThat(histogram.latency().max().toNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatTwoSegmentsHoldIsReadFromTheOneThatCameFirst() {
        Catalog catalog = Catalog.empty().with(1, extent(OLD, 10, 20)).with(1, extent(NEW, 5, 40));
        assertThat(catalog.extents(1))
                .containsExactly(
                        new Extent(NEW, 5, 9, 5, 40),
                        extent(OLD, 10, 20),
                        new Extent(NEW, 21, 40, 5, 40));
        assertThat(catalog.atOrAbove(1, 15)).contains(extent(OLD, 10, 20));
        assertThat(catalog.atOrAbove(1, 41)).isEmpty();
        assertThat(catalog.atOrAbove(1, 1).map(Extent::first)).contains(5L);
        assertThat(catalog.atOrBelow(1, 100).map(Extent::first)).contains(21L);
        assertThat(catalog.atOrBelow(1, 4)).isEmpty();
        assertThat(catalog.without(OLD).atOrAbove(1, 10).map(Extent::first)).contains(21L);
        assertThat(catalog.extents(2)).isEmpty();
    }

    @Test
    void anOpenExtentIsEndedWhereTheChannelIs() {
        Catalog catalog = Catalog.empty().with(1, extent(OLD, 5, Long.MAX_VALUE));
        assertThat(catalog.endingAt(1, 9, 77).extents(1))
                .containsExactly(new Extent(OLD, 5, 9, 5, 77));
        assertThat(catalog.endingAt(1, 4, 77).extents(1)).isEmpty();
        assertThat(catalog.endingAt(2, 4, 77).extents(2)).isEmpty();
    }

    @Test
    void holesJoinInBothDirections() {
        PageBuilder up = new PageBuilder(1, 1, 10, 100);
        up.skipTo(5, Hole.Reason.LOST);
        up.skipTo(8, Hole.Reason.LOST);
        up.skipTo(9, Hole.Reason.RETENTION);
        up.skipTo(3, Hole.Reason.LOST);
        ChannelLog channel = new ChannelLog(1, "a", List.of(new Epoch(1, "abcdefgh")), 1, 20);
        assertThat(up.page(channel, channel.epoch()).missing())
                .containsExactly(
                        new Hole(1, 7, Hole.Reason.LOST), new Hole(8, 8, Hole.Reason.RETENTION));
        PageBuilder down = new PageBuilder(-1, 20, 10, 100);
        down.skipTo(15, Hole.Reason.LOST);
        down.skipTo(12, Hole.Reason.LOST);
        assertThat(down.page(channel, channel.epoch()).missing())
                .containsExactly(new Hole(13, 20, Hole.Reason.LOST));
        assertThat(down.page(channel, channel.epoch()).scannedTo()).isEqualTo(13);
    }

    @Test
    void onlyDamageCountsAsDamage() {
        assertThat(Failures.of(new SQLException("x", "x", ErrorCode.OUT_OF_MEMORY)))
                .isEqualTo(Failures.IO);
        assertThat(Failures.of(new SQLException(new OutOfMemoryError()))).isEqualTo(Failures.IO);
        assertThat(Failures.of(new SQLException("x", "x", ErrorCode.FILE_CORRUPTED_1)))
                .isEqualTo(Failures.DAMAGED);
        assertThat(Failures.of(new SQLException("x", "x", ErrorCode.DATABASE_IS_CLOSED)))
                .isEqualTo(Failures.CLOSED);
        assertThat(Failures.of(new SQLException("x", "x", ErrorCode.WRONG_USER_OR_PASSWORD)))
                .isEqualTo(Failures.PASSWORD);
        assertThat(
                        Failures.of(
                                new SQLException(
                                        DataUtils.newMVStoreException(
                                                DataUtils.ERROR_WRITING_FAILED, "full"))))
                .isEqualTo(Failures.IO);
        assertThat(
                        Failures.of(
                                new SQLException(
                                        DataUtils.newMVStoreException(
                                                DataUtils.ERROR_READING_FAILED,
                                                "short",
                                                new java.io.EOFException()))))
                .isEqualTo(Failures.DAMAGED);
    }

    @Test
    void epochsKeepOldPositionsAndGiveOutNewOffsets() {
        ChannelLog channel = ChannelLog.created(1, "alerts");
        String first = channel.epoch().id();
        channel.appended(10);
        Epoch second = channel.breakAbove(15);
        assertThat(second.first()).isEqualTo(16);
        assertThat(channel.tail()).isEqualTo(15);
        channel.appended(20);
        assertThat(channel.recoverable(first, 15)).isTrue();
        assertThat(channel.recoverable(first, 16)).isFalse();
        assertThat(channel.recoverable(second.id(), 20)).isTrue();
        assertThat(channel.recoverable(second.id(), 21)).isFalse();
        assertThat(channel.recoverable("unknown2", 1)).isFalse();
        assertThat(channel.epochOf(15).id()).isEqualTo(first);
        assertThat(channel.epochOf(16)).isEqualTo(second);
        channel.expiredBelow(100);
        assertThat(channel.first()).isEqualTo(21);
        channel.expiredBelow(3);
        assertThat(channel.first()).isEqualTo(21);
    }
}
