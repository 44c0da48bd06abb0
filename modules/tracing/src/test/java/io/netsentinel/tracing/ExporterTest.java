package io.netsentinel.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The collector is simulated.
final class ExporterTest {
    private static final int AT_ONCE = 1_024;

    private static Span span(String name, Object attribute) {
        return new Span(
                "1", "2", "", name, Span.INTERNAL, 1, 2, Map.of("attribute", attribute), "");
    }

    @Test
    void spansThatCannotBeSentAreLostAndThoseAfterThemAreNot() {
        Object unwritable =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("simulated");
                    }
                };
        try (Collector collector = Collector.start()) {
            Exporter exporter =
                    Exporter.start(new TracingSettings(collector.address(), 1, "test", "1"));
            exporter.add(span("bad", unwritable));
            IntStream.range(1, AT_ONCE).forEach(_ -> exporter.add(span("with it", "")));
            exporter.add(span("later", ""));
            exporter.close();
            assertThat(collector.bodies())
                    .anySatisfy(body -> assertThat(new String(body, UTF_8)).contains("later"))
                    .noneSatisfy(body -> assertThat(new String(body, UTF_8)).contains("bad"));
        }
    }

    @Test
    void lossesAreToldOfAtMostOnceAMinute() {
        long minute = Duration.ofMinutes(1).toNanos();
        Losses losses = new Losses();
        assertThat(losses.due(-5)).isZero();
        losses.add(3);
        assertThat(losses.due(-5)).isEqualTo(3);
        losses.add(4);
        assertThat(losses.due(minute - 6)).isZero();
        losses.add(1);
        assertThat(losses.due(minute - 5)).isEqualTo(5);
        assertThat(losses.due(3 * minute)).isZero();
    }
}
