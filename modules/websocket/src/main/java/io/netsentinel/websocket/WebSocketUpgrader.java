package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Answers WebSocket handshakes on Helidon's upgrade SPI. Give it to [GuardedServer].
///
/// A request that is not a WebSocket handshake (another method, a body) goes on to ordinary
/// routing. A malformed handshake is answered with 400, a version other than 13 with 426. `Upgrade`
/// and `Connection` are read as lists of case-insensitive tokens. Of the extensions offered only
/// permessage-deflate is accepted, and only where [WebSocketLimits#maxInflated()] allows it.
public final class WebSocketUpgrader {
    private static final System.Logger LOGGER = System.getLogger(WebSocketUpgrader.class.getName());

    /// Large buffers for writes under way: 16 MiB each for plain and TLS connections.
    private static final int MAX_BUFFERS = 256;

    private final UpgradeHandler handler;
    private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();
    private final StagingPool direct = new StagingPool(ByteBuffer::allocateDirect, MAX_BUFFERS);
    private final StagingPool heap = new StagingPool(ByteBuffer::allocate, MAX_BUFFERS);
    private final WriterPool writers = new WriterPool();
    private final Deflation deflation = new Deflation();
    private final Readiness readiness = new Readiness();

    /// Set before the last look at what is open.
    private volatile boolean gone;

    private WebSocketUpgrader(UpgradeHandler handler) {
        this.handler = handler;
    }

    /// Makes an upgrader.
    ///
    /// @param handler decides about each handshake
    public static WebSocketUpgrader create(UpgradeHandler handler) {
        return new WebSocketUpgrader(handler);
    }

    /// WebSocket connections open now.
    public int connections() {
        return open.size();
    }

    /// Helidon's side of this, for one server.
    Http1Upgrader on(AcceptedSockets sockets) {
        readiness.start();
        return new Helidon(sockets);
    }

    /// Ends connections that have waited too long for their peer.
    void check(long now) {
        open.forEach(connection -> connection.check(now));
    }

    /// Closes every connection and waits until all are gone; resets those that are not after
    /// `drain`.
    void closeAll(int code, String reason, Duration drain) throws InterruptedException {
        open.forEach(connection -> connection.close(code, reason));
        long end = System.nanoTime() + drain.toNanos();
        while (!open.isEmpty() && end - System.nanoTime() > 0) {
            Thread.sleep(10);
        }
        abortAll();
        deflation.close();
    }

    /// Ends every connection at once, and each that is still on its way.
    void abortForGood() {
        gone = true;
        abortAll();
        readiness.close();
    }

    private void abortAll() {
        new ArrayList<>(open).forEach(WebSocketConnection::abort);
    }

    private final class Helidon implements Http1Upgrader {
        private final AcceptedSockets sockets;

        private Helidon(AcceptedSockets sockets) {
            this.sockets = sockets;
        }

        @Override
        public String supportedProtocol() {
            return RequestHeads.WEBSOCKET;
        }

        @Override
        public @Nullable ServerConnection upgrade(
                ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
            if (!Handshake.possible(prologue)) {
                return null;
            }
            Upgrade decision =
                    Handshake.refusal(headers)
                            .<Upgrade>map(refusal -> refusal)
                            .orElseGet(() -> decide(context, prologue, headers));
            return switch (decision) {
                case Upgrade.Refuse refusal -> throw refuse(context, refusal);
                case Upgrade.Accept accepted -> accept(context, headers, accepted);
            };
        }

        private Upgrade decide(ConnectionContext context, HttpPrologue prologue, Headers headers) {
            try {
                return handler.upgrade(Handshake.request(context, prologue, headers));
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.WARNING, "WebSocket upgrade handler failed", e);
                return Upgrade.refuse(500, "internal error");
            }
        }

        private CloseConnectionException refuse(ConnectionContext context, Upgrade.Refuse refusal) {
            context.dataWriter().writeNow(BufferData.create(HttpAnswer.refusal(refusal)));
            return new CloseConnectionException("upgrade refused with " + refusal.status());
        }

        private ServerConnection accept(
                ConnectionContext context, Headers headers, Upgrade.Accept accepted) {
            UpgradedSocket socket = socket(context);
            Optional<String> extension =
                    accepted.limits().maxInflated() == 0
                            ? Optional.empty()
                            : DeflateOffers.answer(Handshake.extensions(headers));
            WebSocketConnection connection =
                    new WebSocketConnection(accepted, socket, extension.map(_ -> deflation));
            open.add(connection);
            try {
                Handshake.requireOffered(headers, accepted.subprotocol());
                byte[] answer =
                        HttpAnswer.switchingProtocols(
                                Handshake.accept(headers), accepted, extension);
                context.dataWriter().writeNow(BufferData.create(answer));
            } catch (IllegalArgumentException e) {
                connection.neverOpened("invalid upgrade", e);
                throw refuse(context, Upgrade.refuse(500, "internal error"));
            } catch (UncheckedIOException e) {
                connection.neverOpened("connection lost", e);
                throw new CloseConnectionException("lost during the upgrade", e);
            }
            Inlet inlet =
                    socket.secure()
                            ? new TlsInlet(context.dataReader())
                            : new PlainInlet(socket.channel(), context.dataReader());
            boolean taken = take(context, socket, connection);
            connection.begin();
            if (gone) {
                connection.abort();
            }
            Reader reader = new Reader(connection, socket, inlet);
            return taken
                    ? new TakenConnection(connection, socket.watch(), reader)
                    : new UpgradedConnection(connection, reader);
        }

        /// @return false when it stays with Helidon's thread, and blocks
        private boolean take(
                ConnectionContext context, UpgradedSocket socket, WebSocketConnection connection) {
            if (!Takeover.of(context.serverSocket())) {
                return false;
            }
            try {
                socket.watch().take();
                return true;
            } catch (IOException e) {
                connection.neverOpened("connection lost", new UncheckedIOException(e));
                throw new CloseConnectionException("lost during the upgrade", e);
            }
        }

        private UpgradedSocket socket(ConnectionContext context) {
            SocketChannel channel = sockets.channel(context);
            boolean secure = context.isSecure();
            Watch watch = new Watch(readiness, channel);
            Outlet outlet =
                    secure ? new TlsOutlet(context.dataWriter()) : new PlainOutlet(channel, watch);
            return new UpgradedSocket(
                    channel,
                    context.remotePeer().address(),
                    secure,
                    outlet,
                    watch,
                    secure ? heap : direct,
                    writers,
                    open);
        }
    }
}
