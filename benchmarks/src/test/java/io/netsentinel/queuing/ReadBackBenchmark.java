package io.netsentinel.queuing;

import io.netsentinel.bench.Sample;
import io.netsentinel.events.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/// Events of 600 bytes are read back from the log, page after page in the order of their offsets,
/// each checked, by two readers at once: what subscribers that were away cost before anything is
/// sent. The time is one reader's.
@State(Scope.Benchmark)
@Threads(2)
public class ReadBackBenchmark {
    private static final int BYTES = 600;
    private static final int PAGE = 500;
    private static final int PAGE_BYTES = 1 << 20;
    private static final int ROUNDS = 200;

    private Path folder = Path.of("");
    private EventLog log;
    private long last;

    /// Two hundred thousand of them are committed.
    @Setup
    public void append() throws IOException {
        folder = Files.createTempDirectory("read-back");
        log = EventLog.open(folder, LogSettings.defaults());
        List<Entry> entries = new ArrayList<>();
        for (Event event : Sample.events()) {
            entries.add(Entry.of("network", Arrays.copyOf(event.toJson(), BYTES)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            log.append(new Append(entries, List.of(), Optional.empty())).join();
        }
        last = (long) ROUNDS * entries.size();
    }

    /// The log is closed and deleted.
    @TearDown
    public void delete() throws IOException {
        log.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    /// A page of them.
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public void event(Place place, Blackhole hole) {
        Page page = log.read("network", place.at, PAGE, PAGE_BYTES).join();
        if (page.records().size() != PAGE) {
            throw new IllegalStateException("a page of " + page.records().size());
        }
        place.at = page.scannedTo() >= last ? 0 : page.scannedTo();
        hole.consume(page);
    }

    /// Where a reader is.
    @State(Scope.Thread)
    public static class Place {
        private long at;
    }
}
