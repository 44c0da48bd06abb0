package io.netsentinel.detection;

import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts alerts into groups, one after another, newest first.
final class AlertGrouping {
    private final GroupBy by;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private int alerts;
    private Instant oldest = Instant.MAX;

    AlertGrouping(GroupBy by) {
        this.by = by;
    }

    /// What is known of a group so far.
    private static final class Tally {
        private final Alert newest;
        private final List<Instant> times = new ArrayList<>();
        private Severity highest = Severity.INFO;
        private long seen;

        Tally(Alert newest) {
            this.newest = newest;
        }

        void add(Alert alert) {
            times.add(alert.event().timestamp());
            seen = Math.max(seen, alert.time());
            if (alert.event().severity().compareTo(highest) > 0) {
                highest = alert.event().severity();
            }
        }

        AlertGroup group(GroupBy by, Instant from, Instant to) {
            return new AlertGroup(
                    by.key(newest.event()),
                    by.filter(newest.event()),
                    newest,
                    times.size(),
                    highest,
                    times.stream().min(Comparator.naturalOrder()).orElseThrow(),
                    times.stream().max(Comparator.naturalOrder()).orElseThrow(),
                    seen,
                    trend(from, to));
        }

        private List<Integer> trend(Instant from, Instant to) {
            int[] parts = new int[AlertGroups.PARTS];
            long start = from.toEpochMilli();
            long length = Math.max(1, to.toEpochMilli() - start);
            for (Instant time : times) {
                long at = (time.toEpochMilli() - start) * parts.length / length;
                parts[Math.clamp(at, 0, parts.length - 1)]++;
            }
            return Arrays.stream(parts).boxed().toList();
        }
    }

    void add(Alert alert) {
        tallies.computeIfAbsent(by.identity(alert.event()), _ -> new Tally(alert)).add(alert);
        alerts++;
        Instant time = alert.event().timestamp();
        oldest = time.isBefore(oldest) ? time : oldest;
    }

    /// @param from the beginning that was asked for; the trends begin there, or at the oldest alert
    ///   when there is none before
    /// @param whole whether nothing is left out
    AlertGroups groups(Instant from, Instant to, boolean whole) {
        boolean bounded = whole && from.isAfter(Instant.EPOCH);
        Instant start = bounded || alerts == 0 ? from : oldest;
        List<AlertGroup> groups =
                tallies.values().stream()
                        .map(one -> one.group(by, start, to))
                        .sorted(
                                Comparator.comparing(AlertGroup::highest)
                                        .thenComparingInt(AlertGroup::count)
                                        .thenComparing(AlertGroup::last)
                                        .reversed())
                        .limit(AlertGroups.MOST)
                        .toList();
        return new AlertGroups(
                groups,
                tallies.size(),
                alerts,
                whole ? Optional.empty() : Optional.of(oldest),
                start,
                to);
    }
}
