package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CertificateNamesTest {
    private static final int MOST = 10_000;

    private final ManualClock clock = new ManualClock();
    private final CertificateNames names = new CertificateNames(clock);

    private Instant in(int hours) {
        return clock.instant().plus(Duration.ofHours(hours));
    }

    private void fill(int hours) {
        IntStream.range(0, MOST).forEach(i -> names.seen("sensor-" + i, in(hours)));
    }

    @Test
    void aNameIsInUseUntilItsLastCertificateEnds() {
        names.seen("gate", in(2));
        names.seen("gate", in(1));
        clock.advance(Duration.ofMinutes(90));
        assertThat(names.isName("gate")).isTrue();
        clock.advance(Duration.ofMinutes(30));
        assertThat(names.isName("gate")).isFalse();
    }

    @Test
    void namesWhoseCertificatesHaveEndedMakeRoom() {
        fill(1);
        clock.advance(Duration.ofHours(1));
        names.seen("gate", in(1));
        assertThat(names.isName("gate")).isTrue();
    }

    @Test
    void whenThereIsNoMoreRoomAKnownNameIsStillExtended() {
        fill(1);
        names.seen("gate", in(3));
        assertThat(names.isName("gate")).as("there is no room").isFalse();
        names.seen("sensor-7", in(3));
        clock.advance(Duration.ofHours(2));
        assertThat(names.isName("sensor-7")).isTrue();
        assertThat(names.isName("sensor-8")).isFalse();
    }
}
