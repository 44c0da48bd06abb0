package io.netsentinel.detection;

import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Alerts that have something in common.
///
/// @param key tells the group apart from others, see [GroupBy#of(String)]
/// @param filter finds them, in the filter language; empty when that cannot say it: a value is a
///   list or too long
/// @param newest the newest of them
/// @param count how many there are among those that were counted
/// @param highest the highest severity among them
/// @param first event time of the oldest
/// @param last event time of the newest
/// @param seen commit time of the one that was committed last, epoch milliseconds: whoever
///   acknowledges the group up to this moment leaves open what came later
/// @param trend how many there were in equal parts of the time that was looked at, oldest first
public record AlertGroup(
        String key,
        Optional<String> filter,
        Alert newest,
        int count,
        Severity highest,
        Instant first,
        Instant last,
        long seen,
        List<Integer> trend) {

    /// Copies the list.
    public AlertGroup {
        trend = List.copyOf(trend);
    }
}
