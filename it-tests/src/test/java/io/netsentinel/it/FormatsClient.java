package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client of other formats that nobody here wrote: the npm packages `ws` and `@msgpack/msgpack`
/// in a Node process.
final class FormatsClient implements AutoCloseable {
    private static final List<String> PACKAGES = List.of("ws@8.23.0", "@msgpack/msgpack@3.1.3");
    private static final Path FOLDER = Path.of("target", "formats-client").toAbsolutePath();
    private static final String SCRIPT = "formats-client.cjs";
    private static final int INSTALL_SECONDS = 120;
    private static final boolean INSTALLED = install();

    private final Process process;
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final Deque<JsonNode> messages = new ArrayDeque<>();

    /// The kinds of frames seen: `text`, `binary`, `text compressed`, `binary compressed`.
    final Set<String> kinds = new TreeSet<>();

    private FormatsClient(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /// Whether Node and npm are there and the packages could be had.
    static boolean installed() {
        return INSTALLED;
    }

    private static boolean install() {
        try {
            Files.createDirectories(FOLDER);
            try (InputStream script = FormatsClient.class.getResourceAsStream(SCRIPT)) {
                Files.copy(
                        Objects.requireNonNull(script),
                        FOLDER.resolve(SCRIPT),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return Files.exists(FOLDER.resolve("node_modules/@msgpack/msgpack/package.json"))
                    || npm();
        } catch (IOException _) {
            return false; // there is no npm
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean npm() throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "npm",
                                "install",
                                "--no-save",
                                "--no-audit",
                                "--no-fund",
                                "--ignore-scripts",
                                "--prefix",
                                FOLDER.toString()));
        command.addAll(PACKAGES);
        Process npm =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve("npm.log").toFile())
                        .start();
        if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
            npm.destroyForcibly();
            return false;
        }
        return npm.exitValue() == 0;
    }

    /// Connects and sends some messages.
    static FormatsClient open(HttpApi api, String subprotocol, String... messages) {
        URI address = Subscriber.address(api.address(), "/ws");
        List<String> command = new ArrayList<>();
        command.addAll(List.of("node", SCRIPT, FOLDER.toString(), address.toString()));
        command.addAll(List.of(api.token(), subprotocol));
        command.addAll(List.of(messages));
        try {
            return new FormatsClient(
                    new ProcessBuilder(command)
                            .directory(FOLDER.toFile())
                            .redirectError(FOLDER.resolve("node.log").toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(line -> frames.add(HttpApi.parse(line)));
        } catch (IOException | UncheckedIOException _) {
            // It was ended.
        }
    }

    /// The next message of one type; others before it are passed over.
    JsonNode next(String type) {
        JsonNode message = next();
        while (!message.path("type").asText().equals(type)) {
            message = next();
        }
        return message;
    }

    private JsonNode next() {
        while (messages.isEmpty()) {
            try {
                JsonNode frame = frames.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError("no frame came");
                }
                boolean compressed = frame.path("compressed").asBoolean();
                kinds.add(frame.path("kind").asText() + (compressed ? " compressed" : ""));
                frame.path("messages").forEach(messages::add);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return messages.removeFirst();
    }

    /// The next events, in order.
    List<JsonNode> events(int count) {
        List<JsonNode> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(next("event"));
        }
        return events;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
