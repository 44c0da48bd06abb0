package io.netsentinel.channels;

import io.netsentinel.queuing.LogRecord;
import java.nio.charset.StandardCharsets;

/// The JSON around an event's value: everything an `event` message has besides it.
final class Envelope {
    private static final int NORMAL_PRIORITY = 1;
    private static final byte[] PREV = ascii(",\"prev\":");
    private static final byte[] TIME = ascii(",\"time\":");
    private static final byte[] PRIORITY = ascii(",\"priority\":");

    private final byte[] head;
    private final byte[] member;

    /// @param label the subscription's name; written when it differs from the channel's
    /// @param member `data` or `html`
    Envelope(String channel, String label, String member) {
        String sub = label.equals(channel) ? "" : "\"sub\":\"" + label + "\",";
        this.head =
                ascii("{\"type\":\"event\"," + sub + "\"channel\":\"" + channel + "\",\"offset\":");
        this.member = ascii(",\"" + member + "\":");
    }

    /// Where `prev` is cut open to put another one in: bytes from the element's start to the first
    /// digit of its `prev`.
    int beforePrev(long offset) {
        return head.length + Bytes.digits(offset) + PREV.length;
    }

    /// An element of a view.
    void write(Bytes out, LogRecord event, long prev, byte[] value) {
        out.put(head).put(event.offset()).put(PREV).put(prev);
        rest(out, event, value);
    }

    /// An element of a history page, which has no chain.
    void write(Bytes out, LogRecord event, byte[] value) {
        out.put(head).put(event.offset());
        rest(out, event, value);
    }

    private void rest(Bytes out, LogRecord event, byte[] value) {
        out.put(TIME).put(event.time());
        if (event.priority() != NORMAL_PRIORITY) {
            out.put(PRIORITY).put((long) event.priority());
        }
        out.put(member).put(value).put('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
