package io.netsentinel.detection;

import io.netsentinel.events.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Alerts over time, by severity.
///
/// @param from start of the first bucket, aligned to `bucket`
/// @param bucket width of a bucket: a multiple of 10 seconds
/// @param buckets one after another without holes; the newest last
public record Timeline(Instant from, Duration bucket, List<Bucket> buckets) {

    public Timeline {
        buckets = List.copyOf(buckets);
    }

    /// One bucket.
    ///
    /// @param start start of the bucket
    /// @param counts alerts by severity, `info` first
    public record Bucket(Instant start, List<Long> counts) {

        public Bucket {
            counts = List.copyOf(counts);
        }

        /// The number of alerts of that severity.
        public long of(Severity severity) {
            return counts.get(Counts.index(severity));
        }
    }
}
