package io.netsentinel.integrations;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Tells on `system` when a sensor's condition changes: silent, dropping packets, its clock ahead
/// or behind, and well again. What the log does not take is offered again, with the time it
/// happened.
public final class SensorHealth implements AutoCloseable {
    static final String DATASET = "netsentinel.health";

    /// From so many percent on the loss of packets is worth a word.
    static final double DROPPING_PERCENT = 1;

    /// A clock that is further ahead than this is wrong.
    static final Duration AHEAD = Duration.ofMinutes(1);

    private static final Duration PACE = Duration.ofSeconds(5);
    private static final int MOST_UNTOLD = 1_000;

    private final Sensors sensors;
    private final Function<Append, CompletableFuture<Appended>> publish;
    private final Clock clock;
    private final Instant started;
    private final Map<String, Condition> known = new HashMap<>();
    private final Map<String, SensorCondition> conditions = new ConcurrentHashMap<>();
    private final Map<String, ClockLag> lags = new HashMap<>();
    private final Deque<Event> untold = new ArrayDeque<>();
    private final Stopper stopper = new Stopper();
    private final Thread thread =
            Thread.ofPlatform().name("sensor-health").daemon().unstarted(this::run);

    /// The worst thing that can be said of a sensor.
    enum Condition {
        WELL("info"),
        CLOCK_BEHIND("low"),
        CLOCK_AHEAD("low"),
        DROPPING("medium"),
        SILENT("medium");

        private final String severity;

        Condition(String severity) {
            this.severity = severity;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    SensorHealth(
            Sensors sensors, Function<Append, CompletableFuture<Appended>> publish, Clock clock) {
        this.sensors = sensors;
        this.publish = publish;
        this.clock = clock;
        this.started = clock.instant();
    }

    /// Looks at the sensors every five seconds from now on.
    ///
    /// @param publish where the events go
    public static SensorHealth start(
            Sensors sensors, Function<Append, CompletableFuture<Appended>> publish, Clock clock) {
        SensorHealth health = new SensorHealth(sensors, publish, clock);
        health.thread.start();
        return health;
    }

    private void run() {
        while (!stopper.await(PACE)) {
            look();
        }
    }

    /// One look at all sensors.
    void look() {
        for (SensorStatus sensor : sensors.statuses()) {
            lag(sensor).look(sensor);
            condition(sensor).ifPresent(now -> changed(sensor, now));
        }
        tell();
    }

    /// Empty while it cannot be said: after a start of the server every sensor has been silent.
    private Optional<Condition> condition(SensorStatus sensor) {
        if (sensor.state() == SensorStatus.State.SILENT) {
            boolean early =
                    Duration.between(started, clock.instant()).compareTo(Sensors.SILENCE) < 0;
            return early ? Optional.empty() : Optional.of(Condition.SILENT);
        }
        if (sensor.dropPercent() >= DROPPING_PERCENT) {
            return Optional.of(Condition.DROPPING);
        }
        Duration ahead = Duration.between(sensor.lastSeen(), sensor.lastEvent());
        if (ahead.compareTo(AHEAD) > 0) {
            return Optional.of(Condition.CLOCK_AHEAD);
        }
        return Optional.of(
                lag(sensor).behind().isPresent() ? Condition.CLOCK_BEHIND : Condition.WELL);
    }

    private ClockLag lag(SensorStatus sensor) {
        return lags.computeIfAbsent(sensor.name(), _ -> new ClockLag());
    }

    /// How the sensors are, by name; one that was not heard of since the start is not among them.
    public Map<String, SensorCondition> conditions() {
        return Map.copyOf(conditions);
    }

    private void changed(SensorStatus sensor, Condition now) {
        Condition before = known.put(sensor.name(), now);
        if (before == now) {
            renew(sensor, now);
            return;
        }
        boolean first = before == null && now == Condition.WELL;
        conditions.put(
                sensor.name(),
                new SensorCondition(
                        sensor.name(),
                        now.text(),
                        clock.instant(),
                        first ? "" : message(sensor, now)));
        if (first) {
            return;
        }
        untold.add(event(sensor, before == null ? Condition.WELL : before, now));
        if (untold.size() > MOST_UNTOLD) {
            untold.removeFirst();
        }
    }

    /// What is wrong still, in the figures of now.
    private void renew(SensorStatus sensor, Condition now) {
        if (now != Condition.WELL) {
            conditions.computeIfPresent(
                    sensor.name(),
                    (name, was) ->
                            new SensorCondition(
                                    name, was.state(), was.since(), message(sensor, now)));
        }
    }

    private Event event(SensorStatus sensor, Condition before, Condition now) {
        return Event.builder()
                .put(Fields.ID, Ulid.next())
                .timestamp(clock.instant())
                .put(Fields.EVENT_KIND, "state")
                .put(Fields.EVENT_MODULE, "netsentinel")
                .put(Fields.EVENT_DATASET, DATASET)
                .put(Fields.OBSERVER_NAME, sensor.name())
                .put(Fields.NS_SEVERITY, now.severity)
                .put(Fields.MESSAGE, message(sensor, now))
                .put("ns.health.subject", "sensor")
                .put("ns.health.state", now.text())
                .put("ns.health.previous", before.text())
                .build();
    }

    private String message(SensorStatus sensor, Condition now) {
        String what =
                switch (now) {
                    case WELL -> "is well again";
                    case SILENT ->
                            "is silent: nothing came for "
                                    + Duration.between(sensor.lastSeen(), clock.instant())
                                            .toSeconds()
                                    + " s";
                    case DROPPING ->
                            String.format(
                                    Locale.ROOT,
                                    sensor.kernelDrops().isPresent()
                                            ? "loses packets: its kernel dropped %.1f %% of them"
                                            : "loses packets: it missed %.1f %% of them",
                                    sensor.dropPercent());
                    case CLOCK_AHEAD ->
                            "has a clock that is ahead by "
                                    + Duration.between(sensor.lastSeen(), sensor.lastEvent())
                                            .toSeconds()
                                    + " s";
                    case CLOCK_BEHIND ->
                            "has a clock that is behind by "
                                    + lag(sensor).behind().orElse(Duration.ZERO).toSeconds()
                                    + " s, or its events come so late";
                };
        return "sensor " + sensor.name() + " " + what;
    }

    /// The log may be full: then it is said when there is room.
    private void tell() {
        if (untold.isEmpty()) {
            return;
        }
        List<Event> events = new ArrayList<>(untold);
        List<Entry> entries =
                events.stream().map(event -> Entry.of(Channel.SYSTEM, event.toJson())).toList();
        try {
            publish.apply(new Append(entries, List.of(), Optional.empty())).join();
            untold.clear();
        } catch (RuntimeException e) {
            System.getLogger(SensorHealth.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "the log does not take news of sensors; they are offered again",
                            e);
        }
    }

    @Override
    public void close() {
        stopper.stop();
    }
}
