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

    static Timeline read(AlertTables tables, Instant from, Instant to, Duration bucket) {
        long width = bucket.toMillis();
        boolean wide = width >= AlertWork.COARSE_MS;
        long stored = wide ? AlertWork.COARSE_MS : AlertWork.FINE_MS;
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
        int length = (int) Math.max(0, end - first);
        long[][] sums = new long[length][Counts.SEVERITIES];
        add(
                wide ? tables.coarse() : tables.fine(),
                first * width / stored,
                end * width / stored,
                width / stored,
                sums);
        return new Timeline(
                Instant.ofEpochMilli(first * width), bucket, buckets(first, width, sums));
    }

    private static void add(Table table, long start, long end, long perBucket, long[][] sums) {
        String next = SortKey.hex(start);
        String last = SortKey.hex(end);
        List<Row> page;
        do {
            page = table.scan(next, last, PAGE);
            for (Row row : page) {
                long[] counts = Counts.read(Optional.of(row.value()));
                long[] sum = sums[(int) ((Long.parseLong(row.key(), 16) - start) / perBucket)];
                for (int severity = 0; severity < sum.length; severity++) {
                    sum[severity] += counts[severity];
                }
            }
            next = page.isEmpty() ? last : page.getLast().key() + "0";
        } while (page.size() == PAGE);
    }

    private static List<Timeline.Bucket> buckets(long first, long width, long[][] sums) {
        List<Timeline.Bucket> buckets = new ArrayList<>(sums.length);
        for (int i = 0; i < sums.length; i++) {
            List<Long> counts = Arrays.stream(sums[i]).boxed().toList();
            buckets.add(new Timeline.Bucket(Instant.ofEpochMilli((first + i) * width), counts));
        }
        return buckets;
    }
}
