package io.netsentinel.detection.finding;

import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Stretch;
import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.DetectorStatus;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogClosedException;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import io.netsentinel.queuing.Registration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/// Reads the log behind the sources, hands it to the detectors and publishes what they find on
/// `threats`, in one transaction with how far it has read.
public final class Engine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final int PAGE = 1_000;
    private static final int PAGE_BYTES = 8 << 20;
    private static final int EVENTS_PER_BOOKMARK = 20_000;
    private static final Duration PER_BOOKMARK = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(5);

    /// A finding may come so much later; in return a busy log is read in large pages.
    private static final Duration PACE = Duration.ofMillis(50);

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// How much is looked at once more after a restart.
    private static final Duration MEMORY = Duration.ofMinutes(15);

    private static final long MOST_MEMORY = 100_000;

    /// As much as can have come in since a state was kept, and no more than takes seconds.
    private static final long MOST_KEPT = 3_000_000;

    private final EventLog log;
    private final Hub hub;
    private final Panel panel;
    private final Set<String> channels;
    private final List<Keeping> keeping;
    private final List<Telling> telling;
    private final Thread thread;
    private Progress progress = new Progress();
    private int sinceBookmark;
    private long bookmarked = System.nanoTime();
    private volatile boolean stopped;
    private volatile long behind;

    private Engine(EventLog log, Hub hub, Panel panel) {
        this.log = log;
        this.hub = hub;
        this.panel = panel;
        this.channels = panel.channels();
        this.keeping = panel.keeping();
        this.telling = panel.telling();
        this.thread = Thread.ofPlatform().name("detection").daemon().unstarted(this::run);
    }

    /// Starts with the detectors that come with the server, and these.
    public static Engine start(
            EventLog log, Hub hub, DetectionSettings settings, List<Detector> more, Clock clock) {
        List<Detector> detectors = Detectors.of(settings, more, clock);
        Panel panel = new Panel(settings, settings.enabled() ? detectors : List.of(), clock);
        Engine engine = new Engine(log, hub, panel);
        if (settings.enabled()) {
            engine.thread.start();
        }
        return engine;
    }

    /// What each detector keeps and has found; empty when detection is switched off.
    public List<DetectorStatus> detectors() {
        return panel.status();
    }

    /// Events looked at since the start.
    public long seen() {
        return panel.seen();
    }

    /// The time of the newest event that was looked at, milliseconds since 1970; 0 before the
    /// first.
    public long newest() {
        return panel.newest();
    }

    /// Events looked at that were dated more than a quarter of an hour before the newest.
    public long late() {
        return panel.late();
    }

    /// Events a detector broke on since the start; the server's log has them.
    public long broken() {
        return panel.broken();
    }

    /// Events of its channels that it has still to look at.
    public long behind() {
        return behind;
    }

    private void run() {
        try (Registration _ = log.onCommit(_ -> LockSupport.unpark(thread))) {
            remember();
            while (!stopped) {
                long looked = round();
                if (looked > 0) {
                    pace();
                } else if (due()) {
                    tell(false);
                } else {
                    LockSupport.parkNanos(this, IDLE.toNanos());
                }
            }
            tell(true);
        } catch (CompletionException | LogClosedException e) {
            if (!stopped) {
                LOG.log(System.Logger.Level.ERROR, "detection has ended", e);
            }
        }
    }

    /// Lets more events come, whatever wakes it.
    private void pace() {
        long until = System.nanoTime() + PACE.toNanos();
        for (long wait = PACE.toNanos(); wait > 0 && !stopped; wait = until - System.nanoTime()) {
            LockSupport.parkNanos(this, wait);
        }
    }

    /// All channels, to their ends.
    ///
    /// @return how many events there were
    private long round() {
        long looked = 0;
        for (String channel : channels) {
            looked += channel(channel);
        }
        behind = channels.stream().mapToLong(this::left).sum();
        return looked;
    }

    /// One channel, to its end.
    private long channel(String channel) {
        long looked = 0;
        do {
            List<LogRecord> records = next(channel);
            records.forEach(record -> panel.look(channel, record));
            looked += records.size();
            sinceBookmark += records.size();
            tellWhenDue();
            behind = left(channel);
        } while (!stopped && behind > 0);
        return looked;
    }

    private List<LogRecord> next(String channel) {
        if (left(channel) == 0) {
            return List.of();
        }
        Stretch next = hub.next(channel, progress.of(channel), PAGE, PAGE_BYTES);
        progress.reached(channel, next.reached());
        return next.records();
    }

    private long left(String channel) {
        return log.state(channel).map(state -> state.tail() - progress.of(channel)).orElse(0L);
    }

    private void tellWhenDue() {
        if (panel.found() || sinceBookmark >= EVENTS_PER_BOOKMARK || due()) {
            tell(false);
        }
    }

    /// What is left of a state to be told does not wait for the next event.
    private boolean due() {
        return (sinceBookmark > 0 && bookmarkDue()) || telling.stream().anyMatch(Telling::urgent);
    }

    private void tell(boolean end) {
        List<Entry> entries = new ArrayList<>();
        panel.takeFindings()
                .forEach(event -> entries.add(Entry.of(Channel.THREATS, event.toJson())));
        panel.takeEnded().forEach(event -> entries.add(Entry.of(Channel.THREATS, event.toJson())));
        telling.forEach(each -> entries.addAll(each.changes(progress.offsets(), end)));
        publish(entries);
    }

    private boolean bookmarkDue() {
        return System.nanoTime() - bookmarked >= PER_BOOKMARK.toNanos();
    }

    /// Offers it until the log takes it.
    private void publish(List<Entry> entries) {
        Append append = Append.of(entries, progress.bookmark());
        while (true) {
            try {
                hub.publish(append).join();
                sinceBookmark = 0;
                bookmarked = System.nanoTime();
                return;
            } catch (CompletionException e) {
                if (stopped || e.getCause() instanceof LogClosedException) {
                    throw e;
                }
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the log does not take findings; they are offered again: {0}",
                        String.valueOf(e.getCause()));
                LockSupport.parkNanos(this, RETRY.toNanos());
            }
        }
    }

    /// Brings the detectors to where they were before this start.
    private void remember() {
        keeping.forEach(Keeping::restore);
        Optional<byte[]> stored = log.bookmark(Progress.BOOKMARK);
        if (stored.isEmpty()) {
            return;
        }
        progress = Progress.read(stored.get());
        log.readBefore(Channel.THREATS, Long.MAX_VALUE, PAGE, PAGE_BYTES)
                .join()
                .records()
                .reversed()
                .forEach(panel::restore);
        channels.forEach(this::remember);
        // what this made new was told before this start
        telling.forEach(each -> each.changes(progress.offsets(), false));
    }

    private void remember(String channel) {
        long end =
                Math.min(
                        progress.of(channel),
                        log.state(channel).map(ChannelState::tail).orElse(0L));
        List<LogRecord> last = log.readBefore(channel, end + 1, 1, PAGE_BYTES).join().records();
        if (last.isEmpty()) {
            return;
        }
        Instant since = Instant.ofEpochMilli(last.getFirst().time()).minus(MEMORY);
        long from =
                Math.min(
                        Math.max(log.offsetBefore(channel, since).join(), end - MOST_MEMORY),
                        kept(channel, end));
        while (!stopped && from < end) {
            Page page = log.read(channel, from, PAGE, PAGE_BYTES).join();
            page.records().stream()
                    .filter(record -> record.offset() <= end)
                    .forEach(record -> panel.again(channel, record));
            if (page.scannedTo() <= from) {
                return;
            }
            from = page.scannedTo();
        }
    }

    /// From where on the states that are kept lack what came.
    private long kept(String channel, long end) {
        long lacks =
                keeping.stream()
                        .filter(each -> each.channels().contains(channel))
                        .mapToLong(each -> each.reached(channel))
                        .min()
                        .orElse(end);
        if (lacks < end - MOST_KEPT) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} events of the channel {1} are too many to be read again: what was kept before them does not have them",
                    end - MOST_KEPT - lacks,
                    channel);
            return end - MOST_KEPT;
        }
        return lacks;
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(STOP);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
