package io.netsentinel.websocket;

import io.helidon.websocket.WsCloseCodes;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One open WebSocket. Every method may be called from any thread and none of them blocks.
public final class WebSocketConnection {
    private static final System.Logger LOGGER =
            System.getLogger(WebSocketConnection.class.getName());

    /// Without a byte in or out for this long, nobody is there. Whoever wants to stay sends pings.
    private static final long IDLE_NANOS = Duration.ofMinutes(5).toNanos();

    private final ConnectionHandler handler;
    private final WebSocketLimits limits;
    private final Optional<String> subprotocol;
    private final Optional<Deflation> deflation;
    private final UpgradedSocket socket;
    private final ConnectionWriter writer;
    private final Traffic traffic = new Traffic(System.nanoTime());

    private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable CloseFrame received;
    private volatile int sentCode;

    /// Nothing is written before [#begin()].
    WebSocketConnection(
            Upgrade.Accept accepted, UpgradedSocket socket, Optional<Deflation> deflation) {
        this.handler = accepted.handler();
        this.limits = accepted.limits();
        this.subprotocol = accepted.subprotocol();
        this.deflation = deflation;
        this.socket = socket;
        this.writer = new ConnectionWriter(this, handler, socket);
    }

    /// Says that [ConnectionHandler#fill(FrameBuffer)] has something to send. Cheap and coalesced:
    /// has a thread ask for it, one for all connections or one of its own, unless one is already
    /// going to. Without effect on a closed connection.
    public void wake() {
        writer.wake();
    }

    /// Starts the close handshake; the first call wins. `fill` is called one last time, so a
    /// farewell can be put there; the close frame follows in the same write. The connection ends
    /// when the peer answers, or after the close timeout. Messages that still arrive are dropped.
    ///
    /// @param code 1000 to 1003, 1007 to 1014 or 3000 to 4999
    /// @param reason for the peer; cut to 123 bytes of UTF-8
    public void close(int code, String reason) {
        if (!CloseFrame.valid(code)) {
            throw new IllegalArgumentException("not a code for a close frame: " + code);
        }
        end(Closing.local(code, reason));
    }

    /// Ends the connection at once, without a handshake (TCP reset).
    public void abort() {
        end(Closing.silent(CloseEvent.Cause.LOCAL, "aborted", Optional.empty()));
        if (!over.get()) {
            socket.reset();
        }
    }

    /// Sends a ping, ahead of anything `fill` adds. One that was not written yet is replaced.
    ///
    /// @param payload at most 125 bytes
    public void ping(byte[] payload) {
        CloseFrame.checkControlLength(payload.length);
        writer.controls().ping(payload);
        writer.wake();
    }

    /// True until a close was requested by either side or the connection was lost.
    public boolean isOpen() {
        return closing.get() == null;
    }

    /// `System.nanoTime()` when bytes came in last; any frame counts.
    public long lastReceivedNanos() {
        return traffic.lastReceivedNanos();
    }

    /// Bytes received after the handshake.
    public long bytesIn() {
        return traffic.bytesIn();
    }

    /// Bytes the socket took after the handshake.
    public long bytesOut() {
        return traffic.bytesOut();
    }

    /// Complete messages received.
    public long messagesIn() {
        return traffic.messagesIn();
    }

    /// Data frames written.
    public long messagesOut() {
        return traffic.messagesOut();
    }

    /// Address of the socket's peer.
    public SocketAddress remote() {
        return socket.remote();
    }

    /// The subprotocol agreed on.
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    // ---- called by the upgrade

    /// The 101 was written: now frames may be.
    void begin() {
        writer.begin();
    }

    /// The 101 was not written, so no frame may be.
    void neverOpened(String why, Exception error) {
        boolean lost = error instanceof UncheckedIOException;
        if (!lost) {
            LOGGER.log(System.Logger.Level.WARNING, "WebSocket upgrade failed", error);
        }
        CloseEvent.Cause cause = lost ? CloseEvent.Cause.LOST : CloseEvent.Cause.FAILED;
        end(Closing.silent(cause, why, Optional.of(error)));
        if (lost) {
            socket.close();
        }
        writer.markDone();
        writer.begin();
        finish();
    }

    // ---- called by the reader

    void open() {
        handler.onOpen(this);
    }

    WebSocketLimits limits() {
        return limits;
    }

    void received(int bytes) {
        traffic.received(bytes, System.nanoTime());
    }

    void received(String message) {
        traffic.messageReceived();
        if (isOpen()) {
            handler.onText(message);
        }
    }

    void received(byte[] message) {
        traffic.messageReceived();
        if (isOpen()) {
            handler.onBinary(message);
        }
    }

    void pinged(byte[] payload) {
        if (isOpen()) {
            writer.controls().pong(payload);
            writer.wake();
        }
    }

    void ponged(byte[] payload) {
        if (isOpen()) {
            handler.onPong(payload);
        }
    }

    void closedByPeer(CloseFrame frame) {
        received = frame;
        end(Closing.peer(frame.code()));
    }

    void violated(Violation violation) {
        end(Closing.violation(violation));
    }

    void failed(Throwable error) {
        LOGGER.log(System.Logger.Level.WARNING, "WebSocket connection failed", error);
        end(Closing.failed(error));
    }

    void lost(Throwable error) {
        end(Closing.silent(CloseEvent.Cause.LOST, "connection lost", Optional.of(error)));
        socket.close();
    }

    void awaitCloseWritten() throws InterruptedException {
        writer.awaitDone();
    }

    /// The reader has ended, or never began.
    void finish() {
        end(Closing.silent(CloseEvent.Cause.LOST, "connection lost", Optional.empty()));
        if (writer.finish()) {
            ended();
        } else if (!writer.isDone()) {
            socket.close();
        }
    }

    // ---- called by the writer

    /// Present when permessage-deflate was agreed on.
    Optional<Deflation> deflation() {
        return deflation;
    }

    @Nullable Closing closing() {
        return closing.get();
    }

    void wrote(int bytes) {
        traffic.wrote(bytes, System.nanoTime());
    }

    void sent(int messages) {
        traffic.messagesSent(messages);
    }

    void closeSent(int code) {
        sentCode = code;
    }

    // ---- called by Helidon and the guard

    void stop() {
        end(Closing.stopped());
    }

    long idleNanos(long now) {
        return now - traffic.lastActivityNanos();
    }

    /// Ends what has waited too long.
    void check(long now) {
        socket.check();
        if (writer.blockedNanos(now) > limits.writeTimeout().toNanos()) {
            end(
                    Closing.silent(
                            CloseEvent.Cause.WRITE_TIMEOUT,
                            "peer takes no bytes",
                            Optional.empty()));
            socket.reset();
            return;
        }
        Closing how = closing.get();
        if (how == null && idleNanos(now) > IDLE_NANOS) {
            stop();
        }
        if (how != null && now - how.since() > how.patience(limits).toNanos()) {
            socket.reset();
        }
    }

    private void end(Closing how) {
        closing.compareAndSet(null, how);
        if (how.frame().isPresent()) {
            writer.wake();
        }
    }

    /// Everything is over: tells the handler, once.
    void ended() {
        if (over.compareAndSet(false, true)) {
            socket.release(this);
            try {
                handler.onClose(event());
            } catch (RuntimeException | Error e) {
                LOGGER.log(System.Logger.Level.WARNING, "WebSocket handler failed in onClose", e);
            }
        }
    }

    private CloseEvent event() {
        Closing how = Objects.requireNonNull(closing.get());
        CloseFrame frame = received;
        if (frame != null) {
            return new CloseEvent(how.cause(), frame.code(), frame.reason(), sentCode, how.error());
        }
        int code =
                how.cause() == CloseEvent.Cause.WRITE_TIMEOUT
                        ? limits.writeTimeoutCode()
                        : WsCloseCodes.CLOSED_ABNORMALLY;
        return new CloseEvent(how.cause(), code, how.description(), sentCode, how.error());
    }
}
