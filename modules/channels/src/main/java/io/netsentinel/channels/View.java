package io.netsentinel.channels;

import java.util.concurrent.locks.ReentrantLock;

/// One way to see a channel, shared by all subscriptions that see it the same way. What they see is
/// encoded once and kept while the memory budget allows; a view with one subscription keeps
/// nothing.
final class View {
    private final Topic topic;
    private final ViewKey key;
    private final Encoder encoder;
    private final Ranges<EncodedBatch> encoded;
    private final Subscribers subscribers = new Subscribers();

    /// Held while encoding, which does no I/O: whoever comes second finds the bytes made.
    private final ReentrantLock encoding = new ReentrantLock();

    /// How far the fan-out has looked; used by its thread alone.
    private long looked;

    View(Topic topic, ViewKey key, Encoder encoder, Budget budget) {
        this.topic = topic;
        this.key = key;
        this.encoder = encoder;
        this.encoded = new Ranges<>(budget, EncodedBatch.NONE);
        this.looked = topic.tail();
    }

    Topic topic() {
        return topic;
    }

    ViewKey key() {
        return key;
    }

    Envelope envelope() {
        return encoder.envelope();
    }

    Subscribers subscribers() {
        return subscribers;
    }

    /// What comes after a position, as far as it is in memory; [EncodedBatch#NONE] when it must be
    /// read from the log first.
    ///
    /// @param position everything up to here is known to the subscription
    /// @param sent the last offset it was sent: `prev` of what comes next when the bytes are its
    ///   own
    /// @param limit bytes of a frame
    EncodedBatch at(long position, long sent, int limit) {
        EncodedBatch ready = encoded.covering(position);
        if (ready != EncodedBatch.NONE) {
            return ready;
        }
        RawBatch source = topic.raw().covering(position);
        if (source == RawBatch.NONE) {
            return EncodedBatch.NONE;
        }
        if (!shared()) {
            EncodedBatch own = encoder.encode(topic.raw(), position, sent, Long.MAX_VALUE, limit);
            topic.tally().encoded.add(own.size());
            return own.to() == position ? EncodedBatch.NONE : own;
        }
        encoding.lock();
        try {
            return encodeFor(position, source);
        } finally {
            encoding.unlock();
        }
    }

    /// Encodes a range that begins where the one before it ends, or where the page begins, whoever
    /// asks, so that it can be shared. Somebody far within a page gets a range of their own.
    private EncodedBatch encodeFor(long position, RawBatch source) {
        EncodedBatch before = encoded.atOrBefore(position);
        if (before.covers(position)) {
            return before;
        }
        EncodedBatch made = encode(Math.max(source.after(), before.to()), before, position);
        if (!made.covers(position)) {
            made = encode(position, before, position);
        }
        if (made.covers(position)) {
            encoded.hold(made, source.lane());
            return made;
        }
        return EncodedBatch.NONE; // the memory was taken away meanwhile
    }

    private EncodedBatch encode(long start, EncodedBatch before, long position) {
        boolean joins = before.to() == start;
        long prev = joins ? before.nextPrev() : start;
        long until = encoded.nextAfter(position);
        EncodedBatch made = encoder.encode(topic.raw(), start, prev, until, Encoder.FRAME);
        topic.tally().encoded.add(made.size());
        return joins && nothing(made) && nothing(before)
                ? EncodedBatch.empty(before.after(), made.to(), prev)
                : made;
    }

    private static boolean nothing(EncodedBatch batch) {
        return batch.isEmpty() && batch.missing().isEmpty();
    }

    /// A whole range as one compressed frame, made once for all who want it.
    Step.Events compressed(EncodedBatch batch, Compression how) {
        return batch.compressed(how, bytes -> grew(batch, bytes));
    }

    private void grew(EncodedBatch batch, int bytes) {
        encoded.grew(batch, bytes);
        if (bytes > 0) {
            topic.tally().plain.add(batch.framed(0, batch.size()));
            topic.tally().compressed.add(bytes);
        }
    }

    /// Whether new events mean something to the subscriptions. A shared filter is evaluated here,
    /// once, so that connections are not woken for events they do not see.
    boolean wanted() {
        if (!encoder.selective() || !shared()) {
            looked = topic.tail();
            return true;
        }
        boolean found = false;
        long tail = topic.tail();
        while (looked < tail) {
            EncodedBatch batch = at(looked, looked, Encoder.FRAME);
            if (batch == EncodedBatch.NONE) {
                looked = tail; // out of memory again: they will find out by reading
                return true;
            }
            found |= batch.indexAfter(looked) < batch.size() || batch.missing().isPresent();
            looked = batch.to();
        }
        return found;
    }

    private boolean shared() {
        return subscribers.size() > 1;
    }

    /// Gives the memory back when one subscription is left.
    void shrink() {
        if (!shared()) {
            encoded.clear();
        }
    }
}
