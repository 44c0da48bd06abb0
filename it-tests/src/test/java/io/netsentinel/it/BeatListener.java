package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/// Follows a channel a [Pulse] publishes to and notes how long each event took from there to here.
final class BeatListener implements AutoCloseable {
    private final LeanSocket socket;
    private final Latencies latencies = new Latencies();
    private volatile long position;
    private final AtomicLong received = new AtomicLong();
    private volatile String problem = "";

    BeatListener(int port, String token, String channel) {
        try {
            socket = LeanSocket.open(port, "/ws/" + channel, LeanSocket.bearer(token));
            while (!HttpApi.parse(socket.read().text()).toString().contains("\"connected\"")) {
                // subscribed comes first
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("beats").start(this::read);
    }

    private void read() {
        try {
            while (true) {
                LeanSocket.Message frame = socket.read();
                long now = System.nanoTime();
                if (frame.opcode() == LeanSocket.CLOSE) {
                    return;
                }
                JsonNode messages = HttpApi.parse(frame.text());
                if (messages.isArray()) {
                    messages.forEach(message -> take(message, now));
                } else {
                    take(messages, now);
                }
            }
        } catch (IOException _) {
            // It is over.
        }
    }

    private void take(JsonNode message, long now) {
        if (!message.path("type").asText().equals("event")) {
            return;
        }
        long offset = message.path("offset").asLong();
        if (position > 0 && offset != position + 1) {
            problem = "after " + position + " came " + offset;
        }
        position = offset;
        received.incrementAndGet();
        JsonNode sent = message.at("/data/nanos");
        if (sent.isNumber()) {
            latencies.add(now - sent.asLong());
        }
    }

    Latencies latencies() {
        return latencies;
    }

    /// The offset of the newest event.
    long position() {
        return position;
    }

    long received() {
        return received.get();
    }

    /// What broke the order; empty when nothing did.
    String problem() {
        return problem;
    }

    @Override
    public void close() {
        socket.close();
    }
}
