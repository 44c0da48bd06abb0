package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.channels.Frame;
import io.netsentinel.channels.Gap;
import io.netsentinel.channels.Step;
import io.netsentinel.channels.Subscription;
import io.netsentinel.tracing.Tracing;
import io.netsentinel.tracing.Trail;
import io.netsentinel.websocket.FrameBuffer;
import java.util.ArrayList;
import java.util.List;

/// Fills a connection's writes: replies first, then direct messages, of which only so many go out
/// unacknowledged, then what its subscriptions have, in turns. A turn is longer for a channel of
/// higher priority, and none is skipped. Used by the writer alone.
final class Pump {
    /// Bytes of a turn at priority 0; each step up doubles them.
    private static final int TURN = 4 << 10;

    /// Room for a frame's header, and below which no event is looked for.
    private static final int HEADER = 10;

    private static final int SMALLEST = 512;

    private final Outbox outbox;
    private final Mail mail;
    private final Cursors cursors;
    private final Wire wire;
    private final Runnable broken;
    private final Tracing tracing;
    private List<Sending> sending = List.of();
    private int turn;
    private long newest;

    /// @param broken called when the log has lost what a subscription was sent
    Pump(Outbox outbox, Mail mail, Cursors cursors, Wire wire, Tracing tracing, Runnable broken) {
        this.outbox = outbox;
        this.mail = mail;
        this.cursors = cursors;
        this.wire = wire;
        this.tracing = tracing;
        this.broken = broken;
    }

    /// An event that is followed was put into a write.
    record Sending(Trail trail, long begun) {}

    /// What became of a turn.
    private enum Outcome {
        IDLE,
        SERVED,
        FULL,
        BROKEN
    }

    /// Moves what there is into a write.
    ///
    /// @param events whether events may be sent
    /// @return true when there is nothing more
    boolean fill(FrameBuffer out, boolean events) {
        return outbox.drainTo(out, wire, 0) && (!events || (mail.fill(out, wire) && events(out)));
    }

    /// @return true when there is nothing more
    private boolean events(FrameBuffer out) {
        Subscription[] all = cursors.all();
        int idle = 0;
        while (idle < all.length) {
            turn = turn >= all.length ? 0 : turn;
            switch (serve(all[turn], out)) {
                case FULL -> {
                    return false;
                }
                case BROKEN -> {
                    broken.run();
                    return true;
                }
                case SERVED -> idle = 0;
                case IDLE -> idle++;
            }
            turn++;
        }
        return true;
    }

    private Outcome serve(Subscription cursor, FrameBuffer out) {
        int left = TURN << cursor.priority();
        boolean served = false;
        while (left > 0) {
            if (!out.isEmpty() && out.room() < SMALLEST) {
                return Outcome.FULL;
            }
            int room = out.isEmpty() ? Integer.MAX_VALUE : wire.free(out) - HEADER;
            long prev = cursor.sent();
            switch (cursor.next(room)) {
                case Step.Events events -> {
                    wire.share(out, events.frame());
                    left -= events.bytes().length;
                    if (tracing.on()) {
                        follow(cursor, events.count(), prev);
                    }
                    if (events.committed() > newest && cursor.live()) {
                        newest = events.committed();
                    }
                }
                case Gap gap -> {
                    Frame message = wire.frame(gap(cursor, gap, prev));
                    wire.add(out, message);
                    left -= message.bytes().length;
                }
                case Step.Pause pause -> {
                    return switch (pause) {
                        case FULL -> Outcome.FULL;
                        case BROKEN -> Outcome.BROKEN;
                        case IDLE, LOADING, CLOSED -> served ? Outcome.SERVED : Outcome.IDLE;
                    };
                }
            }
            served = true;
        }
        return Outcome.SERVED;
    }

    /// Of a frame it is known how many events it has and which is the last: an event in between is
    /// followed only where nothing was left out.
    private void follow(Subscription cursor, int count, long prev) {
        long last = cursor.sent();
        long after = last - prev == count ? prev : last - 1;
        for (Trail trail : tracing.within(cursor.channel(), after, last)) {
            if (sending.isEmpty()) {
                sending = new ArrayList<>();
            }
            sending.add(new Sending(trail, tracing.now()));
        }
    }

    /// The followed events that were put in since the last call.
    List<Sending> takeSending() {
        List<Sending> taken = sending;
        sending = List.of();
        return taken;
    }

    /// When the newest live event since the last call was committed, milliseconds since 1970; 0
    /// when there was none.
    long takeNewest() {
        long taken = newest;
        newest = 0;
        return taken;
    }

    /// @param prev what was sent before: without it, what got lost just before a gap would not show
    private static byte[] gap(Subscription cursor, Gap gap, long prev) {
        ObjectNode message = Json.object().put("type", "gap");
        if (!cursor.label().equals(cursor.channel())) {
            message.put("sub", cursor.label());
        }
        message.put("channel", cursor.channel())
                .put("from", gap.from())
                .put("to", gap.to())
                .put("prev", prev)
                .put("reason", gap.reason().text());
        return Json.bytes(message);
    }

    /// Where every subscription is: `{sub:{channel:[sent,seen]}}`.
    ObjectNode positions() {
        ObjectNode positions = Json.object();
        for (Subscription cursor : cursors.all()) {
            long seen = cursor.seen();
            positions
                    .withObjectProperty(cursor.label())
                    .putArray(cursor.channel())
                    .add(cursor.sent())
                    .add(seen);
        }
        return positions;
    }
}
