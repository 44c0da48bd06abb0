package io.netsentinel.analytics;

import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import io.netsentinel.transport.Figures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The figures of the past: every ten seconds for a day, every minute for a month. They survive a
/// restart; a day of ten seconds takes some 5 MB, a month of minutes some 20.
public final class FigureHistory implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FigureHistory.class.getName());
    private static final int ROWS = 2_000;
    private static final long SOON_MILLIS = 1_000;

    private final Store store;
    private final Table table;
    private volatile Consumer<Figures> meters;
    private final Clock clock;
    private final boolean sampling;
    private final Map<Resolution, Block> open = new EnumMap<>(Resolution.class);
    private final Map<Resolution, Long> starts = new EnumMap<>(Resolution.class);
    private final List<Sample> minute = new ArrayList<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("figures").factory());

    FigureHistory(Store store, Consumer<Figures> meters, Clock clock) {
        this(store, meters, clock, true);
    }

    private FigureHistory(Store store, Consumer<Figures> meters, Clock clock, boolean sampling) {
        this.sampling = sampling;
        this.store = store;
        this.table = store.table("figures");
        this.meters = meters;
        this.clock = clock;
    }

    /// The figures that were kept. Nothing is added before [#start(Consumer)].
    ///
    /// @param sampling whether anything is added at all
    public static FigureHistory open(Store store, Clock clock, boolean sampling) {
        return new FigureHistory(store, _ -> {}, clock, sampling);
    }

    /// Begins to take samples, the first one when the server has started.
    ///
    /// @param told tells all figures as they are now
    public void start(Consumer<Figures> told) {
        meters = told;
        if (!sampling) {
            return;
        }
        var _ =
                thread.scheduleAtFixedRate(
                        this::sampleSafely,
                        SOON_MILLIS,
                        Resolution.FINE.step(),
                        TimeUnit.MILLISECONDS);
    }

    /// An exception would end the sampling for good.
    private void sampleSafely() {
        try {
            sample();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the figures of now are not kept", e);
        }
    }

    /// Takes a sample and keeps it.
    synchronized void sample() {
        Sample sample = Sample.take(clock.millis(), meters);
        StoreBatch batch = new StoreBatch();
        long length = Resolution.COARSE.step();
        if (!minute.isEmpty() && minute.getFirst().at() / length != sample.at() / length) {
            long at = minute.getFirst().at() / length * length;
            keep(Resolution.COARSE, Sample.summary(at, minute), batch);
            minute.clear();
        }
        minute.add(sample);
        keep(Resolution.FINE, sample, batch);
        // or the copy of the users and tokens would be written anew with every sample
        var _ = store.commitWithoutCopy(batch);
    }

    private void keep(Resolution resolution, Sample sample, StoreBatch batch) {
        long start = resolution.blockOf(sample.at());
        Block block = open.get(resolution);
        if (block == null || starts.getOrDefault(resolution, -1L) != start) {
            block =
                    table.get(resolution.key(start))
                            .map(FigureHistory::block)
                            .orElseGet(Block::new);
            open.put(resolution, block);
            starts.put(resolution, start);
            forget(resolution, sample.at(), batch);
        }
        block.add(sample);
        batch.put(table, resolution.key(start), block.bytes());
    }

    /// What is too old goes when a new block begins.
    private void forget(Resolution resolution, long now, StoreBatch batch) {
        long oldest = resolution.blockOf(now - resolution.kept());
        for (Row row : table.scan(resolution.first(), resolution.key(Math.max(0, oldest)), ROWS)) {
            batch.delete(table, row.key());
        }
    }

    /// What is damaged is not worth a server that does not start.
    private static Block block(byte[] bytes) {
        try {
            return Block.parse(bytes);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "a part of the history of figures cannot be read", e);
            return new Block();
        }
    }

    /// Figures over time.
    ///
    /// @param names of the figures, as in `/metrics`
    /// @param to exclusive
    /// @param points at most so many values of each
    public FigureLines read(Set<String> names, Instant from, Instant to, int points) {
        long now = clock.millis();
        long start = from.toEpochMilli();
        long end = to.toEpochMilli();
        Resolution resolution =
                start >= now - Resolution.FINE.kept() ? Resolution.FINE : Resolution.COARSE;
        long kept = Math.max(start, now - Resolution.COARSE.kept());
        long step = step(end - start, points, resolution.step());
        int count = (int) ((end - start + step - 1) / step);
        List<Series> series =
                Series.of(
                        samples(resolution, kept, end),
                        names,
                        start,
                        step,
                        count,
                        resolution.step());
        return new FigureLines(
                from, Duration.ofMillis(step), count, series.stream().map(Series::line).toList());
    }

    /// Whole samples, not more steps than wanted.
    private static long step(long span, int points, long distance) {
        long wanted = (span + points - 1) / points;
        return Math.max(1, (wanted + distance - 1) / distance) * distance;
    }

    /// The samples of a span of time, the oldest first, with what lies just before it: the rate of
    /// a counter needs it.
    ///
    /// @param from milliseconds since 1970
    /// @param to exclusive
    List<Sample> samples(Resolution resolution, long from, long to) {
        String first = resolution.key(Math.max(0, resolution.blockOf(from - resolution.step())));
        List<Sample> samples = new ArrayList<>();
        for (Row row : table.scan(first, resolution.key(Math.max(0, to)), ROWS)) {
            for (Sample sample : block(row.value()).samples()) {
                if (sample.at() >= from - resolution.step() && sample.at() < to) {
                    samples.add(sample);
                }
            }
        }
        return samples;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            // a sample that is being taken still has the log to write to
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
