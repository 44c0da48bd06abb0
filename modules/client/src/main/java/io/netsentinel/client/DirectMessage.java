package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// A message to this client alone. The server keeps it until it is acknowledged, so it may come
/// again after a break.
public final class DirectMessage {
    private final JsonNode message;
    private final Runnable ack;

    DirectMessage(JsonNode message, Runnable ack) {
        this.message = message;
        this.ack = ack;
    }

    /// Its number in the client's inbox.
    public long seq() {
        return message.path("seq").asLong();
    }

    /// 0 to 3; 1 is normal.
    public int priority() {
        return message.path("priority").asInt(1);
    }

    /// When it was sent.
    public Instant time() {
        return Instant.ofEpochMilli(message.path("time").asLong());
    }

    /// How many messages before it ran out of time unread.
    public long expired() {
        return message.path("expired").asLong();
    }

    /// What was sent.
    public JsonNode data() {
        return message.path("data");
    }

    /// Tells the server that it is dealt with. Returns at once.
    public void ack() {
        ack.run();
    }
}
