package io.netsentinel.channels;

import io.netsentinel.tracing.Tracing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Wakes the subscriptions of channels that got events: one thread for all, so that the log's
/// notifier never waits for them.
///
/// An idle channel is told at once. A busy one is told again only after a pause that grows with the
/// number of its subscribers, up to the latency its policy allows: each wake-up costs every
/// subscriber a write, and a write of many events costs little more than a write of one.
final class FanOut implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FanOut.class.getName());

    /// What a wake-up costs for one subscriber, about, in nanoseconds.
    private static final long PAUSE_PER_SUBSCRIBER = 10_000;

    private static final long LONGEST_WAIT = Duration.ofHours(1).toNanos();
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Map<Topic, Long> due = new HashMap<>();
    private final Map<Topic, Long> earliest = new HashMap<>();
    private final Tracing tracing;
    private final Thread thread;
    private volatile boolean stopped;

    FanOut(Tracing tracing) {
        this.tracing = tracing;
        this.thread = Thread.ofPlatform().daemon().name("channels-fan-out").start(this::run);
    }

    /// This channel got events.
    void changed(Topic topic) {
        long now = System.nanoTime();
        boolean news;
        synchronized (this) {
            long time = Math.max(now, earliest.getOrDefault(topic, now));
            news = due.putIfAbsent(topic, time) == null;
        }
        if (news) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!stopped) {
            Optional<Topic> topic = take(System.nanoTime());
            if (topic.isPresent()) {
                wake(topic.get());
            } else {
                LockSupport.parkNanos(this, untilNext(System.nanoTime()));
            }
        }
    }

    /// A channel whose time has come.
    private synchronized Optional<Topic> take(long now) {
        Iterator<Map.Entry<Topic, Long>> entries = due.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Topic, Long> entry = entries.next();
            if (entry.getValue() - now <= 0) {
                entries.remove();
                earliest.put(
                        entry.getKey(),
                        now
                                + pause(
                                        entry.getKey().policy().latency(),
                                        entry.getKey().subscribers()));
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    /// Nanoseconds until the next channel's time comes; at least 1.
    private synchronized long untilNext(long now) {
        long wait = LONGEST_WAIT;
        for (long time : due.values()) {
            wait = Math.min(wait, time - now);
        }
        return Math.max(1, wait);
    }

    /// Nanoseconds until a channel that was just told of is told of again, at the earliest.
    static long pause(Duration latency, int subscribers) {
        return Math.min(latency.toNanos(), subscribers * PAUSE_PER_SUBSCRIBER);
    }

    private void wake(Topic topic) {
        for (View view : topic.views()) {
            try {
                if (view.wanted()) {
                    for (Subscription one : view.subscribers().all()) {
                        one.wake();
                    }
                }
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "cannot serve a view of channel " + topic.name(), e);
            }
        }
        if (tracing.on()) {
            tracing.fannedOut(topic.name());
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
