package io.netsentinel.channels;

import io.netsentinel.queuing.LogRecord;
import java.nio.charset.StandardCharsets;

/// An `event` message in JSON.
final class JsonEnvelope extends Envelope {
    private static final byte[] PREV = ascii(",\"prev\":");
    private static final byte[] TIME = ascii(",\"time\":");
    private static final byte[] PRIORITY = ascii(",\"priority\":");

    private final byte[] head;
    private final byte[] member;

    /// @param label the subscription's name; written when it differs from the channel's
    /// @param member `data` or `html`
    JsonEnvelope(String channel, String label, String member) {
        String sub = label.equals(channel) ? "" : "\"sub\":\"" + label + "\",";
        this.head =
                ascii("{\"type\":\"event\"," + sub + "\"channel\":\"" + channel + "\",\"offset\":");
        this.member = ascii(",\"" + member + "\":");
    }

    @Override
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

    @Override
    int beforePrev(long offset) {
        return head.length + Bytes.digits(offset) + PREV.length;
    }

    @Override
    int size(long number) {
        return Bytes.digits(number);
    }

    @Override
    void number(Bytes out, long number) {
        out.put(number);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
