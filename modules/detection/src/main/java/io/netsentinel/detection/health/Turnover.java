package io.netsentinel.detection.health;

import io.netsentinel.detection.DetectorStatus;
import io.netsentinel.detection.health.Check.Look;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Whether detectors give up accounts that are still in use, as under an attack from invented
/// addresses.
///
/// That old accounts make room for new ones is usual: on any network each detector is full some
/// day. But when more have begun within five minutes than there is room for, some that began in
/// those minutes are gone again, and with them what they had counted. The minutes are those of the
/// server and of the events: a backlog of days may well bring that many in one of the server's.
/// When one sensor's backlog is read while another's events are of now, the newest event says
/// nothing of it: so what late events may have begun, one account each, does not count.
final class Turnover implements Supplier<Look> {
    /// Five minutes of looks.
    static final int LOOKS = 60;

    /// It has to be calm for a minute before that is told.
    static final int CALM = 12;

    private static final long WINDOW = Duration.ofMinutes(5).toMillis();

    private static final Look WELL = Look.well("no detector has given up an account in use");

    private final Supplier<List<DetectorStatus>> detectors;
    private final LongSupplier newest;
    private final LongSupplier late;
    private final Deque<Sample> past = new ArrayDeque<>();
    private Look last = WELL;
    private int until;

    /// The detectors at one look.
    ///
    /// @param newest the time of the newest event by then, 0 before the first
    /// @param late how many events were late by then
    private record Sample(long newest, long late, Map<String, DetectorStatus> detectors) {}

    /// @param newest the time of the newest event they looked at, milliseconds since 1970
    /// @param late how many events they looked at that were long before the newest
    Turnover(Supplier<List<DetectorStatus>> detectors, LongSupplier newest, LongSupplier late) {
        this.detectors = detectors;
        this.newest = newest;
        this.late = late;
    }

    @Override
    public Look get() {
        Sample now =
                new Sample(
                        newest.getAsLong(),
                        late.getAsLong(),
                        detectors.get().stream()
                                .collect(
                                        Collectors.toMap(
                                                DetectorStatus::name, Function.identity())));
        String crowded = before(now).map(before -> crowded(before, now)).orElse("");
        past.addLast(now);
        if (past.size() > LOOKS) {
            past.removeFirst();
        }
        return look(crowded);
    }

    private Look look(String crowded) {
        if (!crowded.isEmpty()) {
            until = CALM;
            last =
                    new Look(
                            "full",
                            "within five minutes more hosts or pairs came than there is room for: "
                                    + crowded
                                    + "; what these detectors count of the others may be too little");
        } else if (until > 0) {
            until--;
        } else {
            last = WELL;
        }
        return last;
    }

    /// The oldest look that is no more than five minutes of events ago; before there were events,
    /// the last one.
    private Optional<Sample> before(Sample now) {
        return past.stream()
                .filter(sample -> sample.newest() > 0 && sample.newest() >= now.newest() - WINDOW)
                .findFirst()
                .or(() ->
                        Optional.ofNullable(past.peekLast())
                                .filter(sample -> sample.newest() == 0));
    }

    private static String crowded(Sample before, Sample now) {
        long late = now.late() - before.late();
        return now.detectors().values().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .map(each ->
                        crowded(before.detectors().getOrDefault(each.name(), each), each, late))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> crowded(DetectorStatus before, DetectorStatus now, long late) {
        long given = now.evicted() - before.evicted();
        return given > 0 && begun(now) - begun(before) - late > now.tracked()
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%s (%,d kept, %,d given up)",
                                now.name(),
                                now.tracked(),
                                given))
                : Optional.empty();
    }

    /// How many accounts there ever were.
    private static long begun(DetectorStatus status) {
        return status.tracked() + status.evicted();
    }
}
