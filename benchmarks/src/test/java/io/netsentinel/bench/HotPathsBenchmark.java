package io.netsentinel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// What is done for every event: microseconds and bytes of memory for one. Takes about three
/// minutes; `-Dnetsentinel.bench.only=Filter` measures some.
@Tag("long")
final class HotPathsBenchmark {
    private static final String ONLY = System.getProperty("netsentinel.bench.only", "");
    private static final int ROUNDS = 5;

    @Test
    void microsecondsAnEvent() throws RunnerException, IOException {
        Path folder = Files.createDirectories(Path.of("target", "bench"));
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include("io\\.netsentinel\\..*" + ONLY + ".*")
                                        .mode(Mode.AverageTime)
                                        .timeUnit(TimeUnit.MICROSECONDS)
                                        .warmupIterations(ROUNDS)
                                        .warmupTime(TimeValue.seconds(1))
                                        .measurementIterations(ROUNDS)
                                        .measurementTime(TimeValue.seconds(1))
                                        .forks(1)
                                        .jvmArgs(
                                                "-XX:+UseSerialGC",
                                                "-XX:+UseCompactObjectHeaders",
                                                "-XX:+UnlockDiagnosticVMOptions",
                                                "-XX:-ReduceAllocationMerges")
                                        .addProfiler("gc")
                                        .shouldFailOnError(true)
                                        .resultFormat(ResultFormatType.JSON)
                                        .result(folder.resolve("hot-paths.json").toString())
                                        .build())
                        .run();
        String table =
                results.stream().map(HotPathsBenchmark::line).collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("hot-paths.txt"), table + "\n");
        System.out.println(table);
    }

    private static String line(RunResult result) {
        String name =
                result.getParams()
                        .getBenchmark()
                        .replaceAll("^io\\.netsentinel\\.\\w+\\.(\\w+)Benchmark", "$1");
        var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return String.format(
                Locale.ROOT,
                "%-14s %-44s %12.3f us %10.0f bytes",
                "hot-paths",
                name,
                result.getPrimaryResult().getScore(),
                allocated == null ? Double.NaN : allocated.getScore());
    }
}
