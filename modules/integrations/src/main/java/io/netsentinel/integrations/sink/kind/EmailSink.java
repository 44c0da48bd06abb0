package io.netsentinel.integrations.sink.kind;

import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.util.List;

/// Sends a mail for each batch. A connection lives as long as a mail.
final class EmailSink implements Sink {
    private final SmtpDialogue server;
    private final EmailMessage message;

    EmailSink(SmtpDialogue server, EmailMessage message) {
        this.server = server;
        this.message = message;
    }

    @Override
    public String target() {
        return server.url().text() + " to " + String.join(", ", message.to());
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        String text;
        try {
            text = message.of(batch);
        } catch (MalformedEventException e) {
            return new Delivery.Refused("no event: " + e.getMessage());
        }
        return server.send(message.from(), message.to(), text);
    }

    @Override
    public void close() {
        // nothing is kept
    }
}
