package io.netsentinel.integrations.bus;

/// The words that travel with an event from one service to another.
public final class BusFields {
    /// The field of an event that says which servers it has passed.
    public static final String ORIGIN = "ns.origin";

    /// The field of a stored event that says by which bus it came in.
    public static final String BUS = "ns.bus";

    /// The same as [#ORIGIN] beside the event: a header, or a field of a stream's entry.
    public static final String ORIGIN_HEADER = "ns-origin";

    /// The channel, beside the event.
    public static final String CHANNEL_HEADER = "ns-channel";

    /// The channel's epoch, beside the event.
    public static final String EPOCH_HEADER = "ns-epoch";

    /// The offset in the channel, beside the event.
    public static final String OFFSET_HEADER = "ns-offset";

    private BusFields() {}
}
