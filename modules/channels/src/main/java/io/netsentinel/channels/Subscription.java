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

    /// Whoever is so far behind reads on for a while.
    private static final int FAR_BEHIND = 2_000;

    private final Start start;
    private final View view;
    private final Runnable wake;
    private final LongSupplier clock;
    private final Compression compression;
    private final @Nullable Sampler sampler;
    private final int breaks;

    /// The newest event when it was opened: what is older waited for nobody here.
    private final long opened;

    /// Everything up to here was written, or did not match.
    private volatile long seen;

    /// The last offset written as an event or covered by a gap; at first where it began.
    private volatile long sent;

    /// Nothing was written yet.
    private boolean fresh = true;

    private final Thinning thinning;

    /// From here on something was left out and not yet declared; 0 when nothing was.
    private volatile long owed;

    /// Where the page ends whose successor was asked for.
    private long ahead;

    private @Nullable Load load;
    private volatile Expiry expiry = Expiry.NEVER;
    private volatile boolean closed;

    Subscription(Opening opening) {
        this.start = opening.start();
        this.wake = opening.wake();
        this.clock = opening.clock();
        this.seen = start.offset();
        this.sent = start.offset();
        this.compression = opening.shape().compression();
        this.breaks = opening.breaks();
        this.opened = opening.topic().tail();
        this.thinning = new Thinning(opening.topic(), opening.valuesUntil());
        this.view = opening.topic().join(this, opening.key(), opening.codec());
        this.sampler = Sampler.of(this, view, opening);
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

    /// How far it has looked so far, without looking further. Any thread may ask; whoever compares
    /// it with [#sent()] asks for this first.
    public long looked() {
        long left = owed;
        return left == 0 ? seen : left - 1;
    }

    /// Whether what was handed out last was committed since it was opened, so that it is late when
    /// it comes long after its commit.
    public boolean live() {
        return sent > opened;
    }

    /// Events of its channel it has not looked at yet. Any thread may ask.
    public long lag() {
        return Math.max(0, view.topic().tail() - looked());
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
        if (view.topic().breaks() != breaks) {
            return Step.Pause.BROKEN;
        }
        Step step = unlessSampled(room);
        view.topic().handedOut(step);
        return step;
    }

    private Step unlessSampled(int room) {
        if (sampler == null) {
            return step(room, Integer.MAX_VALUE);
        }
        return owed == 0
                ? sampler.next(room, clock.getAsLong())
                : gap(owed, seen, Gap.Reason.SAMPLED); // before the sampler looks further
    }

    /// What comes next.
    ///
    /// @param most how many events
    Step step(int room, int most) {
        for (int looked = 0; looked < PATIENCE; looked++) {
            long tail = view.topic().tail();
            if (seen >= tail) {
                thinning.caughtUp();
                return owed == 0 ? Step.Pause.IDLE : gap(owed, seen, Gap.Reason.SAMPLED);
            }
            long passed = expiry.passed(tail);
            if (passed > seen) {
                return owed == 0
                        ? gap(seen + 1, passed, Gap.Reason.EXPIRED)
                        : gap(owed, seen, Gap.Reason.SAMPLED);
            }
            long next = thinning.next(seen, tail);
            if (next > seen + 1) {
                owed = owed == 0 ? seen + 1 : owed;
                seen = next - 1;
                continue;
            }
            boolean thin = thinning.active(seen);
            EncodedBatch batch = view.at(seen, sent, thin ? 1 : limit(room));
            if (batch == EncodedBatch.NONE) {
                return loading();
            }
            if (seen >= ahead && tail - seen > FAR_BEHIND) {
                ahead = view.topic().readAhead(seen);
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
                return deliver(batch, index, room, thin ? 1 : most);
            }
        }
        return Step.Pause.FULL;
    }

    /// Bytes of a frame to ask for: compressed, a larger one may fit.
    private int limit(int room) {
        return compression == Compression.NONE ? room : Encoder.FRAME;
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

    /// How far it has looked without handing anything out behind it; unlike [#seen()] this does not
    /// look further.
    long position() {
        return seen;
    }

    /// There is nothing to be declared up to here.
    void passed(long to) {
        seen = Math.max(seen, to);
    }

    Step deliver(EncodedBatch batch, int index, int room, int most) {
        long now = clock.getAsLong();
        if (batch.expired(index, now)) {
            return expired(batch, index, now);
        }
        int last = (int) Math.min(batch.size(), (long) index + most);
        if (expiry.active()) {
            Overdue overdue = new Overdue(expiry, view.topic(), now);
            int over = overdue.end(batch, index, true);
            if (over == Overdue.UNKNOWN) {
                return loading();
            }
            if (over > index) {
                return gap(batch.offset(index), batch.offset(over - 1), Gap.Reason.EXPIRED);
            }
            last = Math.min(last, Math.max(index + 1, overdue.end(batch, index, false)));
        }
        if (index == 0
                && last == batch.size()
                && follows(batch.prev(0))
                && batch.compressible(now, compression)) {
            return compressed(batch, room);
        }
        if (batch.framed(index, index + 1) > room) {
            return Step.Pause.FULL;
        }
        long prev = batch.prev(index);
        if (!follows(prev)) {
            Step.Events corrected = batch.withPrev(index, sent, view.envelope());
            moved(batch, index + 1);
            return corrected;
        }
        int end = Math.min(last, batch.runEnd(index, now, room));
        moved(batch, end);
        return batch.events(index, end);
    }

    /// Whether the shared bytes say what this subscription was sent before.
    private boolean follows(long prev) {
        return prev == sent || (fresh && prev < sent);
    }

    /// A whole range in one frame, which waits for the next write when there is no room in this
    /// one.
    private Step compressed(EncodedBatch batch, int room) {
        Step.Events frame = view.compressed(batch, compression);
        if (frame.bytes().length > room) {
            return Step.Pause.FULL;
        }
        moved(batch, batch.size());
        return frame;
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

    Step gap(long from, long to, Gap.Reason reason) {
        sent = to;
        seen = Math.max(seen, to);
        owed = 0;
        fresh = false;
        return new Gap(from, to, reason);
    }

    private Step loading() {
        return loading(seen);
    }

    Step loading(long position) {
        if (load == null || load.done()) {
            load = view.topic().loads().request(position, this::wake);
        }
        return Step.Pause.LOADING;
    }

    void wake() {
        if (!closed && (sampler == null || !sampler.waiting())) {
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
    /// @param breaks of the topic before `start` was found out
    record Opening(
            Topic topic,
            ViewKey key,
            io.netsentinel.channels.spi.Codec codec,
            Start start,
            Runnable wake,
            LongSupplier clock,
            Shape shape,
            Wakeups wakeups,
            long valuesUntil,
            int breaks) {}
}
