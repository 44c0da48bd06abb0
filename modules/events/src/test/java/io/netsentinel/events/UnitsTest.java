package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
    @Test
    void timesAreReadAndWrittenWithTheLargestUnitThatFits() {
        assertThat(Units.duration("90d")).contains(Duration.ofDays(90));
        assertThat(Units.duration("1 Y")).contains(Duration.ofDays(365));
        assertThat(Units.text(Duration.ofMillis(1_500))).isEqualTo("1500ms");
        assertThat(Units.text(Duration.ofDays(2))).isEqualTo("2d");
        assertThat(Units.text(Duration.ZERO)).isEqualTo("0s");
    }

    @Test
    void sizesAreReadAndWrittenWithTheLargestUnitThatFits() {
        assertThat(Units.size("64KiB")).contains(65_536L);
        assertThat(Units.size("10 gib")).contains(10L << 30);
        assertThat(Units.text(1536L)).isEqualTo("1536B");
        assertThat(Units.text(3L << 20)).isEqualTo("3MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "-1d", "1.5h", "7 days", "99999999999y", "1KB"})
    void whatIsNoAmountIsRefused(String text) {
        assertThat(Units.duration(text)).isEmpty();
        assertThat(Units.size(text)).isEmpty();
    }
}
