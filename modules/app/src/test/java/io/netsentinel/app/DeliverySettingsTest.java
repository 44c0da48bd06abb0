package io.netsentinel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.app.config.ConfigurationLoader;
import io.netsentinel.channels.ChannelPolicy;
import io.netsentinel.channels.HubSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeliverySettingsTest {
    private static HubSettings hub(String... keysAndValues) {
        ConfigurationLoader loader = new ConfigurationLoader();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            loader.option("--test", keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.of(loader.load(), Shell.ofProcess()).hub();
    }

    private static Duration latency(HubSettings settings, String channel) {
        return settings.policies().getOrDefault(channel, settings.policy()).latency();
    }

    @Test
    void withoutAKeyEveryChannelHasItsUsualPolicy() {
        assertThat(hub()).isEqualTo(HubSettings.defaults());
    }

    @Test
    void theLatencyOfAllAndOfOneChannelCanBeSet() {
        HubSettings settings =
                hub(
                        "delivery.latency", "100ms",
                        "channels.alerts.latency", "5ms",
                        "channels.lab.latency", "0ms");
        assertThat(latency(settings, "network")).isEqualTo(Duration.ofMillis(100));
        assertThat(latency(settings, "threats")).isEqualTo(Duration.ofMillis(100));
        assertThat(latency(settings, "alerts")).isEqualTo(Duration.ofMillis(5));
        assertThat(latency(settings, "lab")).isZero();
        HubSettings usual = HubSettings.defaults();
        ChannelPolicy alerts = usual.policies().getOrDefault("alerts", usual.policy());
        assertThat(settings.policies())
                .containsEntry("alerts", alerts.withLatency(Duration.ofMillis(5)));
    }

    @Test
    void aLatencyAboveASecondIsRefused() {
        assertThatThrownBy(() -> hub("delivery.latency", "2s"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("latency must be 0 to 1 s");
    }
}
