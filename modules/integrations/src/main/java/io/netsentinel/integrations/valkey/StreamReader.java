package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.integrations.Missed;
import io.netsentinel.integrations.Reading;
import io.netsentinel.integrations.bus.BusFields;
import io.netsentinel.integrations.bus.Inlet;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.queuing.Bookmark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntryBinary;

/// Reads a stream on from its own position, which is committed with the events: it needs no
/// consumer group. What the stream's limit took before it was read is noticed and said.
final class StreamReader implements ValkeyReader {
    private static final int MOST_ENTRIES = 500;
    private static final int WAIT_MILLIS = 500;
    private static final String USUAL_FIELD = "event";

    private final ValkeySource.Part part;
    private final byte[] key;
    private final Optional<String> field;
    private final boolean fromEnd;
    private Optional<StreamPosition> position = Optional.empty();

    StreamReader(ValkeySource.Part part, Optional<String> field, boolean fromEnd) {
        this.part = part;
        this.key = part.key().getBytes(UTF_8);
        this.field = field;
        this.fromEnd = fromEnd;
    }

    @Override
    public void begin(Intake intake) {
        position =
                Optional.ofNullable(intake.bookmarks().get(part.bookmark()))
                        .flatMap(StreamPosition::decode);
    }

    @Override
    public void read(Jedis connection, Intake intake, Reading reading, Runnable works) {
        boolean behind = true;
        while (!intake.stopping()) {
            if (behind) {
                look(connection, intake, reading);
            }
            List<StreamEntryBinary> entries = next(connection);
            works.run();
            behind = entries.size() == MOST_ENTRIES;
            for (StreamEntryBinary entry : entries) {
                take(entry, intake, reading);
            }
            if (intake.pending() == 0 && entries.isEmpty()) {
                reading.waiting(0);
                if (!intake.settle()) {
                    return;
                }
            } else if (!intake.commit(List.of(new Bookmark(part.bookmark(), current().encode())))) {
                return;
            }
        }
    }

    private StreamPosition current() {
        return position.orElse(StreamPosition.START);
    }

    /// Compares the position with what the stream says of itself.
    private void look(Jedis connection, Intake intake, Reading reading) {
        StreamState state = StreamState.of(connection, part.key());
        StreamState.Where where = state.where(position, fromEnd);
        where.missed()
                .ifPresent(missed ->
                        Missed.tell(
                                intake,
                                part.source(),
                                missed.count(),
                                "stream " + part.key() + ": " + missed.reason()));
        position = Optional.of(where.position());
        reading.waiting(state.added() - where.position().read());
    }

    private List<StreamEntryBinary> next(Jedis connection) {
        List<Map.Entry<byte[], List<StreamEntryBinary>>> answer =
                connection.xreadBinary(
                        XReadParams.xReadParams().count(MOST_ENTRIES).block(WAIT_MILLIS),
                        Map.of(key, new StreamEntryID(current().id())));
        return answer == null || answer.isEmpty() ? List.of() : answer.getFirst().getValue();
    }

    private void take(StreamEntryBinary entry, Intake intake, Reading reading) {
        String id = entry.getID().toString();
        position = Optional.of(current().next(id));
        Map<byte[], byte[]> fields = entry.getFields();
        String where = part.text() + " " + id;
        Optional<byte[]> line = line(fields);
        if (line.isEmpty()) {
            intake.reject(
                    id.getBytes(UTF_8),
                    "the entry has no field "
                            + field.orElse(USUAL_FIELD)
                            + " and not only one, so its line is not known",
                    current().read(),
                    where);
            return;
        }
        reading.read(line.get().length);
        part.inlet()
                .take(
                        intake,
                        new Inlet.Message(
                                line.get(),
                                text(fields, BusFields.ORIGIN_HEADER),
                                text(fields, BusFields.CHANNEL_HEADER),
                                current().read(),
                                where));
    }

    private Optional<byte[]> line(Map<byte[], byte[]> fields) {
        if (field.isEmpty() && fields.size() == 1) {
            return Optional.of(fields.values().iterator().next());
        }
        return Optional.ofNullable(fields.get(field.orElse(USUAL_FIELD).getBytes(UTF_8)));
    }

    private static String text(Map<byte[], byte[]> fields, String name) {
        byte[] value = fields.get(name.getBytes(UTF_8));
        return value == null ? "" : new String(value, UTF_8);
    }
}
