package io.netsentinel.integrations.sink.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A record as an RFC 5424 message. Its text is the payload without a byte order mark, which
/// section 6.4 leaves to the sender and collectors stumble over.
public final class SyslogMessage {
    private static final int HOST = 255;
    private static final int APP = 48;
    private static final int MESSAGE_ID = 32;
    private static final int UNKNOWN_SEVERITY = 6;

    private final int facility;
    private final String app;
    private final Payload payload;

    /// @param facility 0 to 23
    /// @param app the name this server has in the messages
    public SyslogMessage(int facility, String app, Payload payload) {
        this.facility = facility;
        this.app = StructuredData.header(app, APP);
        this.payload = payload;
    }

    /// The message.
    ///
    /// @throws MalformedEventException when the payload needs an event and the record is none
    public byte[] write(SinkRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        out.writeBytes(head(record).getBytes(UTF_8));
        out.writeBytes(payload.write(record));
        return out.toByteArray();
    }

    /// The message with its length before it (RFC 6587, section 3.4.1), so that nothing in it can
    /// look like the end of it.
    public void frame(SinkRecord record, ByteArrayOutputStream out) {
        byte[] message = write(record);
        out.writeBytes((message.length + " ").getBytes(US_ASCII));
        out.writeBytes(message);
    }

    private String head(SinkRecord record) {
        int severity = UNKNOWN_SEVERITY;
        Instant time = Instant.ofEpochMilli(record.time());
        String host = "";
        String dataset = "";
        String id = "";
        try {
            Event event = record.event();
            severity = EventWords.syslog(event);
            time = EventWords.time(record, event);
            host = event.text(Fields.OBSERVER_NAME);
            dataset = event.text(Fields.EVENT_DATASET);
            id = event.text(Fields.ID);
        } catch (MalformedEventException _) {
            // whatever it is, it is sent: a JSON payload needs no event
        }
        return "<%d>1 %s %s %s - %s [netsentinel@32473 channel=\"%s\" epoch=\"%s\" offset=\"%d\" id=\"%s\"] "
                .formatted(
                        facility * 8 + severity,
                        time.truncatedTo(ChronoUnit.MICROS),
                        StructuredData.header(host, HOST),
                        app,
                        StructuredData.header(dataset, MESSAGE_ID),
                        StructuredData.value(record.channel()),
                        StructuredData.value(record.epoch()),
                        record.offset(),
                        StructuredData.value(id));
    }
}
