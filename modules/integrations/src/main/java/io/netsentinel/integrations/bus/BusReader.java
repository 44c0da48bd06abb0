package io.netsentinel.integrations.bus;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import java.util.ArrayList;
import java.util.List;

/// Reads messages of a bus: events, each for the channel its message names. The event keeps which
/// servers it has passed and by which bus it came.
final class BusReader implements LineReader {
    private final String bus;
    private final String node;
    private final Doors doors;
    private final String sole;
    private final LineReader events;

    private Passage passage = Passage.NONE;
    private String channel = "";
    private boolean returned;

    /// Says of a name of a channel why it cannot be filled.
    interface Doors {
        /// The reason; empty when it can.
        String closed(String channel);
    }

    /// @param doors which channels may be filled
    /// @param sole the channel of all that name none; empty for the one such events usually go to
    /// @param events reads an event, and refuses what only the server may say
    BusReader(String bus, String node, Doors doors, String sole, LineReader events) {
        this.bus = bus;
        this.node = node;
        this.doors = doors;
        this.sole = sole;
        this.events = events;
    }

    /// What the next message says beside its body.
    void next(Passage of, String named) {
        passage = of;
        channel = named;
    }

    /// Whether the last message was one this server has passed on.
    boolean takeReturned() {
        boolean was = returned;
        returned = false;
        return was;
    }

    @Override
    public Normalized read(byte[] line, int offset, int length, LineContext context) {
        Normalized normalized = events.read(line, offset, length, context);
        return normalized instanceof Normalized.Accepted(List<Routed> routed)
                ? accepted(routed)
                : normalized;
    }

    private Normalized accepted(List<Routed> all) {
        List<Routed> kept = new ArrayList<>();
        for (Routed one : all) {
            Passage way = passage.nodes().isEmpty() ? Passage.of(one.event()) : passage;
            if (way.closedTo(node)) {
                returned = true;
                return Normalized.SKIPPED;
            }
            List<String> targets = targets(one);
            for (String target : targets) {
                if (!named(target)) {
                    return new Normalized.Rejected("the channel it names is no name of one");
                }
                String closed = doors.closed(target);
                if (!closed.isEmpty()) {
                    return new Normalized.Rejected(closed);
                }
            }
            kept.add(new Routed(marked(one.event(), way), targets));
        }
        return new Normalized.Accepted(kept);
    }

    private static boolean named(String channel) {
        try {
            Channel.check(channel);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private List<String> targets(Routed one) {
        if (!channel.isEmpty()) {
            return List.of(channel);
        }
        return sole.isEmpty() ? one.channels() : List.of(sole);
    }

    private Event marked(Event event, Passage way) {
        Event.Builder builder = event.toBuilder().put(BusFields.BUS, bus);
        return (way.nodes().isEmpty()
                        ? builder.remove(BusFields.ORIGIN)
                        : builder.put(BusFields.ORIGIN, way.nodes()))
                .build();
    }
}
