package io.netsentinel.integrations;

import io.netsentinel.queuing.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What is known of the sensors, by the name in their events.
///
/// A sensor is silent when nothing came from it for three times the interval of its statistics, or
/// for a minute when it sends none.
public final class Sensors implements AutoCloseable {
    static final int MOST = 1_000;
    static final Duration SILENCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final ConcurrentMap<String, Sensor> sensors = new ConcurrentHashMap<>();

    private Optional<SensorMemory> memory = Optional.empty();

    /// Nobody is known yet, and nobody is kept.
    public Sensors() {
        this(Clock.systemUTC());
    }

    /// With another clock.
    public Sensors(Clock clock) {
        this.clock = clock;
    }

    /// Those known before, who are kept in the store from now on. One that was not heard of for a
    /// month is forgotten.
    public static Sensors open(Store store, Clock clock) {
        Sensors sensors = new Sensors(clock);
        SensorMemory memory = new SensorMemory(store, sensors.sensors.values());
        memory.recall(clock.instant())
                .forEach(known -> sensors.sensors.put(known.name(), new Sensor(known)));
        sensors.memory = Optional.of(memory);
        memory.start();
        return sensors;
    }

    /// An event was committed. At most 1,000 sensors are kept track of: the names are foreign text.
    void saw(Sighting sighting) {
        String name = sighting.sensor();
        Sensor sensor = sensors.get(name);
        if (sensor == null && sensors.size() < MOST && !name.isEmpty()) {
            sensor = sensors.computeIfAbsent(name, Sensor::new);
            memory.ifPresent(SensorMemory::more);
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

    /// Keeps what is known now.
    @Override
    public void close() {
        memory.ifPresent(SensorMemory::close);
    }
}
