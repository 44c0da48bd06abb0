package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSettingsTest {

    private final LogSettings defaults = LogSettings.defaults();

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(defaults.durability()).isEqualTo(Durability.PROCESS);
        assertThat(defaults.groupSize()).isEqualTo(1_000);
        assertThat(defaults.groupDelay()).isEqualTo(Duration.ofMillis(5));
        assertThat(defaults.segmentEvents()).isEqualTo(1_000_000);
        assertThat(defaults.segmentAge()).isEqualTo(Duration.ofHours(6));
        assertThat(defaults.maxAge("network")).isEqualTo(Duration.ofDays(7));
        assertThat(defaults.maxAge("alerts")).isEqualTo(Duration.ofDays(90));
        assertThat(defaults.maxAge("audit")).isEqualTo(Duration.ofDays(365));
        assertThat(defaults.maxDiskBytes()).isEqualTo(10L << 30);
        assertThat(defaults.keyAge()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatThrownBy(() -> defaults.withGroups(0, Duration.ZERO))
                .hasMessageContaining("group-size");
        assertThatThrownBy(() -> defaults.withGroups(1, Duration.ofMillis(-1)))
                .hasMessageContaining("group-delay");
        assertThatThrownBy(() -> defaults.withQueue(1, 1 << 30))
                .hasMessageContaining("queue-events");
        assertThatThrownBy(() -> defaults.withSegments(0, 1 << 20, Duration.ofHours(1)))
                .hasMessageContaining("segment-events");
        assertThatThrownBy(() -> defaults.withMaxAge(Duration.ZERO, Map.of()))
                .hasMessageContaining("max-age");
        assertThatThrownBy(() -> defaults.withDisk(1, 0)).hasMessageContaining("max-disk");
        assertThatThrownBy(() -> defaults.withKeyAge(Duration.ZERO))
                .hasMessageContaining("key-age");
    }
}
