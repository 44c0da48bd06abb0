package io.netsentinel.integrations;

import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.integrations.eve.EveNormalizer;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Routed;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Measures how many EVE lines a second get from a file into the log. Not a test: it is started by
/// hand, with the sample data there, and ends after about 20 seconds.
///
/// Arguments: lines to write into the file (default 500,000), directory for file and log, a
/// database of countries and a file of assets to measure what they cost.
public final class IngestBenchmark {
    private IngestBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        long lines = arguments.length > 0 ? Long.parseLong(arguments[0]) : 500_000;
        Path directory =
                arguments.length > 1
                        ? Files.createDirectories(Path.of(arguments[1]))
                        : Files.createTempDirectory("ingest");
        byte[][] sample = sample();
        EnrichmentSettings settings = enrichment(arguments);
        normalizing(sample, Enrichment.none());
        if (settings.enabled()) {
            normalizing(sample, Enrichment.start(settings));
        }
        if (lines > 0) {
            fromFile(directory, sample, lines, settings);
        }
    }

    private static EnrichmentSettings enrichment(String[] arguments) {
        return arguments.length < 4
                ? EnrichmentSettings.off()
                : new EnrichmentSettings(
                        true,
                        Optional.of(Path.of(arguments[2])),
                        true,
                        Optional.of(Path.of(arguments[3])),
                        List.of());
    }

    private static byte[][] sample() {
        return SampleData.lines(SampleData.EVE.resolve("demo-1h.eve.json")).stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static void normalizing(byte[][] sample, Enrichment enrichment) throws IOException {
        EveNormalizer normalizer = new EveNormalizer();
        LineContext context = LineContext.of("bench", Instant.now());
        for (int round = 0; round < 40; round++) {
            long bytes = 0;
            long start = onProcessor();
            for (byte[] line : sample) {
                Normalized result = normalizer.normalize(line, 0, line.length, context);
                Routed routed = ((Normalized.Accepted) result).events().getFirst();
                bytes += enrichment.apply(routed).event().toJson().length;
            }
            double micros = (onProcessor() - start) / 1e3 / sample.length;
            if (round % 10 == 9) {
                System.out.printf(
                        Locale.ROOT,
                        "normalise, %s and encode: %.1f us a line, %d bytes%n",
                        enrichment.settings().enabled() ? "enrich" : "leave",
                        micros,
                        bytes / sample.length);
            }
        }
    }

    /// Nanoseconds this thread has spent on a processor: others may be busy too.
    private static long onProcessor() throws IOException {
        String text = Files.readString(Path.of("/proc/thread-self/schedstat"));
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    private static void fromFile(
            Path directory, byte[][] sample, long lines, EnrichmentSettings settings)
            throws IOException {
        Path file = directory.resolve("eve.json");
        long bytes = write(file, sample, lines);
        System.out.printf(Locale.ROOT, "file of %d lines, %d MB%n", lines, bytes >> 20);
        Sensors sensors = new Sensors();
        long start = System.nanoTime();
        try (EventLog log = EventLog.open(directory.resolve("data"), LogSettings.defaults());
                Hub hub = Hub.create(log, HubSettings.defaults(), List.of());
                Sources sources =
                        Sources.start(
                                hub,
                                log,
                                _ -> CompletableFuture.completedFuture(null),
                                List.of(
                                        new InputSettings(
                                                "file",
                                                new Options(
                                                        "bench", Map.of("path", file.toString())))),
                                Limits.none(),
                                sensors,
                                HouseRules.none(),
                                Enrichment.start(settings))) {
            long before = 0;
            while (sources.statuses().getFirst().accepted() < lines) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                SourceStatus status = sources.statuses().getFirst();
                System.out.printf(
                        Locale.ROOT,
                        "%,d lines committed, %,d/s, progress %.2f %s%n",
                        status.accepted(),
                        status.accepted() - before,
                        status.progress(),
                        status.state());
                before = status.accepted();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%.0f lines/s from file to commit%n", lines / seconds);
    }

    private static long write(Path file, byte[][] sample, long lines) throws IOException {
        try (OutputStream out =
                new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long i = 0; i < lines; i++) {
                out.write(sample[(int) (i % sample.length)]);
                out.write('\n');
            }
        }
        return Files.size(file);
    }
}
