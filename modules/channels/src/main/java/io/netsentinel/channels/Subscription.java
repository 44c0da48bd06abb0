package io.netsentinel.channels;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A cursor on a channel. It holds a place and no events, so a slow reader costs nothing.
///
/// `next`, `sent` and `seen` are called by one thread at a time (the connection's writer); `close`
/// by any.
public final class Subscription implements AutoCloseable {
    /// Ranges without a match looked at in one go; a search through much more goes on in the next
    /// round, so that the other subscriptions of the connection are served between.
    private static final int PATIENCE = 8;

    private final Start start;
    private final View view;
    private final Runnable wake;
    private final LongSupplier clock;

    /// Everything up to here was written, or did not match.
    private long seen;

    /// The last offset written as an event or covered by a gap; at first where it began.
    private long sent;

    /// Nothing was written yet.
    private boolean fresh = true;

    private final Thinning thinning;

    /// From here on something was left out and not yet declared; 0 when nothing was.
    private long owed;

    private @Nullable Load load;
    private volatile boolean closed;

    Subscription(Opening opening) {
        this.start = opening.start();
        this.wake = opening.wake();
        this.clock = opening.clock();
        this.seen = start.offset();
        this.sent = start.offset();
        this.thinning = new Thinning(opening.topic(), opening.valuesUntil());
        this.view = opening.topic().join(this, opening.key(), opening.codec());
    }

    /// Where it began.
    public Start start() {
        return start;
    }

    /// Its channel.
    public String channel() {
        return view.key().channel();
    }

    /// Its name.
    public String label() {
        return view.key().label();
    }

    /// How the channel is treated.
    public ChannelPolicy policy() {
        return view.topic().policy();
    }

    /// The channel's priority.
    public int priority() {
        return view.topic().policy().priority();
    }

    /// The last offset handed out as an event or in a gap; where it began when there was none.
    public long sent() {
        return sent;
    }

    /// What comes next. Whatever is returned counts as sent.
    ///
    /// @param room bytes the frame may have; [Integer#MAX_VALUE] when it may have any number
    public Step next(int room) {
        if (closed) {
            return Step.Pause.CLOSED;
        }
        for (int looked = 0; looked < PATIENCE; looked++) {
            long tail = view.topic().tail();
            if (seen >= tail) {
                thinning.caughtUp();
                return owed == 0 ? Step.Pause.IDLE : gap(owed, seen, Gap.Reason.SAMPLED);
            }
            long next = thinning.next(seen, tail);
            if (next > seen + 1) {
                owed = owed == 0 ? seen + 1 : owed;
                seen = next - 1;
                continue;
            }
            boolean thin = thinning.active(seen);
            EncodedBatch batch = view.at(seen, sent, thin ? 1 : room);
            if (batch == EncodedBatch.NONE) {
                return loading();
            }
            if (batch.missing().isPresent()) {
                return owed == 0
                        ? gap(seen + 1, batch.to(), batch.missing().get())
                        : gap(owed, seen, Gap.Reason.SAMPLED);
            }
            int index = batch.indexAfter(seen);
            if (index == batch.size()) {
                seen = batch.to();
            } else if (thin && batch.offset(index) > next) {
                seen = next; // the one to look at is none of this view's
            } else if (owed != 0) {
                return gap(owed, batch.offset(index) - 1, Gap.Reason.SAMPLED);
            } else {
                return deliver(batch, index, room, thin ? 1 : Integer.MAX_VALUE);
            }
        }
        return Step.Pause.FULL;
    }

    /// How far it has looked: at least [#sent()], never past an event that was not handed out.
    public long seen() {
        if (owed != 0) {
            return owed - 1; // what was left out must be declared first
        }
        EncodedBatch batch = view.at(seen, sent, 0);
        while (batch.to() > seen
                && batch.missing().isEmpty()
                && batch.indexAfter(seen) == batch.size()) {
            seen = batch.to();
            batch = view.at(seen, sent, 0);
        }
        return seen;
    }

    private Step deliver(EncodedBatch batch, int index, int room, int most) {
        long now = clock.getAsLong();
        if (batch.expired(index, now)) {
            return expired(batch, index, now);
        }
        if (batch.framed(index, index + 1) > room) {
            return Step.Pause.FULL;
        }
        long prev = batch.prev(index);
        if (prev != sent && !(fresh && prev < sent)) {
            Step.Events corrected = batch.withPrev(index, sent, view.envelope());
            moved(batch, index + 1);
            return corrected;
        }
        int end = Math.min(batch.runEnd(index, now, room), index + Math.min(most, batch.size()));
        moved(batch, end);
        return batch.events(index, end);
    }

    private void moved(EncodedBatch batch, int end) {
        sent = batch.offset(end - 1);
        seen = end == batch.size() ? batch.to() : sent;
        fresh = false;
    }

    private Step expired(EncodedBatch batch, int index, long now) {
        int end = index + 1;
        while (end < batch.size() && batch.expired(end, now)) {
            end++;
        }
        return gap(batch.offset(index), batch.offset(end - 1), Gap.Reason.EXPIRED);
    }

    private Step gap(long from, long to, Gap.Reason reason) {
        sent = to;
        seen = Math.max(seen, to);
        owed = 0;
        fresh = false;
        return new Gap(from, to, reason);
    }

    private Step loading() {
        if (load == null || load.done()) {
            load = view.topic().loads().request(seen, this::wake);
        }
        return Step.Pause.LOADING;
    }

    void wake() {
        if (!closed) {
            wake.run();
        }
    }

    /// Ends the subscription. Closing twice does nothing.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            view.topic().leave(this, view);
        }
    }

    /// What a subscription is opened with.
    ///
    /// @param valuesUntil up to where only last values are wanted; 0 for nowhere
    record Opening(
            Topic topic,
            ViewKey key,
            io.netsentinel.channels.spi.Codec codec,
            Start start,
            Runnable wake,
            LongSupplier clock,
            long valuesUntil) {}
}
