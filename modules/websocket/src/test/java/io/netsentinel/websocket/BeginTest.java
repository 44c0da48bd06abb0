package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Before the 101 is written no frame may be; and whatever happens to a writer, the handler hears
/// of the end.
@Timeout(60)
class BeginTest {
    private final Recorder recorder = new Recorder();
    private final BlockingQueue<Integer> written = new LinkedBlockingQueue<>();
    private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();
    private final Readiness readiness = new Readiness();

    @AfterEach
    void close() {
        readiness.close();
    }

    @Test
    void aCloseDuringTheHandshakeWaitsForTheAnswer() throws InterruptedException {
        WebSocketConnection connection = connection(this::take);
        connection.close(1001, "");
        connection.wake();
        connection.ping(new byte[0]);
        assertThat(written.poll(50, TimeUnit.MILLISECONDS)).isNull();
        connection.begin();
        connection.awaitCloseWritten();
        assertThat(written).isNotEmpty();
        connection.finish();
        assertThat(recorder.closed().sentCode()).isEqualTo(1001);
        assertThat(recorder.closes()).isEqualTo(1);
    }

    @Test
    void withoutAnAnswerNothingIsEverWritten() {
        WebSocketConnection connection = connection(this::take);
        connection.close(1001, "");
        connection.neverOpened("connection lost", new UncheckedIOException(new IOException("x")));
        assertThat(recorder.closed().sentCode()).isZero();
        assertThat(written).isEmpty();
        assertThat(open).isEmpty();
    }

    @Test
    void aWriterThatFailsInAnUnknownWayEndsTheConnection() throws InterruptedException {
        WebSocketConnection connection =
                connection(bytes -> {
                    throw new IllegalStateException("not an I/O failure");
                });
        connection.begin();
        recorder.onOpen(connection);
        recorder.send(new byte[] {1});
        connection.awaitCloseWritten();
        connection.finish();
        CloseEvent event = recorder.closed();
        assertThat(event.cause()).isEqualTo(CloseEvent.Cause.FAILED);
        assertThat(event.error().orElseThrow()).hasMessage("not an I/O failure");
        assertThat(recorder.closes()).isEqualTo(1);
        assertThat(open).isEmpty();
    }

    @Test
    void withoutDirectMemoryTheHeapIsUsed() {
        StagingPool pool =
                new StagingPool(
                        _ -> {
                            throw new OutOfMemoryError("direct");
                        },
                        1);
        for (int i = 0; i < 3; i++) {
            ByteBuffer buffer = pool.take(false);
            assertThat(buffer.hasArray()).isTrue();
            pool.give(buffer);
        }
    }

    private void take(ByteBuffer bytes) {
        written.add(bytes.remaining());
        bytes.position(bytes.limit());
    }

    private WebSocketConnection connection(Outlet outlet) {
        try {
            SocketChannel channel = SocketChannel.open();
            WebSocketConnection connection =
                    new WebSocketConnection(
                            Upgrade.accept(recorder),
                            new UpgradedSocket(
                                    channel,
                                    new InetSocketAddress(0),
                                    false,
                                    outlet,
                                    new Watch(readiness, channel),
                                    new StagingPool(ByteBuffer::allocate, 1),
                                    new WriterPool(),
                                    open),
                            Optional.empty());
            open.add(connection);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
