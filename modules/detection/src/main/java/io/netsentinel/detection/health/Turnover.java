package io.netsentinel.detection.health;

import io.netsentinel.detection.DetectorStatus;
import io.netsentinel.detection.health.Check.Look;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Whether detectors give up accounts that are still in use, as under an attack from invented
/// addresses.
///
/// That old accounts make room for new ones is usual: on any network each detector is full some
/// day. But when more have begun within five minutes than there is room for, some that began in
/// those minutes are gone again, and with them what they had counted.
final class Turnover implements Supplier<Look> {
    /// Five minutes of looks.
    static final int LOOKS = 60;

    private final Supplier<List<DetectorStatus>> detectors;
    private final Map<String, Deque<DetectorStatus>> past = new HashMap<>();

    Turnover(Supplier<List<DetectorStatus>> detectors) {
        this.detectors = detectors;
    }

    @Override
    public Look get() {
        List<DetectorStatus> now = detectors.get();
        String crowded =
                now.stream()
                        .filter(this::crowded)
                        .map(each ->
                                String.format(
                                        Locale.ROOT,
                                        "%s (%,d kept, %,d given up)",
                                        each.name(),
                                        each.tracked(),
                                        each.evicted() - before(each).evicted()))
                        .collect(Collectors.joining(", "));
        now.forEach(this::remember);
        return crowded.isEmpty()
                ? Look.well("no detector has given up an account in use")
                : new Look(
                        "full",
                        "within five minutes more hosts or pairs came than there is room for: "
                                + crowded
                                + "; what these detectors count of the others may be too little");
    }

    private boolean crowded(DetectorStatus now) {
        DetectorStatus before = before(now);
        return now.evicted() > before.evicted() && begun(now) - begun(before) > now.tracked();
    }

    /// How many accounts there ever were.
    private static long begun(DetectorStatus status) {
        return status.tracked() + status.evicted();
    }

    /// As it was five minutes ago, or at the first look.
    private DetectorStatus before(DetectorStatus now) {
        Deque<DetectorStatus> known = past.getOrDefault(now.name(), new ArrayDeque<>());
        return known.isEmpty() ? new DetectorStatus(now.name(), 0, 0, 0) : known.getFirst();
    }

    private void remember(DetectorStatus now) {
        Deque<DetectorStatus> known = past.computeIfAbsent(now.name(), _ -> new ArrayDeque<>());
        known.addLast(now);
        if (known.size() > LOOKS) {
            known.removeFirst();
        }
    }
}
