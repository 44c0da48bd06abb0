package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.analytics.FigureLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeliveryQuantileTest {
    private static FigureLines.Line bucket(String bound, Double... values) {
        return new FigureLines.Line("d_bucket", Map.of("le", bound), true, List.of(values));
    }

    private final DeliveryQuantile quantile =
            new DeliveryQuantile(
                    new FigureLines(
                            Instant.EPOCH,
                            Duration.ofSeconds(10),
                            3,
                            List.of(
                                    bucket("10.0", 10.0, 0.0, Double.NaN),
                                    bucket("2.0", 5.0, 0.0, Double.NaN),
                                    bucket("+Inf", 10.0, 0.0, Double.NaN),
                                    new FigureLines.Line(
                                            "other",
                                            Map.of("le", "1"),
                                            true,
                                            List.of(9.0, 9.0, 9.0)))),
                    "d_bucket");

    @Test
    void withinABucketTimesLieEvenly() {
        assertThat(quantile.values(0.25)[0]).isEqualTo(1);
        assertThat(quantile.values(0.5)[0]).isEqualTo(2);
        assertThat(quantile.values(0.75)[0]).isEqualTo(6);
    }

    @Test
    void whereNothingWasCountedNothingIsKnown() {
        assertThat(quantile.values(0.5)[1]).isNaN();
        assertThat(quantile.values(0.5)[2]).isNaN();
    }

    @Test
    void aboveAllBoundsItIsTheLastOne() {
        var all =
                new FigureLines(
                        Instant.EPOCH,
                        Duration.ofSeconds(10),
                        1,
                        List.of(bucket("2.0", 1.0), bucket("+Inf", 9.0)));
        assertThat(new DeliveryQuantile(all, "d_bucket").values(0.99)).containsExactly(2);
    }
}
