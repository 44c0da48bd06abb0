package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The fast reader of times says what the library says, of every text.
final class IsoTimeTest {
    private static final String SIGNS = "0123456789-+:.TZz/ \u0661";

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-06-01T12:00:14Z",
                "2026-06-01T12:00:14.7Z",
                "2026-06-01T12:00:14.789385Z",
                "2026-06-01T12:00:14.123456789Z",
                "2024-02-29T23:59:59.999999999Z",
                "1969-12-31T23:59:59.5Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2016-12-31T23:59:60Z",
                "2026-06-01T24:00:00Z",
                "2026-06-01T12:00:14+02:00"
            })
    void readsWhatTheLibraryReads(String text) {
        assertThat(IsoTime.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-29T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-06-00T12:00:00Z",
                "2026-06-01T25:00:00Z",
                "2026-06-01T12:60:00Z",
                "2026-06-01T12:00:61Z",
                "2026-06-01T12:00:00.1234567890Z",
                "2026-06-01T12:00:00.12a4Z",
                "2026-06-01T12:00:00.-12Z",
                "2026-06-01 12:00:00Z",
                "2026-06-01T12:00Z",
                "2026-06-01T12:00:00",
                "-026-06-01T12:00:00Z",
                "202\u0661-06-01T12:00:00Z"
            })
    void refusesWhatTheLibraryRefuses(String text) {
        assertThat(byLibrary(text)).isEmpty();
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> IsoTime.parse(text));
    }

    @Test
    void agreesOnAnyTimeAndOnAnyTimeWithASignThatIsWrong() {
        for (int n = 0; n < 100_000; n++) {
            String text = anyTime();
            assertThat(IsoTime.parse(text)).isEqualTo(Instant.parse(text));
            String damaged = damaged(text);
            assertThat(here(damaged)).as(damaged).isEqualTo(byLibrary(damaged));
        }
    }

    private String anyTime() {
        Instant time =
                Instant.ofEpochSecond(
                        random.nextLong(-62_167_219_200L, 253_402_300_800L),
                        random.nextInt(1_000_000_000));
        ChronoUnit unit =
                switch (random.nextInt(4)) {
                    case 0 -> ChronoUnit.SECONDS;
                    case 1 -> ChronoUnit.MILLIS;
                    case 2 -> ChronoUnit.MICROS;
                    default -> ChronoUnit.NANOS;
                };
        return time.truncatedTo(unit).toString();
    }

    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        damaged.setCharAt(
                random.nextInt(text.length()), SIGNS.charAt(random.nextInt(SIGNS.length())));
        return damaged.toString();
    }

    private static Optional<Instant> here(String text) {
        try {
            return Optional.of(IsoTime.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> byLibrary(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
