package io.netsentinel.transport;

import io.netsentinel.channels.DurableHold;
import io.netsentinel.channels.Expiry;
import io.netsentinel.channels.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The places one connection holds for its durable subscriptions, by the name of the subscription.
/// Takes no memory while there is none.
final class Holds {
    private @Nullable Map<String, Kept> kept;
    private boolean closed;

    /// One of them.
    ///
    /// @param hold the place
    /// @param expiry what its subscription may leave out
    private record Kept(DurableHold hold, Expiry expiry) {}

    /// Keeps a place until the subscription ends; it is let go at once when the connection is over.
    synchronized void put(String label, DurableHold hold, Expiry expiry) {
        if (closed) {
            hold.release();
            return;
        }
        if (kept == null) {
            kept = new HashMap<>(4);
        }
        kept.put(label, new Kept(hold, expiry));
    }

    /// The place of a subscription; empty when it is not durable.
    Optional<DurableHold> of(String label) {
        return kept(label).map(Kept::hold);
    }

    /// What a subscription may leave out.
    Expiry expiry(String label) {
        return kept(label).map(Kept::expiry).orElse(Expiry.NEVER);
    }

    /// Keeps the place of a channel of a subscription that is durable.
    void follow(Subscription cursor) {
        of(cursor.label()).ifPresent(hold -> hold.follow(cursor));
    }

    private synchronized Optional<Kept> kept(String label) {
        return kept == null ? Optional.empty() : Optional.ofNullable(kept.get(label));
    }

    /// The subscription ends.
    ///
    /// @param forget whether its place is not wanted any more
    void end(String label, boolean forget) {
        Optional<DurableHold> ended;
        synchronized (this) {
            ended =
                    kept == null
                            ? Optional.empty()
                            : Optional.ofNullable(kept.remove(label)).map(Kept::hold);
        }
        ended.ifPresent(forget ? DurableHold::forget : DurableHold::release);
    }

    /// The connection is over.
    void close() {
        List<Kept> all;
        synchronized (this) {
            closed = true;
            all = kept == null ? List.of() : List.copyOf(kept.values());
            kept = null;
        }
        all.forEach(one -> one.hold().release());
    }
}
