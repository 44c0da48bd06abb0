package io.netsentinel.websocket;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A Helidon server for HTTP/1.1 and WebSockets that outlives a shortage of file descriptors.
///
/// Helidon's accept loop ends for good when `accept` fails, and above `maxTcpConnections` clients
/// hang without an answer. So connections are counted here and kept below the process's limit,
/// those above are answered with 503, a few descriptors are held back, and a listener that died all
/// the same is started again. Also a connection that does not send a complete request head in time
/// is closed, so half-sent requests cannot fill the budget.
public final class GuardedServer {
    private static final System.Logger LOGGER = System.getLogger(GuardedServer.class.getName());
    private static final int CHECKS_PER_SECOND = 4;

    /// Bounds what the kernel keeps for a slow peer; the default may grow to megabytes.
    private static final int SEND_BUFFER = 128 << 10;

    private final Supplier<WebServerConfig.Builder> listener;
    private final Supplier<Http1Config.Builder> http1;
    private final WebSocketUpgrader upgrader;
    private final ConnectionBudget budget;
    private final AcceptedSockets sockets;
    private final DescriptorReserve reserve = new DescriptorReserve();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread watch =
            Thread.ofPlatform().daemon().name("listener-guard").unstarted(this::watch);

    private volatile WebServer server;
    private volatile ListeningAddress address;
    private volatile boolean listening = true;
    private final AtomicInteger restarts = new AtomicInteger();

    private GuardedServer(
            Supplier<WebServerConfig.Builder> listener,
            Supplier<Http1Config.Builder> http1,
            WebSocketUpgrader upgrader,
            ConnectionBudget budget) {
        this.listener = listener;
        this.http1 = http1;
        this.upgrader = upgrader;
        this.budget = budget;
        WebServerConfig.Builder builder = listener.get();
        this.sockets = new AcceptedSockets(budget, isSecure(builder));
        WebServerConfig config = prepare(builder);
        this.server = open(config);
        this.address = new ListeningAddress(new InetSocketAddress(config.address(), server.port()));
    }

    /// Starts to listen.
    ///
    /// @param listener makes a fresh builder with host, port (no bind address), routing and TLS,
    ///   for the start and for every restart; HTTP/1.1, connection limit, NIO and shutdown hook are
    ///   set here, and connection options unless the builder has some
    /// @param http1 makes the settings of HTTP/1.1 (limits of request line and headers)
    /// @param upgrader answers the WebSocket handshakes
    /// @param budget how many connections
    /// @throws java.io.UncheckedIOException when the address cannot be had (port in use, no
    ///   permission); its message names address and reason
    /// @throws IllegalStateException when Helidon did not start for another reason, which is in its
    ///   log
    public static GuardedServer start(
            Supplier<WebServerConfig.Builder> listener,
            Supplier<Http1Config.Builder> http1,
            WebSocketUpgrader upgrader,
            ConnectionBudget budget) {
        DescriptorReserve.openForWaiting();
        GuardedServer server = open(listener, http1, upgrader, budget);
        server.reserve.check();
        server.watch.start();
        return server;
    }

    private static GuardedServer open(
            Supplier<WebServerConfig.Builder> listener,
            Supplier<Http1Config.Builder> http1,
            WebSocketUpgrader upgrader,
            ConnectionBudget budget) {
        try {
            return new GuardedServer(listener, http1, upgrader, budget);
        } catch (RuntimeException e) {
            upgrader.abortForGood();
            throw e;
        }
    }

    /// The port in use, the same after a restart.
    public int port() {
        return address.address().getPort();
    }

    /// The Helidon server of this moment; another one after a restart.
    public WebServer server() {
        return server;
    }

    /// What the guard sees.
    public Status status() {
        return new Status(
                listening && !sockets.refusesAll(),
                sockets.count(),
                budget.connections(),
                sockets.refused(),
                sockets.expired(),
                restarts.get());
    }

    /// Closes every WebSocket with `code`, waits for the peers at most `drain`, stops the server.
    /// From the moment of the call new connections are answered with 503.
    ///
    /// @param code as for [WebSocketConnection#close(int, String)]
    public void stop(int code, String reason, Duration drain) {
        stopped.countDown();
        try {
            watch.join();
            sockets.refuseAll(true);
            upgrader.closeAll(code, reason, drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        // whoever was in the middle of the handshake
        upgrader.abortForGood();
        listening = false;
        reserve.close();
    }

    private void watch() {
        long rounds = 0;
        while (!isStopped()) {
            try {
                check(rounds++);
            } catch (RuntimeException | Error e) {
                // the guard itself must not fall
                LOGGER.log(System.Logger.Level.ERROR, "listener check failed", e);
            }
        }
    }

    private boolean isStopped() {
        try {
            return stopped.await(1000 / CHECKS_PER_SECOND, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void check(long round) {
        boolean fullSecond = round % CHECKS_PER_SECOND == 0;
        long now = System.nanoTime();
        if (round % 2 == 0) {
            upgrader.check(now);
        }
        if (fullSecond) {
            sockets.check(now);
        }
        boolean enough = reserve.check();
        if (sockets.refusesAll() == enough) {
            sockets.refuseAll(!enough);
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    enough
                            ? "file descriptors are available again"
                            : "out of file descriptors: new connections are refused");
        }
        if (fullSecond && enough && address.isFree()) {
            restart();
        }
    }

    private void restart() {
        listening = false;
        LOGGER.log(
                System.Logger.Level.WARNING,
                "the listener on port " + port() + " has died, starting it again");
        server.stop();
        server = open(prepare(listener.get().port(port())));
        restarts.incrementAndGet();
        listening = true;
    }

    private WebServerConfig prepare(WebServerConfig.Builder builder) {
        Http1Config settings = http1.get().addReceiveListener(new RequestHeads(sockets)).build();
        SocketOptions options =
                builder.connectionOptions()
                        .orElseGet(() ->
                                SocketOptions.builder()
                                        .tcpNoDelay(true)
                                        .socketSendBufferSize(SEND_BUFFER)
                                        .build());
        return builder.addConnectionSelector(
                        Http1ConnectionSelector.builder()
                                .config(settings)
                                .addUpgrader(upgrader.on(sockets))
                                .build())
                .protocolsDiscoverServices(false)
                .connectionOptions(new GuardedOptions(options, sockets))
                .maxTcpConnections(-1)
                // a plain socket costs 8 KiB less without; under TLS Helidon would never close it
                .useNio(isSecure(builder))
                .shutdownHook(false)
                .buildPrototype();
    }

    private static WebServer open(WebServerConfig config) {
        if (config.port() > 0) {
            new ListeningAddress(new InetSocketAddress(config.address(), config.port())).require();
        }
        WebServer server = WebServer.create(config).start();
        if (!server.isRunning()) {
            throw new IllegalStateException("the HTTP server did not start: its log says why");
        }
        return server;
    }

    private static boolean isSecure(WebServerConfig.Builder builder) {
        return builder.tls().map(Tls::enabled).orElse(false);
    }

    /// The listener and its connections at one moment.
    ///
    /// @param listening false while the listener is down or refuses everything for want of
    ///   descriptors
    /// @param open TCP connections open now
    /// @param budget TCP connections allowed
    /// @param refused connections answered with 503 since the start
    /// @param expired connections closed because no complete request came in time, since the start
    /// @param restarts how often the listener was started again
    public record Status(
            boolean listening, int open, int budget, long refused, long expired, int restarts) {}
}
