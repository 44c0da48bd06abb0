package io.netsentinel.client;

/// Hears of a client. Calls come one at a time on a virtual thread of the client's own.
public interface ClientListener {
    /// Hears nothing.
    ClientListener NONE = new ClientListener() {};

    /// The connection came or went.
    default void onState(State state) {}

    /// A direct message to this client's id. It comes again until [DirectMessage#ack()].
    default void onMessage(DirectMessage message) {}

    /// An error that belongs to no command, or a token supplier that failed.
    default void onError(NetSentinelException error) {}
}
