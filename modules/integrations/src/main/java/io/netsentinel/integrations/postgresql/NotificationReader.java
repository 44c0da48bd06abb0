package io.netsentinel.integrations.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.events.Ulid;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import java.util.Arrays;
import java.util.List;

/// Makes an event of a notification, for the channel `database`. A payload that is a JSON object
/// becomes fields below `postgresql.payload`; any other one is the message.
///
/// @param database where it was told
/// @param name what LISTEN and NOTIFY call it
/// @param pid of the process of the database that told it
record NotificationReader(String database, String name, int pid) implements LineReader {
    /// Stands for no payload at all: a line is never empty.
    static final byte[] EMPTY = "{}".getBytes(UTF_8);

    @Override
    public Normalized read(byte[] line, int offset, int length, LineContext context) {
        byte[] payload = Arrays.copyOfRange(line, offset, offset + length);
        Event.Builder event =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .put(Fields.TIMESTAMP, context.receivedText())
                        .put(Fields.EVENT_INGESTED, context.receivedText())
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_CATEGORY, List.of("database"))
                        .put(Fields.EVENT_MODULE, "postgresql")
                        .put(Fields.EVENT_DATASET, "postgresql.notification")
                        .put(Fields.OBSERVER_NAME, context.source())
                        .put("postgresql.database", database)
                        .put("postgresql.notification", name)
                        .put("postgresql.pid", pid);
        try {
            Event.fromClientJson(payload)
                    .forEach((path, value) -> event.put("postgresql.payload." + path, value));
            event.put(Fields.MESSAGE, "notification " + name);
        } catch (MalformedEventException _) {
            event.put(Fields.MESSAGE, new String(payload, UTF_8));
        }
        return new Normalized.Accepted(
                List.of(new Routed(event.build(), List.of(Channel.DATABASE))));
    }
}
