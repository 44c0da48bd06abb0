package io.netsentinel.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.app.doctor.Finding.Level;
import io.netsentinel.queuing.DiskForecast;
import io.netsentinel.queuing.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// What cannot be arranged from outside: small machines and full disks.
final class ChecksTest {
    private static final long MIB = 1024 * 1024;

    private static Finding disk(long free, long used) {
        LogSettings settings = LogSettings.defaults().withDisk(1_000 * MIB, 100 * MIB);
        return new DataChecks(Path.of("data"), settings, Instant.EPOCH)
                .disk(free * MIB, 100_000 * MIB, used * MIB);
    }

    @Test
    void theLogsOwnSpaceCountsAsRoomForTheLog() {
        assertThat(disk(2_000, 0).level()).isEqualTo(Level.OK);
        assertThat(disk(500, 700).level()).isEqualTo(Level.OK);
        Finding small = disk(500, 0);
        assertThat(small.level()).isEqualTo(Level.WARNING);
        assertThat(small.remedy())
                .isEqualTo("lower retention.max-disk to 360MiB or take a larger disk");
        assertThat(disk(50, 900).level()).isEqualTo(Level.PROBLEM);
    }

    @Test
    void howLongTheDiskLastsIsAWarningWithTheWayOut() {
        assertThat(storage(100_000, 100).level()).isEqualTo(Level.OK);
        assertThat(storage(100_000, 2_000).remedy()).startsWith("raise retention.max-disk");
        assertThat(storage(1_000, 2_000).remedy()).startsWith("lower retention.max-disk");
    }

    private static Finding storage(long free, long perDay) {
        return DataChecks.storage(
                new DiskForecast(
                        0,
                        10_000 * MIB,
                        free * MIB,
                        OptionalDouble.of((double) (perDay * MIB)),
                        Duration.ofDays(7)));
    }

    @Test
    void aHeapIsNeitherTooSmallNorMostOfTheMachine() {
        assertThat(MachineChecks.memory(1_024 * MIB, 8_000 * MIB).level()).isEqualTo(Level.OK);
        assertThat(MachineChecks.memory(128 * MIB, 8_000 * MIB).level()).isEqualTo(Level.WARNING);
        assertThat(MachineChecks.memory(900 * MIB, 1_000 * MIB).level()).isEqualTo(Level.WARNING);
    }

    @Test
    void aLineSaysWhatIsWrongAndTheWayOut() {
        assertThat(Finding.ok("clock", "right").line()).isEqualTo("ok       clock: right");
        assertThat(Finding.problem("port", "taken", "take another").line())
                .isEqualTo("problem  port: taken -> take another");
    }
}
