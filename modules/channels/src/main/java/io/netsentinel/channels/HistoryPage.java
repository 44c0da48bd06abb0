package io.netsentinel.channels;

import io.netsentinel.queuing.LogRecord;
import java.util.List;
import java.util.OptionalLong;

/// Some stored events of a channel.
///
/// @param channel the channel
/// @param epoch its current epoch
/// @param events what matches, in reading order
/// @param gaps offsets in the range read that cannot be read any more, in reading order
/// @param next position to read on from; moves on even when nothing matched. Empty when reading
///   backwards has come to the end
public record HistoryPage(
        String channel, String epoch, List<LogRecord> events, List<Gap> gaps, OptionalLong next) {
    private static final int OVERHEAD = 128;

    /// Copies the lists.
    public HistoryPage {
        events = List.copyOf(events);
        gaps = List.copyOf(gaps);
    }

    /// The page as a JSON object: `epoch`, `events` as in the protocol's `event` message, `gaps`
    /// when there are any, `next` when there is one.
    public byte[] toJson() {
        Bytes out = new Bytes(OVERHEAD).put('{');
        write(out);
        return out.put('}').from(0);
    }

    /// The members of that object, without its braces, to be put into another object.
    public byte[] members() {
        Bytes out = new Bytes(OVERHEAD);
        write(out);
        return out.from(0);
    }

    private void write(Bytes out) {
        out.put("\"epoch\":\"").put(epoch).put("\",\"events\":[");
        JsonEnvelope envelope = new JsonEnvelope(channel, channel, new JsonCodec().member());
        String separator = "";
        for (LogRecord event : events) {
            out.put(separator);
            envelope.write(out, event, event.payload());
            separator = ",";
        }
        out.put(']');
        writeGaps(out);
        if (next.isPresent()) {
            out.put(",\"next\":").put(next.getAsLong());
        }
    }

    private void writeGaps(Bytes out) {
        if (gaps.isEmpty()) {
            return;
        }
        out.put(",\"gaps\":[");
        String separator = "";
        for (Gap gap : gaps) {
            out.put(separator).put("{\"from\":").put(gap.from()).put(",\"to\":").put(gap.to());
            out.put(",\"reason\":\"").put(gap.reason().text()).put("\"}");
            separator = ",";
        }
        out.put(']');
    }
}
