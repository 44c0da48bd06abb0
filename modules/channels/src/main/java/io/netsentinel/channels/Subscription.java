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
    private final Compression compression;
    private final @Nullable Sampler sampler;

    /// Everything up to here was written, or did not match.
    private long seen;

    /// The last offset written as an event or covered by a gap; at first where it began.
    private long sent;

    /// Nothing was written yet.
    private boolean fresh = true;

    private @Nullable Load load;
    private volatile boolean closed;

    Subscription(Opening opening) {
        this.start = opening.start();
        this.wake = opening.wake();
        this.clock = opening.clock();
        this.seen = start.offset();
        this.sent = start.offset();
        this.compression = opening.shape().compression();
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
        return sampler == null
                ? step(room, Integer.MAX_VALUE)
                : sampler.next(room, clock.getAsLong());
    }

    /// What comes next.
    ///
    /// @param most how many events
    Step step(int room, int most) {
        for (int looked = 0; looked < PATIENCE; looked++) {
            if (seen >= view.topic().tail()) {
                return Step.Pause.IDLE;
            }
            EncodedBatch batch =
                    view.at(seen, sent, compression == Compression.NONE ? room : Encoder.FRAME);
            if (batch == EncodedBatch.NONE) {
                return loading();
            }
            if (batch.missing().isPresent()) {
                return gap(seen + 1, batch.to(), batch.missing().get());
            }
            int index = batch.indexAfter(seen);
            if (index < batch.size()) {
                return deliver(batch, index, room, most);
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
        if (index == 0
                && most >= batch.size()
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
        int end = Math.min(batch.runEnd(index, now, room), index + Math.min(most, batch.size()));
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
        seen = to;
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
    record Opening(
            Topic topic,
            ViewKey key,
            io.netsentinel.channels.spi.Codec codec,
            Start start,
            Runnable wake,
            LongSupplier clock,
            Shape shape,
            Wakeups wakeups) {}
}
