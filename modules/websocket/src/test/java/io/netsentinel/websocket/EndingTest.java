package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `onClose` comes exactly once for every way a connection can end, and resources are given back.
@Timeout(60)
class EndingTest {
    private static final byte[] FILLER = new byte[60_000];

    @Test
    void byTheEndOfTheStream() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder)) {
            server.connect().hangUp();
            CloseEvent event = recorder.closed();
            assertThat(event.cause()).isEqualTo(CloseEvent.Cause.LOST);
            assertThat(event.code()).isEqualTo(1006);
            assertThat(event.sentCode()).isZero();
            assertGone(server, recorder);
        }
    }

    @Test
    void byAReset() throws IOException {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder)) {
            RawClient client = server.connect();
            client.socket().setSoLinger(true, 0);
            client.hangUp();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.LOST);
            assertThat(recorder.closed().error()).isPresent();
            assertGone(server, recorder);
        }
    }

    @Test
    void byHalfAFrame() throws IOException {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.send(new byte[] {(byte) 0x81, (byte) 0x85, 1, 2});
            client.socket().shutdownOutput();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.LOST);
            assertThat(client.ended()).isTrue();
            assertGone(server, recorder);
        }
    }

    @Test
    void byAPeerThatTakesNothing() {
        Recorder recorder = flooding();
        WebSocketLimits limits =
                WebSocketLimits.defaults().withWriteTimeout(Duration.ofMillis(300), 4008);
        try (TestServer server = TestServer.of(() -> recorder, limits);
                RawClient client = RawClient.tcp(server.port(), 8_192).upgrade()) {
            recorder.connection().wake();
            CloseEvent event = recorder.closed();
            assertThat(event.cause()).isEqualTo(CloseEvent.Cause.WRITE_TIMEOUT);
            assertThat(event.code()).isEqualTo(4008);
            assertThat(event.sentCode()).isZero();
            assertGone(server, recorder);
            assertThat(client.socket().isConnected()).isTrue();
        }
    }

    @Test
    void notByAPeerThatIsSlowButAlive() {
        Recorder recorder = new Recorder();
        Duration timeout = Duration.ofMillis(1_500);
        WebSocketLimits limits = WebSocketLimits.defaults().withWriteTimeout(timeout, 4008);
        try (TestServer server = TestServer.of(() -> recorder, limits);
                RawClient client = RawClient.tcp(server.port(), 8_192).upgrade()) {
            for (int i = 0; i < 50; i++) {
                recorder.send(FILLER);
            }
            long begun = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                client.read();
                LockSupport.parkNanos(80_000_000L);
            }
            assertThat(System.nanoTime() - begun).isGreaterThan(2 * timeout.toNanos());
            assertThat(recorder.connection().isOpen()).isTrue();
        }
    }

    @Test
    void byALocalCloseWhileThePeerTakesNothing() {
        Recorder recorder = flooding();
        WebSocketLimits limits =
                WebSocketLimits.defaults().withCloseTimeout(Duration.ofMillis(200));
        try (TestServer server = TestServer.of(() -> recorder, limits);
                RawClient client = RawClient.tcp(server.port(), 8_192).upgrade()) {
            recorder.connection().wake();
            recorder.awaitBlocked();
            recorder.connection().close(4003, "kicked");
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.LOCAL);
            assertThat(recorder.closed().sentCode()).isZero();
            assertGone(server, recorder);
            assertThat(client.socket().isConnected()).isTrue();
        }
    }

    @Test
    void byTheStreamEndingWhileTheWriterIsBlocked() {
        Recorder recorder = flooding();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = RawClient.tcp(server.port(), 8_192).upgrade()) {
            recorder.connection().wake();
            recorder.awaitBlocked();
            client.hangUp();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.LOST);
            assertGone(server, recorder);
        }
    }

    @Test
    void byAnAbort() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            recorder.connection().abort();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.LOCAL);
            assertThat(recorder.closed().code()).isEqualTo(1006);
            assertThat(client.ended()).isFalse();
            assertGone(server, recorder);
        }
    }

    @Test
    void byAHandlerThatThrows() {
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void onText(String message) {
                        throw new IllegalStateException("secret");
                    }
                };
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.text("x");
            RawClient.Frame close = client.read();
            assertThat(close.code()).isEqualTo(1011);
            assertThat(close.reason()).doesNotContain("secret");
            client.hangUp();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.FAILED);
            assertThat(recorder.closed().error()).get().isInstanceOf(IllegalStateException.class);
            assertGone(server, recorder);
        }
    }

    @Test
    void byAHandlerThatThrowsInFill() {
        Recorder recorder =
                new Recorder() {
                    @Override
                    public boolean fill(FrameBuffer out) {
                        throw new IllegalStateException("secret");
                    }
                };
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            recorder.connection().wake();
            assertThat(client.read().code()).isEqualTo(1011);
            client.close(1011);
            assertThat(client.ended()).isTrue();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.FAILED);
            assertGone(server, recorder);
        }
    }

    @Test
    void byAHandlerThatThrowsInOnOpen() {
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void onOpen(WebSocketConnection connection) {
                        throw new IllegalStateException("secret");
                    }
                };
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            assertThat(client.read().code()).isEqualTo(1011);
            client.hangUp();
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.FAILED);
            assertGone(server, recorder);
        }
    }

    @Test
    void byAHandlerThatFailsInOnClose() {
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void onClose(CloseEvent event) {
                        super.onClose(event);
                        throw new AssertionError("handler is broken");
                    }
                };
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.text("x");
            recorder.message();
            client.hangUp();
            recorder.closed();
            Await.until(() -> server.guarded().status().open() == 0);
            assertGone(server, recorder);
        }
    }

    @Test
    void withoutHoldingUpOthersHoweverLongTheHandlerTakes() throws InterruptedException {
        int many = 8 * Runtime.getRuntime().availableProcessors();
        CountDownLatch enough = new CountDownLatch(1);
        Semaphore filling = new Semaphore(0);
        List<Recorder> handlers = new CopyOnWriteArrayList<>();
        try (TestServer server =
                TestServer.of(() -> {
                    Recorder recorder =
                            new Recorder() {
                                // the connection ends while its writer is at work, which finds out
                                @Override
                                public boolean fill(FrameBuffer out) {
                                    filling.release();
                                    while (handlers.size() <= many && connection().isOpen()) {
                                        LockSupport.parkNanos(1_000_000);
                                    }
                                    return super.fill(out);
                                }

                                @Override
                                public void onClose(CloseEvent event) {
                                    super.onClose(event);
                                    try {
                                        enough.await();
                                    } catch (InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                }
                            };
                    handlers.add(recorder);
                    return recorder;
                })) {
            for (int i = 0; i < many; i++) {
                try (RawClient client = server.connect()) {
                    handlers.getLast().send(new byte[] {'x'});
                    assertThat(filling.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                    client.hangUp();
                    handlers.getLast().closed();
                }
            }
            try (RawClient other = server.connect()) {
                handlers.getLast().send("still here".getBytes(UTF_8));
                assertThat(other.read().text()).isEqualTo("still here");
            } finally {
                enough.countDown();
            }
        }
    }

    @Test
    void byTheServersStop() {
        List<Recorder> recorders = new java.util.concurrent.CopyOnWriteArrayList<>();
        TestServer server =
                TestServer.of(() -> {
                    Recorder recorder = new Recorder();
                    recorders.add(recorder);
                    return recorder;
                });
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(server.connect());
        }
        recorders.forEach(Recorder::connection);
        server.guarded().stop(1001, "going", Duration.ofMillis(500));
        for (RawClient client : clients) {
            RawClient.Frame close = client.read();
            assertThat(close.code()).isEqualTo(1001);
            assertThat(close.reason()).isEqualTo("going");
            client.hangUp();
        }
        for (Recorder recorder : recorders) {
            assertThat(recorder.closed().sentCode()).isEqualTo(1001);
        }
        // Only after the last of them: the count is that of all.
        for (Recorder recorder : recorders) {
            assertGone(server, recorder);
        }
    }

    /// As when a listener that died is started again.
    @Test
    void notByHelidonsOwnStopAndThenByTheServers() throws InterruptedException {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            recorder.connection();
            server.guarded().server().stop();
            client.send(RawClient.FIN | RawClient.PING, new byte[] {7});
            RawClient.Frame pong = client.read();
            assertThat(pong.first()).isEqualTo(0x8A);
            assertThat(pong.payload()).containsExactly(7);

            Thread stop =
                    Thread.ofVirtual()
                            .start(() ->
                                    server.guarded().stop(1001, "going", Duration.ofSeconds(30)));
            assertThat(client.read().code()).isEqualTo(1001);
            client.close(1001);
            assertThat(recorder.closed().sentCode()).isEqualTo(1001);
            assertGone(server, recorder);
            stop.join();
        }
    }

    @Test
    void byFiveMinutesInWhichNothingCameOrWent() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            WebSocketConnection connection = recorder.connection();
            connection.check(System.nanoTime() + Duration.ofSeconds(295).toNanos());
            assertThat(connection.isOpen()).isTrue();
            connection.check(System.nanoTime() + Duration.ofSeconds(301).toNanos());
            assertThat(client.read().code()).isEqualTo(1001);
            client.close(1001);
            assertThat(recorder.closed().cause()).isEqualTo(CloseEvent.Cause.STOPPED);
            assertGone(server, recorder);
        }
    }

    @Test
    void byTwoThreadsClosingAtOnceWithOneCloseFrame() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            Recorder recorder = new Recorder();
            try (TestServer server = TestServer.of(() -> recorder);
                    RawClient client = server.connect()) {
                WebSocketConnection connection = recorder.connection();
                CountDownLatch go = new CountDownLatch(1);
                Thread one = closer(connection, go, 4000);
                Thread two = closer(connection, go, 4001);
                client.close(1000);
                go.countDown();
                one.join();
                two.join();
                assertThat(client.read().isClose()).isTrue();
                assertThat(client.ended()).isTrue();
                assertThat(recorder.closed().code()).isEqualTo(1000);
                assertThat(recorder.closed().clean()).isTrue();
                assertGone(server, recorder);
            }
        }
    }

    @Test
    void withNothingCalledAfterwards() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.close(1000);
            recorder.closed();
            WebSocketConnection connection = recorder.connection();
            connection.wake();
            connection.ping(new byte[0]);
            connection.close(4000, "late");
            connection.abort();
            recorder.send("late".getBytes(UTF_8));
            assertThat(client.read().isClose()).isTrue();
            assertThat(client.ended()).isTrue();
            assertGone(server, recorder);
        }
    }

    private static Thread closer(WebSocketConnection connection, CountDownLatch go, int code) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    connection.close(code, "");
                });
    }

    /// Sends without end.
    private static Recorder flooding() {
        return new Recorder() {
            @Override
            public boolean fill(FrameBuffer out) {
                out.binary(FILLER);
                return true;
            }
        };
    }

    private static void assertGone(TestServer server, Recorder recorder) {
        assertThat(recorder.closes()).isEqualTo(1);
        assertThat(server.connections()).isZero();
        Await.until(() -> server.guarded().status().open() == 0);
    }
}
