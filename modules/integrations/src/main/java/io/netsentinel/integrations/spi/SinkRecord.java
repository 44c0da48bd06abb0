package io.netsentinel.integrations.spi;

import io.netsentinel.events.Event;
import org.jspecify.annotations.Nullable;

/// A stored event on its way to a sink. Everything in it was written by whoever was on the wire:
/// escape it for the target's format.
public final class SinkRecord {
    private final String channel;
    private final String epoch;
    private final long offset;
    private final long time;
    private final byte[] payload;
    private @Nullable Event parsed;

    /// @param payload the stored JSON object; not copied, so never change it
    public SinkRecord(String channel, String epoch, long offset, long time, byte[] payload) {
        this.channel = channel;
        this.epoch = epoch;
        this.offset = offset;
        this.time = time;
        this.payload = payload;
    }

    /// The channel it stands in.
    public String channel() {
        return channel;
    }

    /// The channel's epoch its offset belongs to.
    public String epoch() {
        return epoch;
    }

    /// Its offset in the channel.
    public long offset() {
        return offset;
    }

    /// When it was committed, milliseconds since 1970.
    public long time() {
        return time;
    }

    /// The JSON object as it was stored; shared, so never change it.
    public byte[] payload() {
        return payload;
    }

    /// What names this record and no other, also when it is sent again: `CHANNEL-EPOCH-OFFSET`.
    public String id() {
        return channel + "-" + epoch + "-" + offset;
    }

    /// The payload as an event.
    ///
    /// @throws io.netsentinel.events.MalformedEventException when the stored JSON is no event
    public Event event() {
        Event event = parsed;
        if (event == null) {
            event = Event.fromJson(payload);
            parsed = event;
        }
        return event;
    }
}
