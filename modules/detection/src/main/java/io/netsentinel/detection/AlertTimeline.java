package io.netsentinel.detection;

import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Adds stored buckets up to the width asked for.
final class AlertTimeline {
    private static final int MAX_BUCKETS = 2_000;
    private static final int PAGE = 1_000;

    private AlertTimeline() {}

    /// Buckets one after another.
    ///
    /// @param first the number of the first one, counted from 1970
    /// @param end the number after the last one
    /// @param width of one, ms
    record Span(long first, long end, long width) {
        /// @throws IllegalArgumentException when there are no stored buckets to make these of, or
        ///   there are too many
        static Span of(Instant from, Instant to, Duration bucket) {
            long width = bucket.toMillis();
            long stored = stored(width);
            if (width <= 0 || width % stored != 0) {
                throw new IllegalArgumentException(
                        "bucket: " + bucket + " is not a multiple of " + Duration.ofMillis(stored));
            }
            long first = Math.floorDiv(from.toEpochMilli(), width);
            long end = Math.ceilDiv(to.toEpochMilli(), width);
            if (end - first > MAX_BUCKETS) {
                throw new IllegalArgumentException(
                        "bucket: "
                                + bucket
                                + " gives more than "
                                + MAX_BUCKETS
                                + " buckets; use a wider one");
            }
            return new Span(first, end, width);
        }

        /// The width of the stored buckets these are made of.
        private static long stored(long width) {
            return width >= AlertWork.COARSE_MS ? AlertWork.COARSE_MS : AlertWork.FINE_MS;
        }

        long stored() {
            return stored(width);
        }

        long startMillis() {
            return first * width;
        }

        long endMillis() {
            return end * width;
        }

        /// The place of the bucket that a moment of the span lies in.
        int index(long millis) {
            return (int) (Math.floorDiv(millis, width) - first);
        }

        /// A sum for each bucket and severity, all zero.
        long[][] empty() {
            return new long[(int) Math.max(0, end - first)][Counts.SEVERITIES];
        }

        Timeline timeline(long[][] sums) {
            List<Timeline.Bucket> buckets = new ArrayList<>(sums.length);
            for (int i = 0; i < sums.length; i++) {
                List<Long> counts = Arrays.stream(sums[i]).boxed().toList();
                buckets.add(new Timeline.Bucket(Instant.ofEpochMilli((first + i) * width), counts));
            }
            return new Timeline(
                    Instant.ofEpochMilli(startMillis()), Duration.ofMillis(width), buckets);
        }
    }

    static Timeline read(AlertTables tables, Span span) {
        long[][] sums = span.empty();
        Table table = span.stored() == AlertWork.COARSE_MS ? tables.coarse() : tables.fine();
        String next = SortKey.hex(span.startMillis() / span.stored());
        String last = SortKey.hex(span.endMillis() / span.stored());
        List<Row> page;
        do {
            page = table.scan(next, last, PAGE);
            for (Row row : page) {
                add(row, sums[span.index(Long.parseLong(row.key(), 16) * span.stored())]);
            }
            next = page.isEmpty() ? last : page.getLast().key() + "0";
        } while (page.size() == PAGE);
        return span.timeline(sums);
    }

    private static void add(Row row, long[] sum) {
        long[] counts = Counts.read(Optional.of(row.value()));
        for (int severity = 0; severity < sum.length; severity++) {
            sum[severity] += counts[severity];
        }
    }
}
