package io.netsentinel.analytics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import io.netsentinel.transport.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FigureHistoryTest {
    private static final long START = Instant.parse("2026-06-01T12:00:00Z").toEpochMilli();
    private static final long STEP = 10_000;

    @TempDir Path directory;
    private EventLog log;
    private FigureHistory history;
    private long now = START;
    private double heat = 20;
    private long total = 100;

    private final Clock clock =
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Instant.ofEpochMilli(now);
                }
            };

    @BeforeEach
    void open() {
        log = EventLog.open(directory, LogSettings.defaults());
        history = new FigureHistory(log.store(), this::measure, clock);
    }

    @AfterEach
    void close() {
        history.close();
        log.close();
    }

    private void measure(Figures figures) {
        figures.gauge("heat", "How warm it is.", heat, "room", "kitchen");
        figures.counter("total", "How many there were.", total);
    }

    private void restart() {
        close();
        total = 0;
        open();
    }

    private double[] values(String name, Resolution resolution, long from, long step, int count) {
        List<Sample> samples = history.samples(resolution, from, from + step * count);
        List<Series> series =
                Series.of(samples, Set.of(name), from, step, count, resolution.step());
        assertThat(series).hasSize(1);
        return series.getFirst().values();
    }

    @Test
    void aGaugeIsItsMeanAndACounterItsRate() {
        for (int i = 0; i < 6; i++) {
            history.sample();
            now += STEP;
            heat += 1;
            total += 50;
        }
        assertThat(values("heat", Resolution.FINE, START, STEP, 6))
                .containsExactly(20, 21, 22, 23, 24, 25);
        assertThat(values("heat", Resolution.FINE, START, 2 * STEP, 3))
                .containsExactly(20.5, 22.5, 24.5);
        assertThat(values("total", Resolution.FINE, START, STEP, 6))
                .containsExactly(Double.NaN, 5, 5, 5, 5, 5);
        assertThat(history.samples(Resolution.FINE, START, now).getFirst().values())
                .containsKey(new SeriesId("heat", List.of("room", "kitchen"), false));
    }

    @Test
    void whatWasKeptIsThereAfterARestartAndACounterThatBeginsAnewIsNoFall() {
        history.sample();
        now += STEP;
        total += 50;
        history.sample();
        restart();
        now += STEP;
        total = 30;
        history.sample();
        assertThat(values("total", Resolution.FINE, START, STEP, 3))
                .containsExactly(Double.NaN, 5, 3);
    }

    @Test
    void timeWithoutAServerIsEmptyAndNoRateIsMadeUpForIt() {
        history.sample();
        restart();
        now += 100 * STEP;
        total = 5_000;
        history.sample();
        now += STEP;
        total += 10;
        history.sample();
        double[] values = values("total", Resolution.FINE, START, STEP, 102);
        assertThat(values).hasSize(102);
        assertThat(values[101]).isEqualTo(1);
        assertThat(values[100]).isNaN();
        assertThat(values[50]).isNaN();
        assertThat(values("heat", Resolution.FINE, START, STEP, 102)[50]).isNaN();
    }

    @Test
    void aMinuteIsSummedUpAndKeptLonger() {
        long day = Duration.ofDays(1).toMillis();
        for (int i = 0; i < 7; i++) {
            history.sample();
            now += STEP;
            heat += 1;
            total += 50;
        }
        now += day + Duration.ofMinutes(10).toMillis();
        history.sample();
        log.store().flush();
        assertThat(history.samples(Resolution.FINE, START, START + day)).isEmpty();
        assertThat(values("heat", Resolution.COARSE, START, 60_000, 1)).containsExactly(22.5);
        now += Duration.ofDays(32).toMillis();
        history.sample();
        now += 60_000;
        history.sample();
        log.store().flush();
        assertThat(history.samples(Resolution.COARSE, START, START + day)).isEmpty();
    }

    /// It holds users and tokens, and is written as a whole.
    @Test
    void theSecondCopyOfTheTablesHasNoFiguresInIt() throws IOException {
        Table users = log.store().table("users");
        log.store()
                .commit(new StoreBatch().put(users, "zoe", "{}".getBytes(StandardCharsets.UTF_8)))
                .join();
        history.sample();
        close();
        String copy = Files.readString(directory.resolve("store/backup"), ISO_8859_1);
        open();
        assertThat(copy).contains("zoe").doesNotContain("kitchen");
    }

    @Test
    void aDamagedRowLosesNothingButItself() {
        history.sample();
        Table table = log.store().table("figures");
        log.store()
                .commit(
                        new StoreBatch()
                                .put(
                                        table,
                                        Resolution.FINE.key(START - 300_000),
                                        "{\"times\":[1".getBytes(StandardCharsets.UTF_8)))
                .join();
        assertThat(history.samples(Resolution.FINE, START - 600_000, now + 1)).hasSize(1);
    }
}
