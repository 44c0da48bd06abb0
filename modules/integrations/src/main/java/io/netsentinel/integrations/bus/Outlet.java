package io.netsentinel.integrations.bus;

import io.netsentinel.events.Event;
import io.netsentinel.events.FieldSet;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.format.SafeJson;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.SinkRecord;
import java.util.List;
import java.util.Optional;

/// Makes messages for a broker of stored events. Each says which servers it has passed, so that
/// this one does not take it in again. To a bus nothing is sent that came by it, nor what is only
/// this server's own: changes of its triage, and marks of its rules and incidents.
public final class Outlet {
    private static final FieldSet WANTED = FieldSet.of(List.of(Fields.ID, BusFields.ORIGIN));

    private final String node;
    private final Optional<String> bus;
    private final boolean raw;
    private final Payload payload;

    private Outlet(String node, Optional<String> bus, boolean raw) {
        this.node = node;
        this.bus = bus;
        this.raw = raw;
        this.payload = Payload.json(raw);
    }

    /// A message.
    ///
    /// @param id the event's id, or the place of what is no event
    /// @param body the JSON object, one line
    /// @param passage which servers it has passed
    @SuppressWarnings("ArrayRecordComponent") // handed through, nobody compares parcels
    public record Parcel(String id, byte[] body, String passage) {}

    /// What the options `bus` and `raw` say.
    ///
    /// @throws IllegalArgumentException when one is wrong, naming it
    public static Outlet of(Options options) {
        return new Outlet(
                BusOptions.node(options), BusOptions.bus(options), options.flag("raw", true));
    }

    /// The message for a record; empty when it is not to be sent.
    public Optional<Parcel> parcel(SinkRecord record) {
        try {
            return bus.isPresent() ? forBus(record, bus.get()) : Optional.of(plain(record));
        } catch (MalformedEventException _) {
            return Optional.of(
                    new Parcel(record.id(), payload.write(record), Passage.NONE.with(node).text()));
        }
    }

    private Parcel plain(SinkRecord record) {
        Event event = Event.partFromJson(record.payload(), WANTED);
        return new Parcel(
                id(event, record), payload.write(record), Passage.of(event).with(node).text());
    }

    private Optional<Parcel> forBus(SinkRecord record, String name) {
        Event event = record.event();
        if (event.text(BusFields.BUS).equals(name) || changes(event)) {
            return Optional.empty();
        }
        Passage passage = Passage.of(event).with(node);
        Event.Builder builder =
                event.toBuilder()
                        .put(Fields.ID, id(event, record))
                        .remove(BusFields.BUS)
                        .remove(Fields.NS_INCIDENT_ID);
        event.forEach((path, _) -> {
            if (within(path, "ns.house")) {
                builder.remove(path);
            }
        });
        if (!raw) {
            builder.remove(Fields.RAW);
        }
        if (!passage.nodes().isEmpty()) {
            builder.put(BusFields.ORIGIN, passage.nodes());
        }
        return Optional.of(
                new Parcel(
                        id(event, record),
                        SafeJson.line(builder.build().toJson()),
                        passage.text()));
    }

    private static boolean changes(Event event) {
        boolean[] found = {false};
        event.forEach((path, _) -> found[0] |= within(path, "ns.change"));
        return found[0];
    }

    private static boolean within(String path, String part) {
        return path.equals(part) || path.startsWith(part + ".");
    }

    private static String id(Event event, SinkRecord record) {
        String id = event.text(Fields.ID);
        return id.isEmpty() ? record.id() : id;
    }
}
