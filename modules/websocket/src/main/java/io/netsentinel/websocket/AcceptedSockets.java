package io.netsentinel.websocket;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Every TCP connection of a server, from `accept` on: counts them, refuses those above the budget,
/// and closes those that do not send a request.
///
/// A refused connection is let through to Helidon while there are few of them, so that it gets its
/// 503 as an ordinary answer, under TLS too. Beyond that it gets a 503 written at once, without
/// reading the request, or under TLS just the end.
final class AcceptedSockets {
    private static final System.Logger LOGGER = System.getLogger(AcceptedSockets.class.getName());
    private static final int COURTESY = 32;
    private static final Duration COURTESY_TIMEOUT = Duration.ofSeconds(2);
    private static final long SWEEP_PAUSE = Duration.ofMillis(50).toNanos();

    private final ConnectionBudget budget;
    private final boolean secure;
    private final Map<Key, Accepted> open = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private volatile boolean refuseAll;
    private volatile long sweptAt = System.nanoTime() - SWEEP_PAUSE;

    AcceptedSockets(ConnectionBudget budget, boolean secure) {
        this.budget = budget;
        this.secure = secure;
    }

    /// Takes note of a connection; called by the accept loop.
    ///
    /// @throws IllegalStateException when it is refused: Helidon then closes it and goes on
    void accepted(SocketChannel channel) {
        long now = System.nanoTime();
        if (!refuseAll && fits(budget.connections(), now)) {
            add(channel, now + budget.requestTimeout().toNanos(), false);
            return;
        }
        refused.increment();
        if (!refuseAll && fits(budget.connections() + COURTESY, now)) {
            add(channel, now + COURTESY_TIMEOUT.toNanos(), true);
            return;
        }
        if (!secure) {
            answerBusy(channel);
        }
        throw new IllegalStateException("too many connections");
    }

    /// While set, every new connection is refused at once.
    void refuseAll(boolean refuse) {
        refuseAll = refuse;
    }

    boolean refusesAll() {
        return refuseAll;
    }

    /// The socket under a connection of Helidon's.
    SocketChannel channel(ConnectionContext context) {
        Accepted accepted = find(context);
        if (accepted == null) {
            throw new IllegalStateException("connection was not seen by the accept loop");
        }
        return accepted.channel;
    }

    /// A request line came.
    void headBegun(ConnectionContext context) {
        Accepted accepted = find(context);
        if (accepted != null && accepted.headDue == 0) {
            accepted.headDue = System.nanoTime() + budget.requestTimeout().toNanos() | 1;
        }
    }

    /// A request's headers are complete.
    ///
    /// @throws RequestException with 503 when the connection is one too many
    void headComplete(ConnectionContext context) {
        Accepted accepted = find(context);
        if (accepted == null) {
            return;
        }
        if (accepted.refused) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.OTHER)
                    .status(Status.SERVICE_UNAVAILABLE_503)
                    .header(HeaderValues.create(HeaderNames.RETRY_AFTER, budget.retryAfter()))
                    .setKeepAlive(false)
                    .message("too many connections")
                    .build();
        }
        accepted.headDue = 0;
    }

    /// Forgets what is closed and closes what is late.
    void check(long now) {
        sweep(now);
        for (Accepted accepted : open.values()) {
            long due = accepted.headDue;
            if (due != 0 && now - due > 0) {
                expired.increment();
                close(accepted.channel);
            }
        }
    }

    int count() {
        sweep(System.nanoTime());
        return open.size();
    }

    long refused() {
        return refused.sum();
    }

    long expired() {
        return expired.sum();
    }

    private boolean fits(int limit, long now) {
        if (open.size() >= limit && now - sweptAt > SWEEP_PAUSE) {
            sweep(now);
        }
        return open.size() < limit;
    }

    private void sweep(long now) {
        sweptAt = now;
        open.values().removeIf(accepted -> !accepted.channel.isOpen());
    }

    private void add(SocketChannel channel, long headDue, boolean refused) {
        try {
            Key key = new Key(channel.getRemoteAddress(), channel.getLocalAddress());
            open.put(key, new Accepted(channel, headDue | 1, refused));
        } catch (IOException e) {
            throw new IllegalStateException("connection is gone already", e);
        }
    }

    private @Nullable Accepted find(ConnectionContext context) {
        return open.get(new Key(context.remotePeer().address(), context.localPeer().address()));
    }

    /// Never waits: a fresh socket's buffer holds the answer. What the client sent is read away,
    /// because closing with unread bytes would reset the connection.
    private void answerBusy(SocketChannel channel) {
        Upgrade.Refuse busy =
                new Upgrade.Refuse(
                        503,
                        Map.of("Retry-After", Integer.toString(budget.retryAfter())),
                        "too many connections\n");
        try {
            channel.configureBlocking(false);
            channel.write(ByteBuffer.wrap(HttpAnswer.refusal(busy)));
            channel.shutdownOutput();
            channel.read(ByteBuffer.allocate(16 << 10));
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.TRACE, "client left before it was refused", e);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.TRACE, "socket is gone already", e);
        }
    }

    private record Key(SocketAddress remote, SocketAddress local) {}

    private static final class Accepted {
        private final SocketChannel channel;
        private final boolean refused;

        /// `System.nanoTime()` by which a request head must be complete, 0 between requests.
        private volatile long headDue;

        private Accepted(SocketChannel channel, long headDue, boolean refused) {
            this.channel = channel;
            this.headDue = headDue;
            this.refused = refused;
        }
    }
}
