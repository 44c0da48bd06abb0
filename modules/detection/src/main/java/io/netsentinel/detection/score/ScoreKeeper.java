package io.netsentinel.detection.score;

import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Stretch;
import io.netsentinel.detection.ScoreBoard;
import io.netsentinel.detection.ScoreSettings;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.FieldSet;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogClosedException;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Registration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Follows alerts and findings and keeps the scores. What still weighs is read from the log again
/// at a start, so nothing is stored.
public final class ScoreKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ScoreKeeper.class.getName());
    private static final List<String> CHANNELS = List.of(Channel.ALERTS, Channel.THREATS);
    private static final String FINDING = "netsentinel.finding";
    private static final FieldSet FIELDS =
            FieldSet.of(
                    List.of(
                            Fields.ID,
                            Fields.TIMESTAMP,
                            Fields.EVENT_KIND,
                            Fields.EVENT_DATASET,
                            Fields.EVENT_RISK_SCORE_NORM,
                            Fields.NS_SCORE,
                            Fields.RULE_ID,
                            Fields.RULE_NAME,
                            Fields.OBSERVER_NAME,
                            Fields.SOURCE_IP,
                            Fields.DESTINATION_IP));

    private static final int PAGE = 1_000;
    private static final int PAGE_BYTES = 8 << 20;

    /// A score of 100 weighs less than 1 after seven half-lives.
    private static final int HALF_LIVES = 7;

    private static final long MOST_AGAIN = 100_000;
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PACE = Duration.ofMillis(100);

    private final EventLog log;
    private final Hub hub;
    private final Clock clock;
    private final ScoreSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Ledger ledger;
    private final Map<String, Long> positions = new HashMap<>();
    private final Thread thread;
    private long newest;
    private long newestSince = System.nanoTime();
    private long toldAt = System.nanoTime();
    private String told = "";
    private volatile boolean stopped;

    private ScoreKeeper(EventLog log, Hub hub, Clock clock, ScoreSettings settings) {
        this.log = log;
        this.hub = hub;
        this.clock = clock;
        this.settings = settings;
        this.ledger = new Ledger(settings);
        this.thread = Thread.ofPlatform().name("scores").daemon().unstarted(this::run);
    }

    /// Begins to follow.
    public static ScoreKeeper start(EventLog log, Hub hub, Clock clock, ScoreSettings settings) {
        ScoreKeeper keeper = new ScoreKeeper(log, hub, clock, settings);
        keeper.thread.start();
        return keeper;
    }

    private void run() {
        try (Registration _ = log.onCommit(_ -> LockSupport.unpark(thread))) {
            CHANNELS.forEach(channel -> positions.put(channel, beginning(channel)));
            while (!stopped) {
                boolean any = false;
                for (String channel : CHANNELS) {
                    any |= follow(channel);
                }
                tellWhenDue();
                LockSupport.parkNanos(this, any ? PACE.toNanos() : IDLE.toNanos());
            }
        } catch (CompletionException | LogClosedException e) {
            if (!stopped) {
                LOG.log(System.Logger.Level.ERROR, "scores are no longer kept", e);
            }
        }
    }

    /// Where that begins which may still weigh.
    private long beginning(String channel) {
        long tail = log.state(channel).map(ChannelState::tail).orElse(0L);
        List<LogRecord> last =
                log.readBefore(channel, Long.MAX_VALUE, 1, PAGE_BYTES).join().records();
        if (last.isEmpty()) {
            return tail;
        }
        Instant since =
                Instant.ofEpochMilli(last.getFirst().time())
                        .minus(settings.halfLife().multipliedBy(HALF_LIVES));
        return Math.max(log.offsetBefore(channel, since).join(), tail - MOST_AGAIN);
    }

    private boolean follow(String channel) {
        long at = positions.getOrDefault(channel, 0L);
        if (log.state(channel).map(ChannelState::tail).orElse(0L) <= at) {
            return false;
        }
        Stretch next = hub.next(channel, at, PAGE, PAGE_BYTES);
        positions.put(channel, next.reached());
        lock.lock();
        try {
            next.records().forEach(record -> take(channel, record));
        } finally {
            lock.unlock();
        }
        return true;
    }

    /// Changes of alerts are no alerts, and their copies among the threats count once.
    private void take(String channel, LogRecord record) {
        Event event;
        try {
            event = Event.partFromJson(record.payload(), FIELDS);
        } catch (MalformedEventException _) {
            return;
        }
        boolean counts =
                channel.equals(Channel.ALERTS)
                        ? !event.kind().equals("state")
                        : event.text(Fields.EVENT_DATASET).equals(FINDING);
        long time = event.timestamp().toEpochMilli();
        if (counts && time <= clock.millis() + AHEAD.toMillis()) {
            if (time > newest) {
                newest = time;
                newestSince = System.nanoTime();
            }
            ledger.add(event);
        }
    }

    /// The time of the newest event, and what went by since it came: so a recording of last year
    /// has scores as well, and they sink.
    private long now() {
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - newestSince);
        return newest == 0 ? clock.millis() : Math.min(newest + since, clock.millis());
    }

    private void tellWhenDue() {
        if (System.nanoTime() - toldAt < settings.every().toNanos()) {
            return;
        }
        toldAt = System.nanoTime();
        ScoreBoard board;
        lock.lock();
        try {
            ledger.sweep(now());
            board = ledger.board(now(), ScoreEvent.MOST);
        } finally {
            lock.unlock();
        }
        String figures = ScoreEvent.figures(board);
        if (figures.equals(told)) {
            return;
        }
        told = figures;
        byte[] event = ScoreEvent.of(board, clock.instant());
        try {
            hub.publish(Append.of(Entry.of(Channel.METRICS, event))).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogClosedException) {
                throw e;
            }
            told = "";
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the log does not take scores: {0}",
                    String.valueOf(e.getCause()));
        }
    }

    /// The standings now.
    public ScoreBoard board(int most) {
        lock.lock();
        try {
            return ledger.board(now(), most);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(STOP);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
