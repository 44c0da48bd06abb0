package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several ways to end one connection at the same moment: still exactly one `onClose`.
@Timeout(120)
class RacingEndsTest {
    private static final WebSocketLimits LIMITS =
            WebSocketLimits.defaults()
                    .withCloseTimeout(Duration.ofMillis(500))
                    .withWriteTimeout(Duration.ofMillis(500), 4008);

    private enum Way {
        CLOSE,
        ABORT,
        PEER_CLOSE,
        PEER_VIOLATION,
        PEER_HANG_UP,
        PEER_RESET,
        HANDLER_FAILURE,
        WAKE,
        IDLE_CUT
    }

    @Test
    void endOnceWhateverMeets() throws InterruptedException {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            boolean flooding = random.nextBoolean();
            Recorder recorder = handler(flooding);
            try (TestServer server = TestServer.of(() -> recorder, LIMITS);
                    RawClient client = server.connect()) {
                WebSocketConnection connection = recorder.connection();
                CountDownLatch go = new CountDownLatch(1);
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Way way = Way.values()[random.nextInt(Way.values().length)];
                    threads.add(Thread.ofVirtual().start(() -> run(way, connection, client, go)));
                }
                go.countDown();
                for (Thread thread : threads) {
                    thread.join();
                }
                client.hangUp();
                recorder.closed();
                assertThat(recorder.closes()).as("seed " + seed).isEqualTo(1);
                assertThat(server.connections()).as("seed " + seed).isZero();
                Await.until(() -> server.guarded().status().open() == 0);
            }
        }
    }

    private static void run(
            Way way, WebSocketConnection connection, RawClient client, CountDownLatch go) {
        try {
            go.await();
            switch (way) {
                case CLOSE -> connection.close(4000, "");
                case ABORT -> connection.abort();
                case PEER_CLOSE -> client.close(1000);
                case PEER_VIOLATION -> client.send(new byte[] {(byte) 0x83, 0});
                case PEER_HANG_UP -> client.hangUp();
                case PEER_RESET -> {
                    client.socket().setSoLinger(true, 0);
                    client.hangUp();
                }
                case HANDLER_FAILURE -> client.text("fail");
                case WAKE -> connection.wake();
                case IDLE_CUT -> connection.stop();
            }
        } catch (IOException | UncheckedIOException e) {
            // the socket went away first: one of the races this is about
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Recorder handler(boolean flooding) {
        return new Recorder() {
            @Override
            public void onText(String message) {
                throw new IllegalStateException("asked to fail");
            }

            @Override
            public boolean fill(FrameBuffer out) {
                out.binary(new byte[flooding ? 60_000 : 1]);
                return flooding;
            }
        };
    }
}
