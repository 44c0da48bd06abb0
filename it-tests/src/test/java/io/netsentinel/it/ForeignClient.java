package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A WebSocket client that nobody here wrote, in a process of its own.
final class ForeignClient implements AutoCloseable {
    private final Process process;
    private final BufferedWriter input;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

    private ForeignClient(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
    }

    /// How to connect.
    ///
    /// @param token a Bearer token, empty for none
    /// @param subprotocol the one to offer, empty for none
    /// @param format how messages look on the wire: a format the scripts know
    /// @param deflate whether to offer permessage-deflate, as most libraries do on their own
    record Wish(String token, String subprotocol, String format, boolean deflate) {
        static Wish json(String token) {
            return new Wish(token, "netsentinel.v1.json", "json", true);
        }

        static Wish packed(String token) {
            return new Wish(token, "netsentinel.v1.msgpack", "msgpack", true);
        }

        Wish withDeflate(boolean offered) {
            return new Wish(token, subprotocol, format, offered);
        }

        private String text() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("token", token)
                    .put("subprotocol", subprotocol)
                    .put("format", format)
                    .put("deflate", deflate)
                    .toString();
        }
    }

    /// Connects with Node's `ws`, offers no subprotocol, and sends some messages.
    static ForeignClient open(URI address, String token, String... messages) {
        return open(ForeignLibrary.NODE_WS, address, new Wish(token, "", "json", true), messages);
    }

    /// Connects and sends some messages. The first message that comes is `open` (`protocol`,
    /// `extensions`) or `refused` (`status`), the last `closed` (`code`).
    static ForeignClient open(ForeignLibrary library, URI address, Wish wish, String... messages) {
        List<String> command = new ArrayList<>(library.command());
        command.addAll(List.of(address.toString(), wish.text()));
        command.addAll(List.of(messages));
        try {
            return new ForeignClient(
                    new ProcessBuilder(command)
                            .directory(ForeignLibrary.folder().toFile())
                            .redirectError(
                                    ForeignLibrary.folder().resolve(library + ".log").toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(line -> messages.add(HttpApi.parse(line)));
        } catch (IOException | UncheckedIOException _) {
            // It was ended.
        }
    }

    /// Sends one more message.
    void send(String message) {
        try {
            input.write(message + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets the client close with 1000.
    void finish() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
