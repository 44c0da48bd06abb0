package io.netsentinel.channels;

import io.netsentinel.events.MessagePack;
import io.netsentinel.queuing.LogRecord;
import java.nio.charset.StandardCharsets;

/// An `event` message in MessagePack: the same members in the same order as in JSON.
final class PackedEnvelope extends Envelope {
    private static final byte[] PREV = text("prev");
    private static final byte[] TIME = text("time");
    private static final byte[] PRIORITY = text("priority");

    /// `type`, `channel`, `offset`, `prev`, `time` and the value.
    private static final int MEMBERS = 6;

    private final int members;
    private final byte[] head;
    private final byte[] member;

    /// @param label the subscription's name; written when it differs from the channel's
    /// @param member `data` or `html`
    PackedEnvelope(String channel, String label, String member) {
        boolean named = !label.equals(channel);
        Bytes out = new Bytes(64).put(text("type")).put(text("event"));
        if (named) {
            out.put(text("sub")).put(text(label));
        }
        this.head = out.put(text("channel")).put(text(channel)).put(text("offset")).from(0);
        this.members = named ? MEMBERS + 1 : MEMBERS;
        this.member = text(member);
    }

    @Override
    void write(Bytes out, LogRecord event, long prev, byte[] value) {
        boolean marked = event.priority() != NORMAL_PRIORITY;
        out.put((char) (MessagePack.mapHeader(marked ? members + 1 : members) & 0xFF)).put(head);
        out.packed(event.offset()).put(PREV).packed(prev).put(TIME).packed(event.time());
        if (marked) {
            out.put(PRIORITY).packed(event.priority());
        }
        out.put(member).put(value);
    }

    @Override
    int beforePrev(long offset) {
        return 1 + head.length + MessagePack.size(offset) + PREV.length;
    }

    @Override
    int size(long number) {
        return MessagePack.size(number);
    }

    @Override
    void number(Bytes out, long number) {
        out.packed(number);
    }

    /// A string that needs no escape in JSON.
    private static byte[] text(String plain) {
        return MessagePack.fromJson(('"' + plain + '"').getBytes(StandardCharsets.US_ASCII));
    }
}
