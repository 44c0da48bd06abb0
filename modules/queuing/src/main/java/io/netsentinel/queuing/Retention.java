package io.netsentinel.queuing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Takes away what is too old or too much: first a channel's `first` moves, then files go. A file
/// that is mostly dead, or mostly air, is packed: what is left of it is copied into archives. Runs
/// on a thread of its own.
final class Retention {

    private static final long EVERY_SECONDS = 10;
    private static final int MOST_SMALL = 32;
    private static final int SMALL_SHARE = 10;
    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");

    private final LogContext log;
    private final PageReader pages;
    private final Packer packer;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> OwnThreads.daemon("log-retention", task));
    private volatile boolean stopping;

    Retention(LogContext log, PageReader pages) {
        this.log = log;
        this.pages = pages;
        this.packer = new Packer(log, () -> stopping);
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::guarded, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void guarded() {
        try {
            run();
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "retention failed, it is tried again: " + Failures.text(e));
        }
    }

    /// One round now, for tests.
    void runAndWait() {
        try {
            thread.submit(this::run).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Does something while nothing is packed or deleted.
    ///
    /// @throws IOException when the work does
    <T> T during(Callable<T> work) throws IOException {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (RejectedExecutionException _) {
            throw new LogClosedException();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /// Whether the log is being closed, and nothing should take long.
    boolean stopping() {
        return stopping;
    }

    /// What went wrong, through one or two futures.
    private static IOException failure(ExecutionException e) {
        Throwable cause = e.getCause();
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    private void run() {
        log.channels().all().forEach(this::expire);
        for (SegmentSet.Sealed segment : List.copyOf(log.segments().sealed())) {
            if (live(segment).isEmpty()) {
                log.segments().drop(segment);
            }
        }
        keepBudget();
        if (!log.condition().degraded()) {
            pack();
        }
    }

    private void expire(ChannelLog channel) {
        long cutoff = log.clock().steadyMillis() - log.settings().maxAge(channel.name()).toMillis();
        Optional<Extent> oldest =
                log.segments().catalog().atOrAbove(channel.number(), channel.first());
        if (channel.first() <= channel.tail()
                && oldest.filter(extent -> extent.firstTime() < cutoff).isPresent()) {
            channel.expiredBelow(pages.offsetBefore(channel, cutoff) + 1);
        }
    }

    /// What of a segment is still kept.
    private List<Extent> live(SegmentSet.Sealed segment) {
        List<Extent> live = new ArrayList<>();
        log.segments()
                .catalog()
                .extents(segment.segment())
                .forEach((number, extents) -> {
                    long first =
                            log.channels()
                                    .numbered(number)
                                    .map(ChannelLog::first)
                                    .orElse(Long.MAX_VALUE);
                    extents.stream()
                            .map(extent -> extent.within(first, Long.MAX_VALUE))
                            .filter(extent -> !extent.empty())
                            .forEach(live::add);
                });
        return live;
    }

    private void keepBudget() {
        while (log.segments().bytes() > log.settings().maxDiskBytes()) {
            Optional<SegmentSet.Sealed> oldest =
                    log.segments().sealed().stream()
                            .min(Comparator.comparingLong(this::newestTime));
            if (oldest.isEmpty()) {
                return;
            }
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "the log is larger than retention.max-disk: deleting "
                            + oldest.get().segment().file().name());
            log.segments()
                    .catalog()
                    .extents(oldest.get().segment())
                    .forEach((number, extents) ->
                            log.channels()
                                    .numbered(number)
                                    .ifPresent(channel ->
                                            channel.expiredBelow(extents.getLast().last() + 1)));
            log.segments().drop(oldest.get());
        }
    }

    private long newestTime(SegmentSet.Sealed segment) {
        return log.segments().catalog().extents(segment.segment()).values().stream()
                .flatMap(Collection::stream)
                .mapToLong(Extent::lastTime)
                .max()
                .orElse(0);
    }

    private void pack() {
        long small = segments().filter(this::small).count();
        for (SegmentSet.Sealed segment : segments().toList()) {
            boolean merge = small > MOST_SMALL && small(segment);
            if (!stopping && (merge || mostlyDead(segment) || packer.mostlyAir(segment))) {
                packer.pack(segment);
                small -= small(segment) ? 1 : 0;
            }
        }
        for (SegmentSet.Sealed archive : archives().toList()) {
            if (!stopping && mostlyDead(archive)) {
                packer.pack(archive);
            }
        }
    }

    private boolean small(SegmentSet.Sealed segment) {
        return segment.events() < log.settings().segmentEvents() / SMALL_SHARE;
    }

    private boolean mostlyDead(SegmentSet.Sealed segment) {
        long kept = live(segment).stream().mapToLong(Extent::size).sum();
        return kept * 2 < segment.events();
    }

    private Stream<SegmentSet.Sealed> segments() {
        return log.segments().sealed().stream()
                .filter(s -> !s.archive())
                .sorted(Comparator.comparingLong(s -> s.segment().file().number()));
    }

    private Stream<SegmentSet.Sealed> archives() {
        return log.segments().sealed().stream().filter(SegmentSet.Sealed::archive);
    }

    void close() {
        stopping = true;
        OwnThreads.finish(thread);
    }
}
