package io.netsentinel.detection;

import io.netsentinel.events.Severity;
import java.util.EnumMap;
import java.util.Map;

/// How many alerts are open, by severity. Escalated ones count: somebody still has to look.
///
/// @param bySeverity a number for every severity
public record OpenCounts(Map<Severity, Long> bySeverity) {

    public OpenCounts {
        bySeverity = Map.copyOf(bySeverity);
    }

    /// The sum over all severities.
    public long total() {
        return bySeverity.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The number for one severity.
    public long of(Severity severity) {
        return bySeverity.getOrDefault(severity, 0L);
    }

    static OpenCounts of(long[] counts) {
        Map<Severity, Long> map = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            map.put(severity, counts[Counts.index(severity)]);
        }
        return new OpenCounts(map);
    }
}
