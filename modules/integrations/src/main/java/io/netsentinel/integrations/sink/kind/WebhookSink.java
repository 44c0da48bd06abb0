package io.netsentinel.integrations.sink.kind;

import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.sink.net.HttpTarget;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Posts batches to a web address. Every header that is there for the receiver begins with
/// `X-NetSentinel-`; the delivery's name is the same when it is sent again.
final class WebhookSink implements Sink {
    private final HttpTarget target;
    private final boolean hidden;
    private final WebhookBody body;
    private final Optional<Signature> signature;

    /// @param hidden whether the address is a secret
    WebhookSink(
            HttpTarget target, boolean hidden, WebhookBody body, Optional<Signature> signature) {
        this.target = target;
        this.hidden = hidden;
        this.body = body;
        this.signature = signature;
    }

    @Override
    public String target() {
        return hidden ? target.where() + " (hidden-url)" : target.shown();
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        byte[] bytes;
        try {
            bytes = body.of(batch);
        } catch (MalformedEventException e) {
            return new Delivery.Refused("no event: " + e.getMessage());
        }
        Map<String, String> headers = new HashMap<>();
        long seconds = Instant.now().getEpochSecond();
        headers.put("X-NetSentinel-Delivery", batch.getFirst().id() + "+" + batch.size());
        headers.put("X-NetSentinel-Timestamp", Long.toString(seconds));
        signature.ifPresent(one -> headers.put("X-NetSentinel-Signature", one.of(seconds, bytes)));
        HttpTarget.Answer answer = target.post("application/json", bytes, headers);
        return answer.fine() ? Delivery.ALL : answer.verdict();
    }

    @Override
    public OptionalLong connections() {
        return OptionalLong.of(target.connections());
    }

    @Override
    public void close() {
        target.close();
    }
}
