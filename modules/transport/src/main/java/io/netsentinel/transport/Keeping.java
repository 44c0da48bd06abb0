package io.netsentinel.transport;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.DurableCursors;
import io.netsentinel.channels.DurableHold;
import io.netsentinel.channels.DurableRequest;
import io.netsentinel.channels.Where;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Makes subscriptions of one connection durable.
final class Keeping {
    private final Protocol protocol;
    private final ProtocolConnection connection;
    private final Identity who;

    Keeping(Protocol protocol, ProtocolConnection connection, Identity who) {
        this.protocol = protocol;
        this.connection = connection;
        this.who = who;
    }

    /// Takes hold of a place and goes on from it, unless the client says where to begin.
    Wanted hold(Wanted wanted, DurableWish wish) {
        DurableRequest request =
                new DurableRequest(
                        who.user(), wish.name(), wanted.channels().text(), wanted.filter().text());
        return switch (protocol.queues().cursors().hold(request, connection, this::ended)) {
            case DurableCursors.Refused refused -> throw refusal(refused, wish.name());
            case DurableHold hold -> {
                connection.holds().put(wanted.label(), hold, wish.expiry());
                yield wish.placed() || hold.fresh() ? wanted : wanted.resuming(places(hold));
            }
        };
    }

    private static Map<String, Where> places(DurableHold hold) {
        Map<String, Where> places = new HashMap<>();
        hold.resumed()
                .forEach((channel, place) ->
                        places.put(
                                channel,
                                new Where.After(place.offset(), Optional.of(place.epoch()))));
        return places;
    }

    private void ended(DurableHold.End why) {
        connection.close(
                switch (why) {
                    case TAKEN_OVER -> CloseCode.TAKEN_OVER;
                    case PURGED -> CloseCode.KICKED;
                });
    }

    private ProtocolException refusal(DurableCursors.Refused why, String name) {
        QueueSettings most = protocol.queues().settings();
        String kept = "the durable subscription \"" + name + "\" ";
        return switch (why) {
            case OTHER_CHANNELS ->
                    bad(kept + "is of another channel: take another name, or remove it first");
            case OTHER_FILTER ->
                    bad(kept + "has another filter: take another name, or remove it first");
            case HELD_ALREADY -> bad(kept + "is open on this connection already");
            case USER_LIMIT -> tooMany("a user may have " + most.cursorsPerUser());
            case LIMIT -> tooMany("the server keeps " + most.cursors());
        };
    }

    private static ProtocolException bad(String message) {
        return new ProtocolException(ErrorCode.BAD_REQUEST, message, "durable");
    }

    private static ProtocolException tooMany(String most) {
        return new ProtocolException(
                ErrorCode.LIMIT_EXCEEDED, most + " durable subscriptions", "durable");
    }

    /// A new place is on the disk before the client is told that it is kept.
    void kept(Wanted wanted) {
        connection
                .holds()
                .of(wanted.label())
                .filter(DurableHold::fresh)
                .ifPresent(DurableHold::store);
    }
}
