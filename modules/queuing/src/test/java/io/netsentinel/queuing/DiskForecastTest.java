package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.netsentinel.queuing.DiskForecast.Outlook;
import io.netsentinel.queuing.DiskForecast.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskForecastTest {
    private static final long MIB = 1 << 20;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final LogSettings SETTINGS =
            LogSettings.defaults().withDisk(10_000 * MIB, 100 * MIB); // seven days kept

    /// One file for each of the last hours.
    private static List<Written> hourly(int hours, long mib) {
        List<Written> files = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            long to = NOW.minus(Duration.ofHours(hour)).toEpochMilli();
            files.add(new Written(mib * MIB, to - 3_600_000, to));
        }
        return files;
    }

    private static DiskForecast of(List<Written> files, long freeMib) {
        return DiskForecast.of(files, freeMib * MIB, SETTINGS, NOW);
    }

    @Test
    void whatFitsUntilItIsTooOldNeverFillsTheDisk() {
        DiskForecast forecast = of(hourly(48, 50), 100_000);
        assertThat(forecast.perDay().orElse(0)).isCloseTo(1_200 * MIB, within(1.0 * MIB));
        assertThat(forecast.outlook()).isEqualTo(Outlook.WELL);
        assertThat(forecast.daysLeft()).isEmpty();
        assertThat(forecast.daysKept().orElse(0)).isCloseTo(7, within(0.01));
    }

    @Test
    void aBudgetThatIsTooSmallKeepsFewerDays() {
        DiskForecast forecast = of(hourly(24, 100), 100_000);
        assertThat(forecast.outlook()).isEqualTo(Outlook.SHORT);
        assertThat(forecast.daysLeft().orElse(0)).isCloseTo(7_600.0 / 2_400, within(0.01));
        assertThat(forecast.daysKept().orElse(0)).isCloseTo(10_000.0 / 2_400, within(0.01));
        assertThat(forecast.urgent()).isFalse();
        assertThat(forecast.text())
                .isEqualTo(
                        "at 2,400 MiB a day retention.max-disk (10,000 MiB) is full in 3.2 days;"
                                + " events are kept 4.2 days then instead of 7.00");
    }

    @Test
    void aDiskThatIsFullBeforeTheBudgetIsUrgentInItsLastWeek() {
        DiskForecast forecast = of(hourly(24, 100), 1_200);
        assertThat(forecast.outlook()).isEqualTo(Outlook.FILLING);
        assertThat(forecast.daysLeft().orElse(0)).isCloseTo(0.5, within(0.01));
        assertThat(forecast.urgent()).isTrue();
        assertThat(forecast.text()).contains("the disk is full in 0.5 days");
        assertThat(of(List.of(new Written(0, 0, 0)), 0).urgent()).isFalse();
    }

    @Test
    void aFloodOfTheLastHoursCountsAndIsNotAveragedAway() {
        List<Written> files = hourly(72, 10);
        files.set(0, new Written(600 * MIB, files.getFirst().from(), files.getFirst().to()));
        double perDay = of(files, 100_000).perDay().orElse(0);
        assertThat(perDay).isCloseTo((600 + 50) * 4.0 * MIB, within(1.0 * MIB));
    }

    @Test
    void aPartOfAFileIsCountedByItsTime() {
        long day = Duration.ofDays(1).toMillis();
        long now = NOW.toEpochMilli();
        DiskForecast forecast = of(List.of(new Written(600 * MIB, now - 6 * day, now)), 100_000);
        assertThat(forecast.perDay().orElse(0)).isCloseTo(100 * MIB, within(1.0 * MIB));
    }

    @Test
    void aYoungLogSaysThatItCannotTell() {
        long now = NOW.toEpochMilli();
        DiskForecast forecast = of(List.of(new Written(MIB, now - 60_000, now)), 1_000);
        assertThat(forecast.outlook()).isEqualTo(Outlook.UNKNOWN);
        assertThat(forecast.daysLeft()).isEmpty();
        assertThat(forecast.text()).contains("too young");
    }

    @Test
    void aRunningLogIsLookedAtAsItsFilesLie(@TempDir Path data) {
        try (EventLog log = EventLog.open(data, SETTINGS)) {
            byte[] payload = "x".repeat(1_000).getBytes(StandardCharsets.UTF_8);
            log.append(Append.of(Entry.of("alerts", payload))).join();
            DiskForecast forecast = log.forecast(Instant.now().plus(Duration.ofHours(1)));
            assertThat(forecast.used()).isGreaterThan(1_000);
            assertThat(forecast.perDay().orElse(0)).isGreaterThan(24_000);
            assertThat(forecast.free()).isPositive();
        }
    }
}
