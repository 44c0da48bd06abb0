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
    private volatile long seen;

    /// The last offset written as an event or covered by a gap; at first where it began.
    private volatile long sent;

    /// Nothing was written yet.
    private boolean fresh = true;

    private @Nullable Load load;
    private volatile Expiry expiry = Expiry.NEVER;
    private volatile boolean closed;

    Subscription(Opening opening) {
        this.start = opening.start();
        this.wake = opening.wake();
        this.clock = opening.clock();
        this.seen = start.offset();
        this.sent = start.offset();
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

    /// The channel's priority.
    public int priority() {
        return view.topic().policy().priority();
    }

    /// The last offset handed out as an event or in a gap; where it began when there was none.
    public long sent() {
        return sent;
    }

    /// How far it has looked so far, without looking further. Any thread may ask; whoever compares
    /// it with [#sent()] asks for this first.
    public long looked() {
        return seen;
    }

    /// What it may leave out from now on.
    void expiring(Expiry limits) {
        expiry = limits;
    }

    /// What comes next. Whatever is returned counts as sent.
    ///
    /// @param room bytes the frame may have; [Integer#MAX_VALUE] when it may have any number
    public Step next(int room) {
        if (closed) {
            return Step.Pause.CLOSED;
        }
        for (int looked = 0; looked < PATIENCE; looked++) {
            if (seen >= view.topic().tail()) {
                return Step.Pause.IDLE;
            }
            long passed = expiry.passed(view.topic().tail());
            if (passed > seen) {
                return gap(seen + 1, passed, Gap.Reason.EXPIRED);
            }
            EncodedBatch batch = view.at(seen, sent, room);
            if (batch == EncodedBatch.NONE) {
                return loading();
            }
            if (batch.missing().isPresent()) {
                return gap(seen + 1, batch.to(), batch.missing().get());
            }
            int index = batch.indexAfter(seen);
            if (index < batch.size()) {
                return deliver(batch, index, room);
            }
            seen = batch.to();
        }
        return Step.Pause.FULL;
    }

    /// How far it has looked: at least [#sent()], never past an event that was not handed out.
    public long seen() {
        EncodedBatch batch = view.at(seen, sent, 0);
        while (batch.to() > seen
                && batch.missing().isEmpty()
                && batch.indexAfter(seen) == batch.size()) {
            seen = batch.to();
            batch = view.at(seen, sent, 0);
        }
        return seen;
    }

    private Step deliver(EncodedBatch batch, int index, int room) {
        long now = clock.getAsLong();
        if (batch.expired(index, now)) {
            return expired(batch, index, now);
        }
        int most = batch.size();
        if (expiry.active()) {
            Overdue overdue = new Overdue(expiry, view.topic(), now);
            int over = overdue.end(batch, index, true);
            if (over == Overdue.UNKNOWN) {
                return loading();
            }
            if (over > index) {
                return gap(batch.offset(index), batch.offset(over - 1), Gap.Reason.EXPIRED);
            }
            most = Math.max(index + 1, overdue.end(batch, index, false));
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
        int end = Math.min(most, batch.runEnd(index, now, room));
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
        seen = to;
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
    record Opening(
            Topic topic,
            ViewKey key,
            io.netsentinel.channels.spi.Codec codec,
            Start start,
            Runnable wake,
            LongSupplier clock) {}
}
