package io.netsentinel.app.replay;

import io.netsentinel.app.replay.Delivery.DeliveryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Plays recordings side by side: each line when it is due, by its time, the speed, and when the
/// playing began.
final class Player {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration AFTER_SKIPPING = Duration.ofSeconds(1);
    private static final int MOST_LINES = 1_000;
    private static final int MOST_CHARACTERS = 4 << 20;

    private final Delivery delivery;
    private final Clock clock;
    private final double speed;
    private final boolean keepTimes;
    private final Set<String> notes = new TreeSet<>();
    private Duration skipped = Duration.ZERO;

    /// @param speed how many seconds of the recording pass in one
    /// @param keepTimes whether the lines keep their times
    Player(Delivery delivery, Clock clock, double speed, boolean keepTimes) {
        this.delivery = delivery;
        this.clock = clock;
        this.speed = speed;
        this.keepTimes = keepTimes;
    }

    /// Plays files once.
    ///
    /// @throws IOException when one cannot be read
    void play(List<Path> files, Optional<String> format)
            throws IOException, DeliveryException, InterruptedException {
        List<Recording> recordings = new ArrayList<>();
        try {
            for (Path file : files) {
                recordings.add(Recording.open(file, format));
            }
            play(recordings);
        } finally {
            for (int i = 0; i < recordings.size(); i++) {
                note(files.get(i), recordings.get(i).note());
                recordings.get(i).close();
            }
        }
    }

    private void note(Path file, String text) {
        if (!text.isEmpty()) {
            notes.add(file + ": " + text);
        }
    }

    /// What was wrong with files that were played, each said once.
    Set<String> notes() {
        return notes;
    }

    private void play(List<Recording> recordings)
            throws IOException, DeliveryException, InterruptedException {
        Instant now = clock.instant();
        Instant first =
                recordings.stream()
                        .flatMap(recording -> recording.next().stream())
                        .map(Recording.Item::time)
                        .filter(time -> time.isAfter(Instant.MIN))
                        .min(Comparator.naturalOrder())
                        .orElse(now);
        skipped = Duration.ZERO;
        UnaryOperator<Instant> shift =
                time -> now.plus(scaled(Duration.between(first, time))).minus(skipped);
        while (recordings.stream().anyMatch(recording -> recording.next().isPresent())) {
            for (Recording recording : recordings) {
                send(recording, shift);
            }
            skip(recordings, shift);
            Thread.sleep(pause(recordings, shift));
        }
    }

    /// A pause nobody wants to wait for: one line with a time far from the others is enough.
    private void skip(List<Recording> recordings, UnaryOperator<Instant> shift) {
        Instant now = clock.instant();
        recordings.stream()
                .flatMap(recording -> recording.next().stream())
                .map(item -> item.time().equals(Instant.MIN) ? now : shift.apply(item.time()))
                .min(Comparator.naturalOrder())
                .map(due -> Duration.between(now, due))
                .filter(wait -> wait.compareTo(LONGEST_PAUSE) > 0)
                .ifPresent(wait -> skipped = skipped.plus(wait).minus(AFTER_SKIPPING));
    }

    private Duration scaled(Duration recorded) {
        double seconds = recorded.getSeconds() + recorded.getNano() / 1e9;
        return Duration.ofNanos(Math.round(seconds / speed * 1e9));
    }

    /// Sends what is due of a recording.
    private void send(Recording recording, UnaryOperator<Instant> shift)
            throws IOException, DeliveryException, InterruptedException {
        List<String> lines = new ArrayList<>();
        int characters = 0;
        while (lines.size() < MOST_LINES && characters < MOST_CHARACTERS) {
            Optional<Recording.Item> item = recording.next().filter(next -> due(next, shift));
            if (item.isEmpty()) {
                break;
            }
            Dialect.Line line = item.get().line();
            String text = line.at(keepTimes ? UnaryOperator.identity() : shift);
            lines.add(text);
            characters += text.length();
            recording.advance();
        }
        if (!lines.isEmpty()) {
            delivery.send(recording.dialect().format(), recording.dialect().header(), lines);
        }
    }

    private boolean due(Recording.Item item, UnaryOperator<Instant> shift) {
        return item.time().equals(Instant.MIN)
                || !shift.apply(item.time()).isAfter(clock.instant());
    }

    /// Until the next line is due, in steps, so that lines go together.
    private Duration pause(List<Recording> recordings, UnaryOperator<Instant> shift) {
        boolean more =
                recordings.stream()
                        .flatMap(recording -> recording.next().stream())
                        .anyMatch(item -> due(item, shift));
        return more ? Duration.ZERO : STEP;
    }
}
