package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that is large already when the server starts.
final class BacklogIT {
    private static final long LINES = 200_000; // about 150 MB
    private static final long GIGABYTE_OF_LINES = 1_400_000;
    private static final double READY_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final List<String> PAGES =
            List.of(
                    "/api/alerts?limit=50",
                    "/ws/channels",
                    "/api/events?channel=network&reverse=true&limit=20");

    @TempDir private Path folder;

    private long slowest;

    @Test
    void isTakenInCompletelyAndInOrderAlsoWhenTheServerIsKilledInTheMiddle() throws IOException {
        write(LINES);
        try (ServerProcess server = serve()) {
            HttpApi admin = HttpApi.admin(server, data());
            Await.until(
                    "a tenth is taken in",
                    PATIENCE,
                    () -> SourceView.of(admin).accepted() > LINES / 10);
            server.kill();
        }
        try (ServerProcess server = serve()) {
            HttpApi admin = HttpApi.admin(server, data());
            try (StreamReader reader = new StreamReader(admin)) {
                Await.until("all is delivered", PATIENCE, () -> reader.count() == LINES);
                assertThat(SourceView.of(admin).deadLetters()).isZero();
                assertThat(SourceView.of(admin).lostBytes()).isZero();
                assertThat(stored(admin)).isEqualTo(LINES);
                reader.requireNoProblem();
            }
        }
    }

    @Test
    void showsItsProgressWhilePagesAnswer() throws IOException {
        write(LINES);
        try (ServerProcess server = serve()) {
            HttpApi admin = HttpApi.admin(server, data());
            List<SourceView> seen = watch(admin, LINES);
            assertThat(seen).anyMatch(view -> view.progress() > 0 && view.progress() < 1);
            assertThat(seen).extracting(SourceView::accepted).isSorted();
            assertThat(stored(admin)).isEqualTo(LINES);
        }
    }

    /// Takes about a minute and 4 GB of disk.
    @Test
    @Tag("long")
    void ofAGigabyteDoesNotDelayTheStartAndTakesBoundedMemory() throws IOException {
        long bytes = write(GIGABYTE_OF_LINES);
        long start = System.nanoTime();
        try (ServerProcess server = serve()) {
            double ready = (System.nanoTime() - start) / 1e9;
            HttpApi admin = HttpApi.admin(server, data());
            try (StreamReader reader = new StreamReader(admin)) {
                List<SourceView> seen = watch(admin, GIGABYTE_OF_LINES);
                double seconds = (System.nanoTime() - start) / 1e9;
                Await.until(
                        "all is delivered", PATIENCE, () -> reader.count() == GIGABYTE_OF_LINES);
                Usage usage = Usage.of(server);
                try (Results results = Results.of("backlog")) {
                    results.add("size", bytes >> 20, "MiB");
                    results.add("ready after", ready, "s");
                    results.add("lines from a cold start", GIGABYTE_OF_LINES / seconds, "1/s");
                    results.add("pages asked meanwhile", (long) seen.size() * PAGES.size(), "");
                    results.add("the slowest of them", slowest / 1e6, "ms");
                    results.add("memory at most", usage.peak(), "MiB");
                }
                assertThat(ready).as("seconds until ready").isLessThan(READY_SECONDS);
                assertThat(usage.peak()).as("MiB at most").isLessThan(1_536);
                assertThat(stored(admin)).isEqualTo(GIGABYTE_OF_LINES);
            }
        }
    }

    private long write(long lines) throws IOException {
        Files.createDirectory(data());
        return new EveStream().append(file(), lines);
    }

    private Path file() {
        return folder.resolve("eve.json");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private ServerProcess serve() {
        return ServerProcess.serve(data(), 0, "--eve", file().toString());
    }

    /// Asks for pages until all is committed; every one must be answered.
    private List<SourceView> watch(HttpApi admin, long lines) {
        List<SourceView> seen = new ArrayList<>();
        Await.until(
                "all is committed",
                PATIENCE,
                () -> {
                    seen.add(SourceView.of(admin));
                    for (String page : PAGES) {
                        long asked = System.nanoTime();
                        assertThat(admin.get(page).statusCode()).as(page).isEqualTo(200);
                        slowest = Math.max(slowest, System.nanoTime() - asked);
                    }
                    LockSupport.parkNanos(
                            BETWEEN_LOOKS.toNanos()); // people do not ask all the time either
                    return seen.getLast().accepted() == lines;
                });
        return seen;
    }

    /// Events made of lines: on `system` the server's own health is told as well, on a slow machine
    /// more often.
    private static long stored(HttpApi admin) {
        return StreamReader.CHANNELS.stream().mapToLong(admin::tail).sum() - health(admin);
    }

    private static long health(HttpApi admin) {
        String path =
                "/api/events?channel=system&limit=1000&filter="
                        + URLEncoder.encode(
                                "event.dataset = \"netsentinel.health\"", StandardCharsets.UTF_8)
                        + "&offset=";
        long count = 0;
        long offset = 0;
        JsonNode page = HttpApi.json(admin.get(path + offset));
        while (page.path("next").asLong() > offset) {
            count += page.path("events").size();
            offset = page.path("next").asLong();
            page = HttpApi.json(admin.get(path + offset));
        }
        return count;
    }
}
