package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeTest {
    private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir private Path directory;
    private DashboardFixture fixture;

    @BeforeEach
    void start() {
        fixture = DashboardFixture.open(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void barsAreDrawnToTheHighestAndSayWhenItWas() {
        Volume volume =
                Volume.of(
                        "All log lines over time",
                        "last hour",
                        Duration.ofSeconds(30),
                        List.of(
                                new Volume.Bar(AT, 7),
                                new Volume.Bar(AT.plusSeconds(30), 0),
                                new Volume.Bar(AT.plusSeconds(60), 1_400)));
        assertThat(volume.summary())
                .isEqualTo(
                        "All log lines over time, last hour: 1,407, at most 1,400 within 30 s, at 2026-06-01 12:01 UTC");
        assertThat(volume.bars()).contains("v-56.0h").contains("v-1.5h").doesNotContain("NaN");
        assertThat(volume.rows())
                .extracting(Volume.Row::at, Volume.Row::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("06-01 12:01", "1,400"),
                        org.assertj.core.groups.Tuple.tuple("06-01 12:00", "7"));
        assertThat(volume.ticks()).hasSize(5).startsWith("12:00:00").endsWith("12:01:30");
        assertThat(volume.to() - volume.from()).isEqualTo(90_000);
    }

    @Test
    void theLogsAreCountedOverAllTimeAndOverAPartOfIt() {
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        assertThat(browser.get("/logs").body()).doesNotContain("id=\"volume\"");
        fixture.publishOn(Channel.LOGS, line("one"), line("two"), line("three"));
        assertThat(browser.get("/logs").body())
                .contains("All log lines over time, all time: 3, at most ");
        assertThat(browser.get("/logs?range=15m&q=message+%3D+one").body())
                .contains("All log lines over time, last 15 minutes: 3, at most ");
        assertThat(browser.get("/logs?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z").body())
                .contains("2020-01-02 00:00:00 UTC: 0\"");
    }

    @Test
    void alertsAndTheHoneypotHaveTheirsToo() {
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        fixture.publishOn(Channel.HONEYPOT, line("one"));
        fixture.publish(Samples.event(1));
        assertThat(browser.get("/honeypot").body())
                .contains("All events over time, all time: 1, at most 1");
        assertThat(browser.get("/alerts").body())
                .contains("All alerts over time: choose a part of it")
                .contains("last 24 hours, 20 min buckets");
        assertThat(browser.get("/alerts?range=1h").body()).contains("last hour, 30 s buckets");
    }

    private static Event line(String message) {
        return Event.builder().put(Fields.MESSAGE, message).build();
    }
}
