package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.SensorStatus.State;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A restart forgets no sensor.
final class SensorsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory;

    @Test
    void afterARestartTheyAreThereAsTheyWere() {
        SensorStatus before;
        try (EventLog log = open();
                Sensors sensors = Sensors.open(log.store(), at(0))) {
            sensors.saw(statistics("edge-\u202E1", 0, 1_000, 0));
            sensors.saw(statistics("edge-\u202E1", 8, 2_000, 250));
            before = sensors.statuses().getFirst();
        }
        try (EventLog log = open();
                Sensors sensors = Sensors.open(log.store(), at(30))) {
            SensorStatus after = sensors.statuses().getFirst();
            assertThat(after.name()).isEqualTo(before.name());
            assertThat(after.product()).isEqualTo("suricata");
            assertThat(after.state()).isEqualTo(State.REPORTING);
            assertThat(after.lastSeen()).isEqualTo(NOON);
            assertThat(after.lastEvent()).isEqualTo(before.lastEvent());
            assertThat(after.kernelDrops()).hasValue(250);
            assertThat(after.dropPercent()).isEqualTo(25);
            assertThat(after.events()).isZero();
            // goes on where it was: 1,000 packets more, 100 of them dropped
            sensors.saw(statistics("edge-\u202E1", 16, 3_000, 350));
            assertThat(sensors.statuses().getFirst().dropPercent()).isEqualTo(10);
        }
        try (EventLog log = open();
                Sensors sensors = Sensors.open(log.store(), at(600))) {
            assertThat(sensors.statuses().getFirst().state()).isEqualTo(State.SILENT);
        }
    }

    @Test
    void aNewOneIsKeptSoonWithoutAnyEnd() {
        try (EventLog log = open()) {
            Sensors.open(log.store(), at(0)).saw(statistics("edge-1", 0, 1, 0));
            Table table = log.store().table("sensors");
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (table.scan("", Table.END, 1).isEmpty()) {
                assertThat(System.nanoTime() - deadline).isNegative();
            }
            assertThat(Sensors.open(log.store(), at(0)).statuses()).hasSize(1);
        }
    }

    @Test
    void oneThatIsSilentForAMonthAndWhatCannotBeReadAreLeftOut() {
        String longName = "x".repeat(3_000);
        try (EventLog log = open()) {
            try (Sensors sensors = Sensors.open(log.store(), at(0))) {
                sensors.saw(statistics("old", 0, 1, 0));
            }
            try (Sensors sensors = Sensors.open(log.store(), at(86_400 * 20))) {
                sensors.saw(statistics(longName, 0, 1, 0));
            }
            Table table = log.store().table("sensors");
            log.store()
                    .commit(
                            new StoreBatch()
                                    .put(table, "a", "{}".getBytes(StandardCharsets.UTF_8))
                                    .put(table, "b", "[".getBytes(StandardCharsets.UTF_8)))
                    .join();
            assertThat(Sensors.open(log.store(), at(86_400 * 31)).statuses())
                    .extracting(SensorStatus::name)
                    .containsExactly(longName);
        }
    }

    private EventLog open() {
        return EventLog.open(directory, LogSettings.defaults());
    }

    private static Clock at(long seconds) {
        return Clock.fixed(NOON.plus(Duration.ofSeconds(seconds)), ZoneOffset.UTC);
    }

    private static Sighting statistics(String name, int second, long packets, long drops) {
        return Sighting.of(Event.builder()
                .timestamp(NOON.plusSeconds(second))
                .put(Fields.EVENT_KIND, "metric")
                .put(Fields.OBSERVER_NAME, name)
                .put(Fields.OBSERVER_PRODUCT, "suricata")
                .put(Fields.NS_STATS_KERNEL_PACKETS, packets)
                .put(Fields.NS_STATS_KERNEL_DROPS, drops)
                .build());
    }
}
