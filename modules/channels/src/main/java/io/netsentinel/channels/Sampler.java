package io.netsentinel.channels;

import org.jspecify.annotations.Nullable;

/// Gives a subscription at most so many events a second: the newest one each time, and a gap for
/// those before it that are left out. A place in the log costs nothing, so nothing is collected
/// while it waits: it looks for the newest event when it may hand one out.
///
/// Used by the subscription's one thread, but for what is volatile.
final class Sampler {
    /// Ranges looked at in one go.
    private static final int PATIENCE = 8;

    private final Subscription cursor;
    private final View view;
    private final Pace pace;
    private final Wakeups wakeups;

    /// The newest event found so far; [EncodedBatch#NONE] when there is none.
    private EncodedBatch held = EncodedBatch.NONE;

    private int index;

    /// Events before it were left out and not declared yet.
    private boolean skipped;

    /// How far it has looked for a newer one …
    private long looked;

    /// … and how far there was nothing to be declared behind it.
    private long clear;

    /// How far it will look, at most, before it hands out what it has.
    private long target;

    /// It has looked far enough.
    private boolean found;

    private volatile boolean waiting;

    Sampler(Subscription cursor, View view, Pace pace, Wakeups wakeups) {
        this.cursor = cursor;
        this.view = view;
        this.pace = pace;
        this.wakeups = wakeups;
    }

    /// Whether it is no use to wake the subscription for new events now: it will be woken.
    boolean waiting() {
        return waiting;
    }

    Step next(int room, long now) {
        int allowed = pace.allowed(now);
        if (allowed == 0) {
            return pause();
        }
        if (allowed > 1 && held == EncodedBatch.NONE) {
            return count(cursor.step(room, allowed - 1));
        }
        Step step = found ? Step.Pause.IDLE : look(room, now);
        found = step == Step.Pause.IDLE && held != EncodedBatch.NONE;
        return found ? handOut(room, now) : step;
    }

    private Step pause() {
        boolean more = cursor.position() < view.topic().tail();
        if (more && !waiting) {
            waiting = true;
            wakeups.after(pace.pause(), this::goOn);
        }
        return Step.Pause.IDLE;
    }

    private void goOn() {
        waiting = false;
        cursor.wake();
    }

    private Step count(Step step) {
        if (step instanceof Step.Events events) {
            pace.spend(events.count());
        }
        return step;
    }

    private Step look(int room, long now) {
        return held == EncodedBatch.NONE ? search(room, now) : research(now);
    }

    /// Looks for the first event.
    ///
    /// @return IDLE when there is one, or nothing more to look at
    private Step search(int room, long now) {
        for (int rounds = 0; rounds < PATIENCE; rounds++) {
            long seen = cursor.position();
            if (seen >= view.topic().tail()) {
                return Step.Pause.IDLE;
            }
            EncodedBatch batch = view.at(seen, cursor.sent(), Encoder.FRAME);
            if (batch == EncodedBatch.NONE) {
                return cursor.loading(seen);
            }
            int first = batch.indexAfter(seen);
            if (batch.missing().isPresent()
                    || (first < batch.size() && batch.expired(first, now))) {
                return count(cursor.step(room, 1)); // a gap, which costs nothing
            }
            if (first < batch.size()) {
                target = view.topic().tail();
                hold(batch, newest(batch, first, now), first);
                return research(now);
            }
            cursor.passed(batch.to());
        }
        return Step.Pause.FULL;
    }

    /// Looks for a newer event than the one held.
    ///
    /// @return IDLE when there is none
    private Step research(long now) {
        for (int rounds = 0; rounds < PATIENCE; rounds++) {
            if (looked >= target) {
                return Step.Pause.IDLE;
            }
            EncodedBatch batch = view.at(looked, cursor.sent(), Encoder.FRAME);
            if (batch == EncodedBatch.NONE) {
                return cursor.loading(looked);
            }
            if (batch.missing().isPresent()) {
                return Step.Pause.IDLE; // what is held comes before that gap
            }
            int first = batch.indexAfter(looked);
            int last = newest(batch, first, now);
            if (last >= first) {
                skipped = true;
                hold(batch, last, first);
            } else if (first == batch.size() && clear == looked) {
                clear = batch.to();
            }
            looked = Math.max(looked, batch.to());
        }
        return Step.Pause.FULL;
    }

    /// The last element that has not expired; less than `first` when all have.
    private static int newest(EncodedBatch batch, int first, long now) {
        int last = batch.size() - 1;
        while (last >= first && batch.expired(last, now)) {
            last--;
        }
        return last;
    }

    private void hold(EncodedBatch batch, int last, int first) {
        skipped |= last > first;
        held = batch;
        index = last;
        looked = batch.to();
        clear = last == batch.size() - 1 ? batch.to() : batch.offset(last);
    }

    private Step handOut(int room, long now) {
        long offset = held.offset(index);
        // not from the last event sent: between there and its place nothing matched, and a client
        // may have been told so by a ping
        long from = cursor.position() + 1;
        if (skipped) {
            skipped = false;
            return cursor.gap(from, offset - 1, Gap.Reason.SAMPLED);
        }
        if (held.expired(index, now)) {
            release();
            return cursor.gap(from, offset, Gap.Reason.EXPIRED);
        }
        Step step = cursor.deliver(held, index, room, 1);
        if (!(step instanceof Step.Pause)) {
            release();
        }
        if (step instanceof Step.Events) {
            cursor.passed(clear);
        }
        return count(step);
    }

    private void release() {
        held = EncodedBatch.NONE;
        found = false;
    }

    /// For subscriptions without a limit.
    static @Nullable Sampler of(Subscription cursor, View view, Subscription.Opening opening) {
        double rate = opening.shape().rate();
        return rate == 0
                ? null
                : new Sampler(
                        cursor,
                        view,
                        new Pace(rate, opening.clock().getAsLong()),
                        opening.wakeups());
    }
}
