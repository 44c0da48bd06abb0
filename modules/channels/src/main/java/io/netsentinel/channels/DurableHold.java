package io.netsentinel.channels;

import io.netsentinel.queuing.StoredCursor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A kept place in the hands of one connection, until it lets go or another one takes it over.
/// Every method may be called from any thread.
public final class DurableHold implements DurableCursors.Held {

    /// Why a hold ended that its connection did not let go.
    public enum End {
        /// A newer connection has it.
        TAKEN_OVER,
        /// An administrator removed the place.
        PURGED
    }

    /// What became of an acknowledgement.
    public enum Acknowledged {
        /// Taken, or known already.
        TAKEN,
        /// This hold follows no such channel.
        NO_SUCH_CHANNEL,
        /// It is of another epoch than the one that is being delivered.
        OTHER_EPOCH,
        /// So much was not sent.
        NOT_SENT
    }

    private final DurableCursors cursors;
    private final DurableCursor cursor;
    private final Object owner;
    private final Consumer<End> ended;
    private final boolean fresh;
    private final Map<String, StoredCursor.Place> resumed;
    private final Map<String, Followed> followed = new HashMap<>();

    DurableHold(DurableCursors cursors, DurableCursor cursor, Object owner, Consumer<End> ended) {
        this.cursors = cursors;
        this.cursor = cursor;
        this.owner = owner;
        this.ended = ended;
        this.fresh = !cursor.isKept();
        this.resumed = Map.copyOf(cursor.places());
    }

    /// One channel.
    private static final class Followed {
        private final Subscription subscription;
        private long acknowledged;

        /// Where it stood when events behind it turned out to be lost. It stands there until the
        /// client says that it knows: the answer that told it may not have arrived.
        private StoredCursor.@Nullable Place lost;

        Followed(Subscription subscription, StoredCursor.@Nullable Place before) {
            this.subscription = subscription;
            this.acknowledged = subscription.start().offset();
            this.lost =
                    switch (subscription.start().recovery()) {
                        case NONE, RECOVERED -> null;
                        case EPOCH, RETENTION -> before;
                    };
        }

        void acknowledge(long offset) {
            acknowledged = Math.max(acknowledged, offset);
            if (offset >= subscription.start().offset()) {
                lost = null;
            }
        }

        /// How far everything is dealt with: as far as the subscription has looked when all it was
        /// sent is acknowledged. It never goes back.
        StoredCursor.Place place() {
            if (lost != null) {
                return lost;
            }
            long looked = subscription.looked(); // before `sent`, which may grow meanwhile
            if (acknowledged >= subscription.sent()) {
                acknowledged = Math.max(acknowledged, looked);
            }
            return new StoredCursor.Place(subscription.start().epoch(), acknowledged);
        }
    }

    /// The name it is kept under.
    public String name() {
        return cursor.what().name();
    }

    /// Whether the place was not kept before.
    public boolean fresh() {
        return fresh;
    }

    /// Where whoever held it before had got to, by channel.
    public Map<String, StoredCursor.Place> resumed() {
        return resumed;
    }

    /// Keeps the place of a subscription from where it began.
    public void follow(Subscription subscription) {
        synchronized (cursor) {
            if (current()) {
                String channel = subscription.channel();
                Followed one = new Followed(subscription, cursor.places().get(channel));
                followed.put(channel, one);
                cursor.move(channel, one.place());
            }
        }
    }

    /// Everything up to an offset is dealt with.
    ///
    /// @param channel empty for the only one it follows
    /// @param epoch empty to trust in the offset
    public Acknowledged acknowledge(Optional<String> channel, Optional<String> epoch, long offset) {
        synchronized (cursor) {
            @Nullable Followed one =
                    channel.isPresent()
                            ? followed.get(channel.get())
                            : followed.size() == 1 ? followed.values().iterator().next() : null;
            if (one == null) {
                return Acknowledged.NO_SUCH_CHANNEL;
            }
            Subscription subscription = one.subscription;
            if (epoch.isPresent() && !epoch.get().equals(subscription.start().epoch())) {
                return Acknowledged.OTHER_EPOCH;
            }
            // a client may also acknowledge how far it was told that nothing matched
            if (offset > Math.max(subscription.looked(), subscription.sent())) {
                return Acknowledged.NOT_SENT;
            }
            one.acknowledge(offset);
            cursors.acknowledged();
            return Acknowledged.TAKEN;
        }
    }

    /// Lets go: whoever comes next goes on from here.
    public void release() {
        synchronized (cursor) {
            if (current()) {
                update();
                cursors.left(cursor);
            }
        }
    }

    /// Lets go, and the place is not kept any more.
    public void forget() {
        synchronized (cursor) {
            if (current()) {
                cursors.remove(cursor);
            }
        }
    }

    /// Keeps the place from now on, and waits until it is on the disk.
    ///
    /// @throws io.netsentinel.queuing.StorageDegradedException when it cannot be written
    public void store() {
        cursors.store(cursor);
    }

    // ---- for the cursors; the cursor's monitor is held

    boolean isOf(Object other) {
        return owner.equals(other);
    }

    void update() {
        followed.forEach((channel, one) -> cursor.move(channel, one.place()));
    }

    void end(End why) {
        ended.accept(why);
    }

    private boolean current() {
        return !cursor.isGone() && cursor.holder().filter(one -> one == this).isPresent();
    }
}
