package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the statistics add to the processor time of a delivery, at the same rate of more than
/// 100,000 deliveries a second, in turn with and without them: on, off, off, on, on, off. Takes
/// about three minutes.
///
/// `-Dnetsentinel.statistics.subscribers=N`, `.rate=N` (messages a second) and `.steps=N` (of three
/// seconds each) take others than 1,000, 120 and 6.
@Tag("long")
final class StatisticsCostBenchmark {
    private static final int SUBSCRIBERS =
            Integer.getInteger("netsentinel.statistics.subscribers", 1_000);
    private static final int RATE = Integer.getInteger("netsentinel.statistics.rate", 120);
    private static final int STEPS = Integer.getInteger("netsentinel.statistics.steps", 6);
    private static final List<Boolean> TURNS = List.of(true, false, false, true, true, false);

    @TempDir private Path folder;

    @Test
    void processorTimeOfADeliveryWithAndWithoutStatistics() throws IOException {
        List<FanOutBenchmark.Step> on = new ArrayList<>();
        List<FanOutBenchmark.Step> off = new ArrayList<>();
        for (int round = 0; round < TURNS.size(); round++) {
            boolean statistics = TURNS.get(round);
            (statistics ? on : off).addAll(round(statistics, round));
        }
        double with = micros(on);
        double without = micros(off);
        try (Results results = Results.of("statistics")) {
            results.add("deliveries", perSecond(on), "1/s", "without statistics", perSecond(off));
            results.add("processor time of a delivery", with, "us", "without statistics", without);
            results.add("statistics add", 100 * (with - without) / without, "%");
        }
    }

    private static double micros(List<FanOutBenchmark.Step> steps) {
        return steps.stream().mapToDouble(FanOutBenchmark.Step::microsEach).average().orElseThrow();
    }

    private static double perSecond(List<FanOutBenchmark.Step> steps) {
        return steps.stream().mapToDouble(FanOutBenchmark.Step::perSecond).average().orElseThrow();
    }

    private List<FanOutBenchmark.Step> round(boolean statistics, int round) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data-" + round));
        Map<String, String> environment =
                Map.of("NETSENTINEL_STATISTICS_ENABLED", Boolean.toString(statistics));
        List<FanOutBenchmark.Step> steps = new ArrayList<>();
        try (ServerProcess server = BenchServer.start(data, environment)) {
            BenchServer target = BenchServer.of(server, data);
            HttpApi admin = HttpApi.admin(server, data);
            try (FanReceiver receiver = target.subscribe(SUBSCRIBERS);
                    SocketChannel publisher = FanOutBenchmark.publisher(target)) {
                for (int n = -1; n < STEPS; n++) {
                    FanOutBenchmark.Step step =
                            FanOutBenchmark.step(target, receiver, publisher, SUBSCRIBERS, RATE);
                    System.out.printf(
                            Locale.ROOT, "  %s: %s%n", statistics ? "with" : "without", step);
                    assertThat(receiver.problem()).isEmpty();
                    assertThat(step.missing()).isZero();
                    if (n >= 0) {
                        steps.add(step); // the first one warms up
                    }
                }
            }
            assertThat(admin.get("/metrics").body().contains("netsentinel_delivery_seconds_count"))
                    .as("times are taken")
                    .isEqualTo(statistics);
        }
        return steps;
    }
}
