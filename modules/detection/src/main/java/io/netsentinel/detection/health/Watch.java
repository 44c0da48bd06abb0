package io.netsentinel.detection.health;

import io.netsentinel.detection.Detection;
import io.netsentinel.detection.HealthCondition;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Looks at the server every five seconds and tells on `system` when something has changed. What
/// the log does not take is offered again, with the time it happened.
public final class Watch implements AutoCloseable {
    static final String DATASET = "netsentinel.health";

    private static final System.Logger LOG = System.getLogger(Watch.class.getName());
    private static final Duration PACE = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int MOST_UNTOLD = 1_000;

    private final List<Check> checks;
    private final Function<Append, CompletableFuture<Appended>> publish;
    private final Clock clock;
    private final Deque<Event> untold = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread =
            Thread.ofPlatform().name("server-health").daemon().unstarted(this::run);
    private volatile boolean stopped;

    Watch(List<Check> checks, Function<Append, CompletableFuture<Appended>> publish, Clock clock) {
        this.checks = checks;
        this.publish = publish;
        this.clock = clock;
    }

    /// Begins to look.
    public static Watch start(
            EventLog log,
            Path data,
            Detection detection,
            Function<Append, CompletableFuture<Appended>> publish,
            Clock clock) {
        Watch watch = new Watch(Checks.of(log, data, detection, clock.instant()), publish, clock);
        watch.look();
        watch.thread.start();
        return watch;
    }

    private void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, PACE.toNanos());
            if (!stopped) {
                look();
            }
        }
    }

    /// One look at everything.
    void look() {
        lock.lock();
        try {
            for (Check check : checks) {
                check.look(clock.instant()).ifPresent(change -> untold.add(event(change)));
            }
        } finally {
            lock.unlock();
        }
        while (untold.size() > MOST_UNTOLD) {
            untold.removeFirst();
        }
        tell();
    }

    private static Event event(Check.Change change) {
        HealthCondition now = change.now();
        return Event.builder()
                .put(Fields.ID, Ulid.next())
                .timestamp(now.since())
                .put(Fields.EVENT_KIND, "state")
                .put(Fields.EVENT_MODULE, "netsentinel")
                .put(Fields.EVENT_DATASET, DATASET)
                .put(Fields.NS_SEVERITY, change.severity())
                .put(Fields.MESSAGE, now.subject() + " is " + now.state() + ": " + now.message())
                .put("ns.health.subject", now.subject())
                .put("ns.health.state", now.state())
                .put("ns.health.previous", change.previous())
                .build();
    }

    private void tell() {
        if (untold.isEmpty()) {
            return;
        }
        List<Entry> entries =
                untold.stream().map(event -> Entry.of(Channel.SYSTEM, event.toJson())).toList();
        try {
            publish.apply(new Append(entries, List.of(), Optional.empty())).join();
            untold.clear();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the log does not take news of the server; they are offered again",
                    e);
        }
    }

    /// The conditions now.
    public List<HealthCondition> conditions() {
        lock.lock();
        try {
            return checks.stream().map(Check::now).toList();
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
