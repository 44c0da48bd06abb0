package io.netsentinel.integrations;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What is known of the sensors, by the name in their events. Begins empty with the server.
///
/// A sensor is silent when nothing came from it for three times the interval of its statistics, or
/// for a minute when it sends none.
public final class Sensors {
    private static final int MOST = 1_000;
    static final Duration SILENCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final ConcurrentMap<String, Sensor> sensors = new ConcurrentHashMap<>();

    /// Nobody is known yet.
    public Sensors() {
        this(Clock.systemUTC());
    }

    /// With another clock.
    public Sensors(Clock clock) {
        this.clock = clock;
    }

    /// An event was committed. At most 1,000 sensors are kept track of: the names are foreign text.
    void saw(Sighting sighting) {
        String name = sighting.sensor();
        Sensor sensor = sensors.get(name);
        if (sensor == null && sensors.size() < MOST && !name.isEmpty()) {
            sensor = sensors.computeIfAbsent(name, Sensor::new);
        }
        if (sensor != null) {
            sensor.saw(sighting, clock.instant());
        }
    }

    /// All sensors, by name.
    public List<SensorStatus> statuses() {
        return sensors.values().stream()
                .map(sensor -> sensor.status(clock.instant()))
                .sorted(Comparator.comparing(SensorStatus::name))
                .toList();
    }
}
