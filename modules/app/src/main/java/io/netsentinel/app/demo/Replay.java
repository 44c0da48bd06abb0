package io.netsentinel.app.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// The endless stream of a capture's events with times around now, in the order of these times.
final class Replay {
    /// An event and when it is due.
    record Due(Instant time, ObjectNode event) {}

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Capture capture;
    private final PriorityQueue<Due> waiting = new PriorityQueue<>(Comparator.comparing(Due::time));
    private Variation variation;
    private Instant roundBegin;
    private Instant readTo;
    private int round;
    private int index;

    /// @param begin when the first event of the first round happened
    Replay(Capture capture, Instant begin) {
        this.capture = capture;
        roundBegin = begin;
        readTo = begin;
        variation = variation();
    }

    /// The next event. Never ends.
    Due next() {
        // An event further on in the capture can only be due earlier by the jitter of both.
        Duration margin = Variation.JITTER.multipliedBy(2);
        while (waiting.isEmpty() || waiting.element().time().plus(margin).isAfter(readTo)) {
            read();
        }
        return waiting.remove();
    }

    private void read() {
        if (index == capture.size()) {
            roundBegin = roundBegin.plus(capture.length()).plus(PAUSE);
            round++;
            index = 0;
            variation = variation();
        }
        ObjectNode event = capture.event(index++);
        readTo = EveTime.parse(event.path("timestamp").asText()).plus(shift());
        Optional<Instant> time = variation.apply(event);
        time.ifPresent(due -> waiting.add(new Due(due, event)));
    }

    private Variation variation() {
        return new Variation(round, shift());
    }

    private Duration shift() {
        return Duration.between(capture.begin(), roundBegin);
    }
}
