package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The server of a chaos run, on one port and one data directory through all its ends. It keeps
/// little and not for long, so that clients that stay away do lose something.
final class ChaosServer implements AutoCloseable {
    private static final int PAGE = 1_000;
    private static final int KEPT_OF_A_CUT_FILE = 2;

    private final Path data;
    private final int port;
    private final Set<String> epochs = new HashSet<>();
    private ServerProcess process;
    private final HttpApi admin;

    ChaosServer(Path data) {
        this.data = data;
        process = launch(0);
        port = process.port();
        admin = HttpApi.admin(process, data);
        ChaosEvent.CHANNELS.forEach(this::create);
        noteEpochs();
    }

    private ServerProcess launch(int onPort) {
        return ServerProcess.start(
                Launch.of("serve", "--data", data.toString(), "--port", Integer.toString(onPort))
                        .environment("NETSENTINEL_RETENTION_MAX_AGE", "6s")
                        .environment("NETSENTINEL_RETENTION_MAX_DISK", "16MiB")
                        .environment("NETSENTINEL_LIMITS_HOT_MEMORY", "1MiB")
                        .environment("NETSENTINEL_LIMITS_VIEWS_PER_USER", "1000")
                        .environment("NETSENTINEL_LIMITS_PING_INTERVAL", "2s")
                        .environment("NETSENTINEL_AUTH_LEEWAY", "0s")
                        .environment("NETSENTINEL_AUTH_ROWS_VIEWER", ChaosFilter.ROWS.text()),
                data.resolveSibling(data.getFileName() + ".log"));
    }

    /// An administrator who subscribes to a channel creates it.
    private void create(String channel) {
        try (LeanSocket socket =
                LeanSocket.open(port, "/ws/" + channel, LeanSocket.bearer(admin.token()))) {
            socket.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    String adminToken() {
        return admin.token();
    }

    /// SIGKILL and start.
    void kill() {
        process.kill();
        restart();
    }

    /// SIGTERM and start.
    void stop() {
        int exit = process.stop();
        if (exit != 0) {
            throw new AssertionError("SIGTERM ended with " + exit + ": " + process.log());
        }
        restart();
    }

    /// SIGKILL, the newest half of the newest two log files is cut off, and start.
    void killAndCut() {
        process.kill();
        try (Stream<Path> files = Files.list(data.resolve("log"))) {
            List<Path> segments =
                    files.filter(file -> file.getFileName().toString().endsWith(".mv.db"))
                            .filter(file -> file.getFileName().toString().startsWith("segment-"))
                            .sorted((a, b) -> Long.compare(number(b), number(a)))
                            .limit(2)
                            .toList();
            for (Path segment : segments) {
                try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
                    file.setLength(file.length() / KEPT_OF_A_CUT_FILE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    private static long number(Path segment) {
        return Long.parseLong(segment.getFileName().toString().replaceAll("[^0-9]", ""));
    }

    /// SIGTERM, and what was known about the newest offsets is lost: every channel begins a new
    /// epoch.
    void stopAndForget() {
        process.stop();
        try (Stream<Path> marks = Files.list(data.resolve("marks"))) {
            for (Path file : marks.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    private void restart() {
        process = launch(port);
        noteEpochs();
    }

    private void noteEpochs() {
        channels().forEach(one -> epochs.add(one.path("name").asText() + one.path("epoch")));
    }

    private List<JsonNode> channels() {
        Stream.Builder<JsonNode> all = Stream.builder();
        HttpApi.json(admin.get("/ws/channels")).path("channels").forEach(all);
        return all.build()
                .filter(one -> ChaosEvent.CHANNELS.contains(one.path("name").asText()))
                .toList();
    }

    /// How many new epochs of channels were seen.
    int epochChanges() {
        return epochs.size() - ChaosEvent.CHANNELS.size();
    }

    /// What the log still has, by channel.
    Map<String, BitSet> stored() {
        Map<String, BitSet> stored = new HashMap<>();
        for (String channel : ChaosEvent.CHANNELS) {
            BitSet offsets = new BitSet();
            long from = -1;
            long next = 0;
            while (next > from) {
                from = next;
                JsonNode page =
                        HttpApi.json(
                                admin.get(
                                        "/api/events?channel=%s&offset=%d&limit=%d"
                                                .formatted(channel, from, PAGE)));
                page.path("events").forEach(event -> offsets.set(event.path("offset").asInt()));
                next = page.path("next").asLong();
            }
            stored.put(channel, offsets);
        }
        return stored;
    }

    String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
