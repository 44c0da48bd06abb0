package io.netsentinel.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrometheusTextTest {
    private final PrometheusText text = new PrometheusText(name -> !name.startsWith("hidden"));

    @Test
    void whatHasOneNameStandsTogetherBelowWhatItMeans() {
        text.counter("a_total", "First.", 1, "x", "1");
        text.gauge("b", "Second.", 0.25);
        text.counter("a_total", "First.", 20_000_000_000L, "x", "2", "y", "3");

        assertThat(text.text().lines())
                .containsExactly(
                        "# HELP a_total First.",
                        "# TYPE a_total counter",
                        "a_total{x=\"1\"} 1",
                        "a_total{x=\"2\",y=\"3\"} 20000000000",
                        "# HELP b Second.",
                        "# TYPE b gauge",
                        "b 0.25");
        assertThat(text.text()).endsWith("\n");
    }

    @Test
    void aHistogramIsCumulativeAndItsLinesStandTogether() {
        text.histogram("d_seconds", "Time.", new double[] {0.5, 2}, new long[] {3, 0, 4}, 9.25);

        assertThat(text.text().lines())
                .containsExactly(
                        "# HELP d_seconds Time.",
                        "# TYPE d_seconds histogram",
                        "d_seconds_bucket{le=\"0.5\"} 3",
                        "d_seconds_bucket{le=\"2.0\"} 3",
                        "d_seconds_bucket{le=\"+Inf\"} 7",
                        "d_seconds_sum 9.25",
                        "d_seconds_count 7");
    }

    @Test
    void whatIsNotWantedIsLeftOut() {
        text.counter("hidden_total", "Not for everybody.", 1);
        text.gauge("b", "Second.", 2);

        assertThat(text.text()).doesNotContain("hidden", "everybody").endsWith("\nb 2\n");
    }

    @Test
    void aHostileNameStaysInItsPlace() {
        text.gauge("up", "Up.", 1, "sensor", "a\"} 0\nup{sensor=\"b\\");

        assertThat(text.text().lines().toList())
                .hasSize(3)
                .last()
                .isEqualTo("up{sensor=\"a\\\"} 0\\nup{sensor=\\\"b\\\\\"} 1");
    }
}
