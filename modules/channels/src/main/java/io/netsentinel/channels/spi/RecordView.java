package io.netsentinel.channels.spi;

import io.netsentinel.events.Event;
import io.netsentinel.queuing.LogRecord;
import org.jspecify.annotations.Nullable;

/// A stored event as codecs and filters see it: parsed when somebody asks, and then only once.
public final class RecordView {
    private final String channel;
    private final LogRecord stored;
    private volatile @Nullable Event parsed;

    private RecordView(String channel, LogRecord stored) {
        this.channel = channel;
        this.stored = stored;
    }

    /// The view of one record.
    ///
    /// @param channel the channel it stands in
    /// @param stored the record of the log
    public static RecordView of(String channel, LogRecord stored) {
        return new RecordView(channel, stored);
    }

    /// The channel the event stands in.
    public String channel() {
        return channel;
    }

    /// Its offset in the channel.
    public long offset() {
        return stored.offset();
    }

    /// Commit time, milliseconds since 1970.
    public long time() {
        return stored.time();
    }

    /// 0 to 3, 1 is normal.
    public int priority() {
        return stored.priority();
    }

    /// The JSON object as it was stored; shared, so never change it.
    public byte[] payload() {
        return stored.payload();
    }

    /// The payload as an event.
    ///
    /// @throws io.netsentinel.events.MalformedEventException when the stored JSON is no event
    public Event event() {
        Event event = parsed;
        if (event == null) {
            event = Event.fromJson(stored.payload());
            parsed = event;
        }
        return event;
    }
}
