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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A WebSocket client that nobody here wrote: the npm package `ws` in a Node process.
final class ForeignClient implements AutoCloseable {
    private static final String PACKAGE = "ws@8.23.0";
    private static final Path FOLDER = Path.of("target", "ws-client").toAbsolutePath();
    private static final int INSTALL_SECONDS = 120;
    private static final boolean INSTALLED = install();

    private final Process process;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

    private ForeignClient(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /// Whether Node and npm are there and the package could be had.
    static boolean installed() {
        return INSTALLED;
    }

    private static boolean install() {
        try {
            Files.createDirectories(FOLDER);
            try (InputStream script = ForeignClient.class.getResourceAsStream("ws-client.cjs")) {
                Files.copy(
                        java.util.Objects.requireNonNull(script),
                        FOLDER.resolve("ws-client.cjs"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.exists(FOLDER.resolve("node_modules/ws/package.json"))) {
                return true;
            }
            Process npm =
                    new ProcessBuilder(
                                    "npm",
                                    "install",
                                    "--no-save",
                                    "--no-audit",
                                    "--no-fund",
                                    "--ignore-scripts",
                                    "--prefix",
                                    FOLDER.toString(),
                                    PACKAGE)
                            .redirectErrorStream(true)
                            .redirectOutput(FOLDER.resolve("npm.log").toFile())
                            .start();
            if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
                npm.destroyForcibly();
                return false;
            }
            return npm.exitValue() == 0;
        } catch (IOException _) {
            return false; // there is no npm
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Connects and sends some messages.
    static ForeignClient open(URI address, String token, String... messages) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("node", "ws-client.cjs", FOLDER.toString(), address.toString()));
        command.add(token);
        command.addAll(List.of(messages));
        try {
            return new ForeignClient(
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
            reader.lines().forEach(line -> messages.add(HttpApi.parse(line)));
        } catch (IOException | UncheckedIOException _) {
            // It was ended.
        }
    }

    /// The next message of one type; others before it are passed over.
    JsonNode next(String type) {
        try {
            while (true) {
                JsonNode message = messages.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no " + type + " came");
                }
                if (message.path("type").asText().equals(type)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
