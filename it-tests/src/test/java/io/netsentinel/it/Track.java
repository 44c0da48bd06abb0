package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.function.Consumer;

/// One channel of one subscription over all its reconnects, from the client's side: the position
/// that proves that nothing was lost, and besides what a client would not keep, everything that
/// came and everything that was said to be missing.
final class Track {
    /// Something between the position and what just came is missing: come back with the position.
    static final class HoleException extends RuntimeException {
        private static final long serialVersionUID = 1;

        HoleException(String message) {
            super(message, null, false, false);
        }
    }

    private final String channel;
    private final boolean heedless;
    private final boolean durable;
    private final Consumer<String> violations;
    private final BitSet delivered = new BitSet();
    private final BitSet declared = new BitSet();
    private final BitSet expired = new BitSet();
    private String epoch = "";
    private long begin = -1;
    private long rewoundTo;
    private volatile long position;
    private long last = -1;
    private long acknowledged;
    private int unrecovered;
    private int gaps;
    private int repeated;

    /// @param heedless ignores `prev` and `pos`, as no client should
    /// @param durable the server keeps the place: what was not acknowledged may come again
    /// @param violations told what breaks the protocol
    Track(String channel, boolean heedless, boolean durable, Consumer<String> violations) {
        this.channel = channel;
        this.heedless = heedless;
        this.durable = durable;
        this.violations = violations;
    }

    String channel() {
        return channel;
    }

    String epoch() {
        return epoch;
    }

    long position() {
        return position;
    }

    void subscribed(JsonNode message) {
        long start = message.path("start").asLong(-1);
        epoch = message.path("epoch").asText();
        last = -1;
        if (begin < 0) {
            begin = start;
        } else if (!message.path("recovered").asBoolean()) {
            unrecovered(start, message);
            last = start; // that it was told is acknowledged too
        } else if (durable) {
            resumed(start, message);
        } else {
            require(start == position, "recovered at another place", message);
        }
        position = start;
    }

    /// Where the server had kept the place: what was delivered and not acknowledged lies behind it.
    private void resumed(long start, JsonNode message) {
        int skipped = delivered.nextSetBit((int) acknowledged + 1);
        require(
                skipped < 0 || skipped > start,
                "goes on behind what was not acknowledged",
                message);
        rewoundTo = Math.max(rewoundTo, position);
    }

    private void unrecovered(long start, JsonNode message) {
        String reason = message.path("reason").asText();
        require(
                reason.equals("epoch") || reason.equals("retention"),
                "resumed with neither recovered:true nor a reason",
                message);
        unrecovered++;
        if (start > position) {
            declared.set((int) position + 1, (int) start + 1);
        } else {
            rewoundTo = Math.max(rewoundTo, position);
        }
    }

    void event(JsonNode message) {
        int offset = message.path("offset").asInt();
        long prev = message.path("prev").asLong(Long.MAX_VALUE);
        require(prev < offset, "prev is not before the offset", message);
        if (offset <= position) {
            violations.accept(
                    (delivered.get(offset) ? "duplicate " : "reorder ")
                            + where(message)
                            + " at position "
                            + position);
            return;
        }
        requireNoHole(prev);
        boolean again = offset <= rewoundTo;
        require(again || !delivered.get(offset), "duplicate", message);
        require(
                again || !(declared.get(offset) || expired.get(offset)),
                "delivered after its gap",
                message);
        repeated += delivered.get(offset) ? 1 : 0;
        delivered.set(offset);
        position = offset;
        last = offset;
    }

    void gap(JsonNode message) {
        long from = message.path("from").asLong(-1);
        long to = message.path("to").asLong(-1);
        if (from <= position || to < from) {
            violations.accept("gap out of order " + message + " at position " + position);
            return;
        }
        long prev = message.path("prev").asLong(Long.MAX_VALUE);
        require(prev < from, "prev is not before the gap", message);
        requireNoHole(prev);
        gaps++;
        int twice = delivered.nextSetBit((int) Math.max(from, rewoundTo + 1));
        require(twice < 0 || twice > to, "gap over what was sent", message);
        boolean old = message.path("reason").asText().equals("expired");
        (old ? expired : declared).set((int) from, (int) to + 1);
        position = to;
        last = to;
    }

    /// The last that came on this connection, which is to be acknowledged now; -1 when nothing
    /// came.
    long acknowledge() {
        acknowledged = Math.max(acknowledged, last);
        return last;
    }

    private void requireNoHole(long prev) {
        if (!heedless && prev > position) {
            throw new HoleException(channel + ": prev " + prev + " at " + position);
        }
    }

    /// From a ping: what was sent, and how far the server has looked.
    void pinged(long sent, long seen) {
        if (heedless) {
            return;
        }
        if (sent > position) {
            throw new HoleException(channel + ": " + sent + " was sent, at " + position);
        }
        position = Math.max(position, seen);
    }

    private void require(boolean good, String problem, JsonNode message) {
        if (!good) {
            violations.accept(problem + " " + where(message) + " at position " + position);
        }
    }

    private static String where(JsonNode message) {
        String text = message.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    // ---- for the verdict

    /// Delivery began after this offset; -1 when it never began.
    long begin() {
        return begin;
    }

    BitSet delivered() {
        return delivered;
    }

    /// Said to be missing because it is gone from the log.
    BitSet declared() {
        return declared;
    }

    /// Said to be missing because its time to live was over.
    BitSet expired() {
        return expired;
    }

    /// How many events came again because they were not acknowledged.
    int repeated() {
        return repeated;
    }

    int gaps() {
        return gaps;
    }

    int unrecovered() {
        return unrecovered;
    }
}
