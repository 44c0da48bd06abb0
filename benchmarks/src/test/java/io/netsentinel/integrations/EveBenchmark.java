package io.netsentinel.integrations;

import io.netsentinel.bench.Sample;
import io.netsentinel.integrations.eve.EveNormalizer;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// A line of EVE becomes an event with its score.
@State(Scope.Benchmark)
public class EveBenchmark {
    private static final int LINES = 1_000;

    private final Normalizer eve = new EveNormalizer();
    private final List<byte[]> lines = Sample.lines();
    private final LineContext context =
            LineContext.of("bench", Instant.parse("2026-06-01T12:00:00Z"));

    /// All lines of the sample.
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void normalise(Blackhole hole) {
        for (byte[] line : lines) {
            Normalized result = eve.normalize(line, 0, line.length, context);
            hole.consume(result);
        }
    }
}
