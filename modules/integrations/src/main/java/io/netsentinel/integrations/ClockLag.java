package io.netsentinel.integrations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// By how much a sensor's events are dated before they come in, when that stays the same: its clock
/// is behind, or what it writes comes late.
///
/// Events may be dated before they come in for good reasons: a flow is told when it is over, a
/// recording is of another day, and a file that was not read for a while is read up. So only the
/// least of several looks counts; it must be the same, but for a few seconds, in the older and in
/// the newer half of the looks; and what is more than a day old is a recording. Once it is behind
/// it stays so until the newer half says otherwise: how late the events of a quiet network come
/// varies by more than a few seconds.
final class ClockLag {
    /// Looks that found something new.
    static final int LOOKS = 24;

    private static final Duration BEHIND = Duration.ofMinutes(1);
    private static final Duration RECORDING = Duration.ofDays(1);
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final Deque<Duration> lags = new ArrayDeque<>();
    private Instant seen = Instant.MIN;
    private Optional<Duration> behind = Optional.empty();

    /// One look at the sensor.
    void look(SensorStatus sensor) {
        if (!sensor.lastSeen().isAfter(seen)) {
            return;
        }
        seen = sensor.lastSeen();
        lags.addLast(Duration.between(sensor.lastEvent(), sensor.lastSeen()));
        if (lags.size() > LOOKS) {
            lags.removeFirst();
        }
        behind = measure();
    }

    /// By how much, when it is worth a word.
    Optional<Duration> behind() {
        return behind;
    }

    private Optional<Duration> measure() {
        if (lags.size() < LOOKS) {
            return Optional.empty();
        }
        List<Duration> all = List.copyOf(lags);
        Duration older = least(all.subList(0, LOOKS / 2));
        Duration newer = least(all.subList(LOOKS / 2, LOOKS));
        boolean steady = newer.minus(older).abs().compareTo(STEADY) <= 0;
        boolean late = newer.compareTo(BEHIND) > 0 && newer.compareTo(RECORDING) < 0;
        return late && (steady || behind.isPresent()) ? Optional.of(newer) : Optional.empty();
    }

    private static Duration least(List<Duration> lags) {
        return lags.stream().min(Duration::compareTo).orElse(Duration.ZERO);
    }
}
