package io.netsentinel.channels;

import io.netsentinel.channels.spi.Codec;
import io.netsentinel.queuing.ChannelBatch;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// A channel as the hub knows it: the newest events in memory, and who looks at them how.
final class Topic {
    private final String name;
    private final ChannelPolicy policy;
    private final Budget budget;
    private final Tally tally;
    private final LongAdder delivered = new LongAdder();
    private final Ranges<RawBatch> raw;
    private final Loads loads;
    private final Optional<LatestByKey> latest;
    private final ConcurrentMap<ViewKey, View> views = new ConcurrentHashMap<>();

    /// Grows after the events up to it are in memory.
    private volatile long tail;

    /// How often a new epoch began while this was open: the log found its newest events missing
    /// after a write error.
    private final AtomicInteger breaks = new AtomicInteger();

    /// Used by the log's notifier alone.
    private String epoch;

    Topic(ChannelState state, ChannelPolicy policy, EventLog log, Memory memory) {
        this.name = state.channel();
        this.policy = policy;
        this.budget = memory.budget();
        this.tally = memory.tally();
        this.tail = state.tail();
        this.epoch = state.epoch();
        this.raw = new Ranges<>(budget, RawBatch.NONE);
        this.loads = new Loads(name, log, raw, memory);
        this.latest =
                Optional.of(policy.key())
                        .filter(key -> !key.isEmpty())
                        .map(key -> LatestByKey.of(state, key, log));
    }

    /// What all channels share.
    ///
    /// @param budget the limit for events in memory
    /// @param tally counts what is done
    record Memory(Budget budget, Tally tally) {}

    String name() {
        return name;
    }

    ChannelPolicy policy() {
        return policy;
    }

    long tail() {
        return tail;
    }

    int breaks() {
        return breaks.get();
    }

    Ranges<RawBatch> raw() {
        return raw;
    }

    /// Where the newest event of each key stands, in a state channel.
    Optional<LatestByKey> latest() {
        return latest;
    }

    Loads loads() {
        return loads;
    }

    /// Has the page behind the one at a position read, for somebody who reads on: it is there when
    /// they come to it. Not when memory is short, where it would take away what others are about to
    /// read.
    ///
    /// @return where the page at the position ends
    long readAhead(long position) {
        long end = raw.covering(position).to();
        if (end > position && end < tail && raw.covering(end) == RawBatch.NONE && loads.calm()) {
            loads.request(end, () -> {});
        }
        return Math.max(end, position + 1);
    }

    Collection<View> views() {
        return views.values();
    }

    int subscribers() {
        int sum = 0;
        for (View view : views.values()) {
            sum += view.subscribers().size();
        }
        return sum;
    }

    Tally tally() {
        return tally;
    }

    /// Counts what a subscription is handed.
    void handedOut(Step step) {
        if (step instanceof Step.Events events) {
            delivered.add(events.count());
            tally.frames.increment();
        } else if (step instanceof Gap gap) {
            tally.gap(gap);
        }
    }

    long delivered() {
        return delivered.sum();
    }

    /// New events. Called by the log's notifier, in order.
    void committed(ChannelBatch batch) {
        RawBatch fresh = RawBatch.of(batch.records());
        raw.hold(fresh, Lane.NEW);
        latest.ifPresent(known -> known.add(fresh.records()));
        if (!batch.epoch().equals(epoch)) {
            epoch = batch.epoch();
            breaks.incrementAndGet();
        }
        tail = Math.max(tail, fresh.to());
    }

    View join(Subscription subscription, ViewKey key, Codec codec) {
        return views.compute(
                key,
                (_, known) -> {
                    View view =
                            known == null
                                    ? new View(this, key, new Encoder(key, codec), budget)
                                    : known;
                    view.subscribers().add(subscription);
                    return view;
                });
    }

    void leave(Subscription subscription, View view) {
        views.computeIfPresent(
                view.key(),
                (_, known) -> {
                    known.subscribers().remove(subscription);
                    known.shrink();
                    return known.subscribers().size() == 0 ? null : known;
                });
    }
}
