package io.netsentinel.detection.health;

import io.netsentinel.detection.HealthCondition;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks at one thing again and again. A condition has to hold for some looks in a row before it
/// counts, so that what lies at a limit is not told of over and over.
final class Check {
    private final String subject;
    private final String severity;
    private final int looks;
    private final Supplier<Look> look;
    private HealthCondition now;
    private int differs;

    /// What one look shows.
    ///
    /// @param state `well` or what is wrong
    record Look(String state, String message) {
        static Look well(String message) {
            return new Look(HealthCondition.WELL, message);
        }
    }

    /// That the condition has changed.
    record Change(HealthCondition now, String previous, String severity) {}

    /// @param severity how bad it is when it is not well
    /// @param looks so many in a row have to show the same
    Check(String subject, String severity, int looks, Supplier<Look> look, Instant start) {
        this.subject = subject;
        this.severity = severity;
        this.looks = looks;
        this.look = look;
        this.now = new HealthCondition(subject, HealthCondition.WELL, start, "");
    }

    Optional<Change> look(Instant at) {
        Look seen = look.get();
        if (seen.state().equals(now.state())) {
            differs = 0;
            now = new HealthCondition(subject, now.state(), now.since(), seen.message());
            return Optional.empty();
        }
        differs++;
        if (differs < looks) {
            return Optional.empty();
        }
        differs = 0;
        String previous = now.state();
        now = new HealthCondition(subject, seen.state(), at, seen.message());
        boolean well = seen.state().equals(HealthCondition.WELL);
        return Optional.of(new Change(now, previous, well ? "info" : severity));
    }

    HealthCondition now() {
        return now;
    }
}
