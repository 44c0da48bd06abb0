package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `netsentinel backup` while 5,000 events a second come in, and `netsentinel restore`.
final class BackupIT {
    private static final int BATCH = 500;
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    @TempDir private Path folder;

    /// Posts 5,000 events a second until it is ended.
    private static final class Publisher implements AutoCloseable {
        private final HttpApi api;
        private final Thread thread;
        private volatile boolean going = true;
        private final AtomicInteger acknowledged = new AtomicInteger();

        Publisher(HttpApi api) {
            this.api = api;
            this.thread = Thread.ofPlatform().start(this::run);
        }

        private void run() {
            long next = System.nanoTime();
            while (going) {
                HttpApi.json(api.postEve(Eve.requests("pub", acknowledged.get(), BATCH)));
                acknowledged.addAndGet(BATCH);
                next += PAUSE_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }

        int acknowledged() {
            return acknowledged.get();
        }

        @Override
        public void close() {
            going = false;
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aBackupUnderLoadRestoresToAServerThatAnswersFromTheSameOffsets() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path file = folder.resolve("backup.zip");
        int before;
        int after;
        List<JsonNode> original;
        JsonNode channel;
        HttpApi admin;
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            admin = HttpApi.admin(server, data);
            HttpApi.json(admin.postEve(Eve.alerts("kept", 0, 3)));
            try (Publisher publisher = new Publisher(admin)) {
                Await.until("events come in", () -> publisher.acknowledged() >= 5_000);
                before = publisher.acknowledged();
                Launch.Result result = backup(data, file);
                after = publisher.acknowledged();
                assertThat(result.exit()).as(result.err()).isZero();
                assertThat(result.out()).startsWith(file + ": ").contains(" bytes, ");
                assertThat(backup(data, file).exit()).isEqualTo(2);
                Await.until("they still do", () -> publisher.acknowledged() > after);
            }
            original = admin.stored("network");
            channel = channel(admin);
            assertThat(admin.get("/api/audit").body()).contains("\"backup\"", file.toString());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Path copy = folder.resolve("copy");
        Launch.Result restored =
                Launch.of("restore", file.toString(), "--data", copy.toString()).run();
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(Launch.of("restore", file.toString(), "--data", copy.toString()).run().exit())
                .isEqualTo(1);
        try (ServerProcess server = ServerProcess.serve(copy, 0)) {
            // the same keys, so the same token
            HttpApi same = admin.at(server);
            JsonNode found = channel(same);
            assertThat(found.path("epoch")).isEqualTo(channel.path("epoch"));
            int tail = found.path("tail").asInt();
            assertThat(tail).isBetween(before, after + BATCH);
            List<JsonNode> held = same.stored("network");
            assertThat(held).isEqualTo(original.subList(0, tail));
            assertThat(same.stored("alerts")).hasSize(3);
            try (Subscriber client =
                    Subscriber.from(same, "network", channel.path("epoch").asText(), tail - 5)) {
                assertThat(client.events(5).getLast().path("offset").asInt()).isEqualTo(tail);
            }
            HttpApi.json(same.postEve(Eve.requests("new", 0, 1)));
            assertThat(same.tail("network")).isEqualTo(tail + 1);
            assertThat(HttpApi.json(same.get("/api/alerts")).path("alerts")).hasSize(3);
            assertThat(HttpApi.json(same.get("/api/audit/verify")).path("whole").asBoolean())
                    .isTrue();
            assertThat(same.get("/api/audit").body()).contains("\"restore\"");
        }
    }

    @Test
    void aStoppedServerIsBackedUpTooAndWhatIsNoBackupIsNamed() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi.json(HttpApi.admin(server, data).postEve(Eve.alerts("kept", 0, 3)));
            assertThat(server.stop()).isZero();
        }
        Path file = folder.resolve("stopped.zip");
        assertThat(backup(data, file).exit()).isZero();
        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(whole, 5_000));
        Path target = folder.resolve("target");
        Launch.Result result =
                Launch.of("restore", cut.toString(), "--data", target.toString()).run();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains(cut + " cannot be restored");
        assertThat(target).doesNotExist();
        assertThat(backup(folder.resolve("nowhere"), folder.resolve("x.zip")).exit()).isEqualTo(2);
        assertThat(folder.resolve("nowhere")).doesNotExist();
        assertThat(Launch.of("restore", file.toString()).run().err()).contains("--data is missing");
    }

    private static Launch.Result backup(Path data, Path file) {
        return Launch.of("backup", file.toString(), "--data", data.toString()).run();
    }

    private static JsonNode channel(HttpApi api) {
        for (JsonNode one : HttpApi.json(api.get("/ws/channels")).path("channels")) {
            if (one.path("name").asText().equals("network")) {
                return one;
            }
        }
        throw new AssertionError("no channel network");
    }
}
