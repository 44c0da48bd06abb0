package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final List<TimeRange> OFFERED = List.of(TimeRange.HOUR, TimeRange.DAY);
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static Window parse(Map<String, String> query) {
        return Window.parse(name -> Optional.ofNullable(query.get(name)), OFFERED);
    }

    @Test
    void aRangeEndsNowAndTwoMomentsStayWhereTheyAre() {
        Window live = parse(Map.of("range", "24h"));
        assertThat(live.live()).isTrue();
        assertThat(live.from(NOW)).isEqualTo(NOW.minus(Duration.ofDays(1)));
        assertThat(live.to(NOW)).isEqualTo(NOW);

        Window past = parse(Map.of("from", "2026-05-30T10:00", "to", "2026-05-30T11:00:00Z"));
        assertThat(past.live()).isFalse();
        assertThat(past.from(NOW)).isEqualTo("2026-05-30T10:00:00Z");
        assertThat(past.to(NOW)).isEqualTo("2026-05-30T11:00:00Z");
        assertThat(past.words()).isEqualTo("2026-05-30 10:00:00 to 11:00:00 UTC");
        assertThat(past.into(Href.of("/x"), TimeRange.HOUR).text())
                .isEqualTo("/x?from=2026-05-30T10%3A00%3A00Z&to=2026-05-30T11%3A00%3A00Z");
    }

    @Test
    void momentsTheWrongWayRoundAreTurnedAndOnesWithoutSenseLeftOut() {
        Window turned = parse(Map.of("from", "2026-05-30T11:00:00Z", "to", "2026-05-30T10:00:00Z"));
        assertThat(turned.from(NOW)).isEqualTo("2026-05-30T10:00:00Z");
        for (String odd :
                List.of("yesterday", "", "+999999999-01-01T00:00:00Z", "0000-01-01T00:00")) {
            assertThat(parse(Map.of("from", odd, "to", "2026-05-30T10:00:00Z")).live())
                    .as(odd)
                    .isTrue();
        }
        assertThat(parse(Map.of("range", "7d")).range()).isEqualTo(TimeRange.HOUR);
    }

    @Test
    void aTimelineOfAnyTimeHasBarsThatCanBeCountedAndAreMadeOfStoredOnes() {
        for (int seconds : new int[] {1, 10, 3_599, 86_400, 7 * 86_400, 400 * 86_400}) {
            Window window =
                    parse(
                            Map.of(
                                    "from",
                                    NOW.toString(),
                                    "to",
                                    NOW.plusSeconds(seconds).toString()));
            Duration width = window.bucket();
            Duration whole = Duration.between(window.from(NOW), window.to(NOW));
            assertThat(whole.toMillis() / width.toMillis()).as("%s s", seconds).isBetween(1L, 120L);
            long stored = width.toMillis() >= 600_000 ? 600_000 : 10_000;
            assertThat(width.toMillis() % stored).as("%s s", seconds).isZero();
        }
    }
}
