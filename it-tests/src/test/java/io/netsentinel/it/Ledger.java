package io.netsentinel.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The truth of a chaos run: which event stands at which offset, as the server acknowledged it to
/// the publishers. What clients received is held against it.
final class Ledger {
    private static final int MOST_TOLD = 20;

    private final Map<String, Pages> channels = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final List<String> contradictions = new ArrayList<>();

    /// One channel: event numbers by offset, one more than the number, 0 where nothing is known.
    private static final class Pages {
        private int[] events = new int[1 << 12];
        private final BitSet acknowledged = new BitSet();
        private int tail;

        int at(int offset) {
            return offset < events.length ? events[offset] - 1 : -1;
        }

        /// Returns what stands there.
        int put(int offset, int event) {
            if (offset >= events.length) {
                events = Arrays.copyOf(events, Math.max(2 * events.length, offset + 1));
            }
            if (events[offset] == 0) {
                events[offset] = event + 1;
            }
            return events[offset] - 1;
        }
    }

    Ledger() {
        ChaosEvent.CHANNELS.forEach(channel -> channels.put(channel, new Pages()));
    }

    private Pages pages(String channel) {
        return Objects.requireNonNull(channels.get(channel), channel);
    }

    /// The server has acknowledged an event.
    void acknowledged(String channel, long offset, int event) {
        Pages pages = pages(channel);
        synchronized (pages) {
            check(pages, channel, (int) offset, event);
            if (pages.acknowledged.get((int) offset)) {
                return; // a repetition
            }
            pages.acknowledged.set((int) offset);
            pages.tail = Math.max(pages.tail, (int) offset);
        }
        acknowledged.incrementAndGet();
    }

    /// A client has received an event.
    void observed(String channel, long offset, int event) {
        Pages pages = pages(channel);
        synchronized (pages) {
            check(pages, channel, (int) offset, event);
        }
    }

    private void check(Pages pages, String channel, int offset, int event) {
        int known = pages.put(offset, event);
        if (known != event) {
            contradict("%s %d is event %d and %d".formatted(channel, offset, known, event));
        }
    }

    private void contradict(String what) {
        synchronized (contradictions) {
            if (contradictions.size() < MOST_TOLD) {
                contradictions.add(what);
            }
        }
    }

    /// Offsets that were seen with two events, and events that were delivered but never
    /// acknowledged. To be asked when the publishers are done.
    List<String> contradictions() {
        channels.forEach((channel, pages) -> {
            synchronized (pages) {
                for (int offset = 1; offset < pages.events.length; offset++) {
                    if (pages.events[offset] != 0 && !pages.acknowledged.get(offset)) {
                        contradict(channel + " " + offset + " was delivered but is not published");
                    }
                }
            }
        });
        synchronized (contradictions) {
            return List.copyOf(contradictions);
        }
    }

    /// The newest acknowledged offset of a channel.
    int tail(String channel) {
        Pages pages = pages(channel);
        synchronized (pages) {
            return pages.tail;
        }
    }

    /// The offsets of a channel whose events somebody is entitled to and wants.
    BitSet wanted(String channel, ChaosFilter filter, ChaosFilter rows) {
        Pages pages = pages(channel);
        BitSet wanted = new BitSet();
        synchronized (pages) {
            for (int offset = 1; offset <= pages.tail; offset++) {
                if (pages.acknowledged.get(offset)) {
                    ChaosEvent event = ChaosEvent.of(pages.at(offset));
                    wanted.set(offset, filter.wants().test(event) && rows.wants().test(event));
                }
            }
        }
        return wanted;
    }

    /// Whether the event at an offset had a time to live.
    boolean expires(String channel, int offset) {
        Pages pages = pages(channel);
        synchronized (pages) {
            int event = pages.at(offset);
            return event >= 0 && ChaosEvent.of(event).expires();
        }
    }

    /// How many events were acknowledged.
    int size() {
        return acknowledged.get();
    }
}
