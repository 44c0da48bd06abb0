package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that is a million events behind catches up while 5,000 events a second arrive: fast, in
/// bounded memory, and without slowing down a client that is not behind.
@Tag("long")
final class ReplayBenchmark {
    private static final int BEHIND = Integer.getInteger("netsentinel.replay.events", 1_000_000);
    private static final int BATCH = 2_000;
    private static final int RATE = 5_000;
    private static final int BEATS = 200;
    private static final int QUIET_SECONDS = 10;
    private static final long MEMORY_SLACK = 512L << 20;
    private static final int AIM = 50_000;
    private static final String CHANNEL = "network";

    @TempDir private Path folder;

    @Test
    void aMillionEventsAreCaughtUpWithWhileFiveThousandASecondArrive() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            for (int first = 0; first < BEHIND; first += BATCH) {
                HttpApi.json(admin.postEve(Eve.requests("old", first, BATCH)));
            }
            long behind = admin.tail(CHANNEL);
            try (Ingest ingest = new Ingest(admin, RATE);
                    Pulse pulse = new Pulse(server.port(), admin.token(), "logs");
                    BeatListener live = new BeatListener(server.port(), admin.token(), "logs")) {
                measured(pulse, live, QUIET_SECONDS); // warm
                live.latencies().clear();
                measured(pulse, live, QUIET_SECONDS);
                double before = live.latencies().millis(0.99);
                long resident = ProcessFigures.resident(server);

                live.latencies().clear();
                Thread beats = Thread.ofVirtual().start(() -> measured(pulse, live, 3_600));
                Catcher catcher = new Catcher(server.port(), admin.token());
                long begin = System.nanoTime();
                catcher.catchUp(behind);
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                pulse.rest();
                join(beats);
                double during = live.latencies().millis(0.99);
                long grown = ProcessFigures.resident(server) - resident;
                int arrived = ingest.acknowledgedCount();
                ingest.finish();
                try (Results results = Results.of("replay")) {
                    results.add("a client far behind", behind * 1e3 / millis, "1/s");
                    results.add("bytes to it", (catcher.bytes >> 20) * 1e3 / millis, "MiB/s");
                    results.add("memory it takes", grown >> 20, "MiB");
                    results.add("p99 of a live client meanwhile", during, "ms", "before", before);
                    results.add("arrived meanwhile and before", arrived, "");
                }
                assertThat(catcher.holes).isZero();
                assertThat(live.problem()).isEmpty();
                assertThat(grown).isLessThan(MEMORY_SLACK);
                assertThat(behind * 1_000 / millis).isGreaterThanOrEqualTo(AIM);
                assertThat(during).isLessThan(2 * before);
            }
        }
    }

    private static void measured(Pulse pulse, BeatListener live, int seconds) {
        long last = pulse.beat(BEATS * seconds, BEATS);
        Await.until("the live client has all", () -> live.position() == last);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Reads as fast as it can and looks at offsets only, so that it is not the client that is
    /// measured.
    private static final class Catcher {
        private static final byte[] OFFSET = "\"offset\":".getBytes(StandardCharsets.UTF_8);

        private final int port;
        private final String token;
        private long position;
        private long holes;
        private long bytes;

        Catcher(int port, String token) {
            this.port = port;
            this.token = token;
        }

        void catchUp(long to) throws IOException {
            try (LeanSocket socket =
                    LeanSocket.open(
                            port, "/ws/" + CHANNEL + "?offset=0", LeanSocket.bearer(token))) {
                while (position < to) {
                    LeanSocket.Message frame = socket.read();
                    if (frame.opcode() == LeanSocket.CLOSE) {
                        throw new IOException("closed with " + frame.closeCode());
                    }
                    take(frame.payload());
                }
            }
        }

        private void take(byte[] frame) {
            bytes += frame.length;
            for (int i = 0; i < frame.length - OFFSET.length; i++) {
                if (frame[i] == OFFSET[0]
                        && Arrays.equals(frame, i, i + OFFSET.length, OFFSET, 0, OFFSET.length)) {
                    long offset = 0;
                    for (i += OFFSET.length; frame[i] >= '0' && frame[i] <= '9'; i++) {
                        offset = 10 * offset + frame[i] - '0';
                    }
                    holes += offset == position + 1 ? 0 : 1;
                    position = offset;
                }
            }
        }
    }
}
