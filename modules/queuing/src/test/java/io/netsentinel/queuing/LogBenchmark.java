package io.netsentinel.queuing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// Measures appends on this machine; run by hand: `LogBenchmark [seconds] [events per append]
/// [appends per second, 0 for as many as possible]`. Asserts nothing.
final class LogBenchmark {

    private static final int BYTES = 600;
    private static final int WINDOW = 64;

    private LogBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int perAppend = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        int rate = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        Path directory = Files.createTempDirectory("log-benchmark");
        EventLog log = EventLog.open(directory, LogSettings.defaults());
        long start = System.nanoTime();
        run(log, start, seconds, perAppend, rate);
        print(log.statistics(), (System.nanoTime() - start) / 1e9);
        long closing = System.nanoTime();
        log.close();
        System.out.printf("closed in %.2f s%n", (System.nanoTime() - closing) / 1e9);
        long opening = System.nanoTime();
        EventLog.open(directory, LogSettings.defaults()).close();
        System.out.printf("opened and closed in %.2f s%n", (System.nanoTime() - opening) / 1e9);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    private static void print(LogStatistics done, double elapsed) {
        System.out.printf(
                "%,.0f events/s of %d bytes; groups of %.0f; commit p50 %s p99 %s; append p50 %s p99 %s;"
                        + " %d segments, %.2f bytes on disk per byte of payload%n",
                done.events() / elapsed,
                BYTES,
                done.groupSize(),
                done.commit().p50(),
                done.commit().p99(),
                done.append().p50(),
                done.append().p99(),
                done.segments(),
                (double) done.diskBytes() / done.bytes());
    }

    private static void run(EventLog log, long start, int seconds, int perAppend, int rate)
            throws InterruptedException {
        Deque<CompletableFuture<Appended>> window = new ArrayDeque<>();
        Random random = new Random(1);
        for (int i = 0; System.nanoTime() - start < seconds * 1_000_000_000L; i++) {
            window.addLast(log.append(append(random, perAppend, i)));
            if (window.size() > WINDOW) {
                window.removeFirst().join();
            }
            long ahead = rate == 0 ? 0 : start + i * 1_000_000_000L / rate - System.nanoTime();
            if (ahead > 0) {
                Thread.sleep(ahead / 1_000_000, (int) (ahead % 1_000_000));
            }
        }
        window.forEach(CompletableFuture::join);
    }

    private static Append append(Random random, int size, int number) {
        List<Entry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            byte[] payload = new byte[BYTES];
            random.nextBytes(payload);
            entries.add(Entry.of(i % 10 == 0 ? "alerts" : "network", payload));
        }
        return new Append(
                entries,
                List.of(new Bookmark("file", new byte[] {(byte) number})),
                Optional.empty());
    }
}
