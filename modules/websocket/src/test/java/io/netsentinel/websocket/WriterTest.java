package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The writer: one at a time, only when there is something to do, many frames in one write.
class WriterTest {

    @Test
    void neverRunsTwiceAtOnceAndMissesNoWakeInAStorm() throws InterruptedException {
        AtomicLong produced = new AtomicLong();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        Recorder counting =
                new Recorder() {
                    private long sent;

                    @Override
                    public boolean fill(FrameBuffer out) {
                        together.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        boolean room = true;
                        while (room && sent < produced.get()) {
                            room = out.text(Long.toString(sent + 1).getBytes(UTF_8));
                            sent += room ? 1 : 0;
                        }
                        inside.decrementAndGet();
                        return !room;
                    }
                };
        try (TestServer server = TestServer.of(() -> counting);
                RawClient client = server.connect()) {
            WebSocketConnection connection = counting.connection();
            int each = 5_000;
            List<Thread> wakers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                wakers.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    for (int n = 0; n < each; n++) {
                                        produced.incrementAndGet();
                                        connection.wake();
                                    }
                                }));
            }
            for (long n = 1; n <= 8L * each; n++) {
                assertThat(client.read().text()).isEqualTo(Long.toString(n));
            }
            for (Thread waker : wakers) {
                waker.join();
            }
            assertThat(together.get()).isEqualTo(1);
            assertThat(connection.messagesOut()).isEqualTo(8L * each);
        }
    }

    @Test
    void endsWhenThereIsNothingToDoAndAnIdleConnectionHasNone() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        List<Thread> writers = new CopyOnWriteArrayList<>();
        Recorder idle =
                new Recorder() {
                    @Override
                    public boolean fill(FrameBuffer out) {
                        writers.add(Thread.currentThread());
                        begun.countDown();
                        return super.fill(out);
                    }
                };
        try (TestServer server = TestServer.of(() -> idle);
                RawClient client = server.connect()) {
            idle.connection().wake();
            begun.await();
            assertThat(writers.getFirst().isVirtual()).isTrue();
            assertThat(writers.getFirst().join(Duration.ofSeconds(10))).isTrue();
            idle.send("again".getBytes(UTF_8));
            assertThat(client.read().text()).isEqualTo("again");
        }
    }

    @Test
    void isNotCalledWithoutAWake() {
        AtomicInteger fills = new AtomicInteger();
        Recorder quiet =
                new Recorder() {
                    @Override
                    public boolean fill(FrameBuffer out) {
                        fills.incrementAndGet();
                        return super.fill(out);
                    }
                };
        try (TestServer server = TestServer.of(() -> quiet);
                RawClient client = server.connect()) {
            client.text("x");
            quiet.message();
            assertThat(fills.get()).isZero();
        }
    }

    @Test
    void sendsPreparedFramesPiecesAndPingsInOrder() {
        PreparedFrame shared = PreparedFrame.text("[".getBytes(UTF_8), "1]".getBytes(UTF_8));
        Recorder mixed =
                new Recorder() {
                    private boolean sent;

                    @Override
                    public boolean fill(FrameBuffer out) {
                        if (!sent) {
                            sent = true;
                            out.prepared(shared);
                            out.ping(new byte[] {7});
                            out.text(List.of("a".getBytes(UTF_8), "bc".getBytes(UTF_8)));
                            out.binary(new byte[] {1, 2, 3, 4}, 1, 2);
                            out.prepared(PreparedFrame.binary(new byte[] {9}));
                        }
                        return false;
                    }
                };
        try (TestServer server = TestServer.of(() -> mixed);
                RawClient client = server.connect()) {
            mixed.connection().wake();
            assertThat(client.read().text()).isEqualTo("[1]");
            assertThat(client.read().first()).isEqualTo(0x89);
            assertThat(client.read().text()).isEqualTo("abc");
            assertThat(client.read().payload()).containsExactly(2, 3);
            assertThat(client.read().payload()).containsExactly(9);
            assertThat(shared.length()).isEqualTo(5);
        }
    }

    @Test
    void sendsFramesLargerThanTheBufferInOnePieceOrMany() {
        byte[] large = "0123456789".repeat(50_000).getBytes(UTF_8);
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            pieces.add("0123456789".getBytes(UTF_8));
        }
        Recorder recorder =
                new Recorder() {
                    private int step;

                    @Override
                    public boolean fill(FrameBuffer out) {
                        boolean added =
                                switch (step) {
                                    case 0 -> out.text(large);
                                    case 1 -> out.text(pieces);
                                    case 2 -> out.prepared(PreparedFrame.text(large));
                                    default -> false;
                                };
                        step += added ? 1 : 0;
                        assertThat(out.room()).isBetween(0, 65_536);
                        return added;
                    }
                };
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            recorder.connection().wake();
            for (int i = 0; i < 3; i++) {
                assertThat(client.read().payload()).isEqualTo(large);
            }
        }
    }

    @Test
    void peersThatTakeNothingHoldUpNobodyHoweverMany() {
        byte[] large = new byte[32 << 10];
        int many = 4 * Runtime.getRuntime().availableProcessors() + 4;
        List<Recorder> handlers = new CopyOnWriteArrayList<>();
        try (TestServer server =
                TestServer.of(() -> {
                    Recorder recorder = new Recorder();
                    handlers.add(recorder);
                    return recorder;
                })) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                clients.add(RawClient.tcp(server.port(), 4 << 10).upgrade());
            }
            for (Recorder handler : handlers) {
                for (int i = 0; i < 64; i++) {
                    handler.send(large);
                }
            }
            handlers.forEach(Recorder::awaitBlocked);
            try (RawClient other = server.connect()) {
                Recorder last = handlers.getLast();
                for (int i = 0; i < 100; i++) {
                    last.send(Integer.toString(i).getBytes(UTF_8));
                    assertThat(other.read().text()).isEqualTo(Integer.toString(i));
                }
            }
            for (RawClient client : clients) {
                for (int i = 0; i < 64; i++) {
                    assertThat(client.read().payload()).hasSize(large.length);
                }
                client.close();
            }
        }
    }

    @Test
    void aConnectionThatWaitsHasNoThread() throws InterruptedException {
        BlockingQueue<Thread> readers = new LinkedBlockingQueue<>();
        Recorder waiting =
                new Recorder() {
                    @Override
                    public void onText(String message) {
                        readers.add(Thread.currentThread());
                        super.onText(message);
                    }
                };
        try (TestServer server = TestServer.of(() -> waiting);
                RawClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.text("x");
                waiting.message();
                assertThat(readers.take().join(Duration.ofSeconds(10))).isTrue();
                assertThat(waiting.connection().isOpen()).isTrue();
            }
        }
    }

    @Test
    void countsTraffic() {
        Recorder recorder = new Recorder();
        try (TestServer server = TestServer.of(() -> recorder);
                RawClient client = server.connect()) {
            client.text("abc");
            recorder.message();
            recorder.send("defg".getBytes(UTF_8));
            client.read();
            client.close(1000);
            client.read();
            recorder.closed();
            WebSocketConnection connection = recorder.connection();
            assertThat(connection.bytesIn()).isEqualTo(6 + 3 + 6 + 2);
            assertThat(connection.messagesIn()).isEqualTo(1);
            assertThat(connection.bytesOut()).isEqualTo(2 + 4 + 2 + 2);
            assertThat(connection.messagesOut()).isEqualTo(1);
            assertThat(connection.remote()).isEqualTo(client.socket().getLocalSocketAddress());
        }
    }
}
