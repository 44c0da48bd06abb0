package io.netsentinel.events;

/// Makes the JSON of one event after another, exactly as [Event#toJson()] does, in memory that is
/// used again; so only the result is allocated. For one thread.
public final class EventEncoder {
    private static final int USUAL = 4 << 10;
    private static final int MOST_KEPT = 256 << 10;

    private JsonWriter out = new JsonWriter(USUAL);

    /// With memory for events of the usual size; it grows as needed.
    public EventEncoder() {}

    /// The nested JSON object: UTF-8, one line, no line end.
    public byte[] encode(Event event) {
        if (out.capacity() > MOST_KEPT) {
            out = new JsonWriter(USUAL);
        }
        out.clear();
        return event.writeTo(out);
    }
}
