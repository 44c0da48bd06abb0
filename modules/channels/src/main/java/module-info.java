/// Channel registry and policy, publish, hot ring, views and subscriptions.
///
/// @uses io.netsentinel.channels.spi.Codec how an event becomes a value, besides the built-in JSON
@org.jspecify.annotations.NullMarked
module io.netsentinel.channels {
    requires transitive io.netsentinel.events;
    requires transitive io.netsentinel.queuing;
    requires transitive io.netsentinel.tracing;
    requires static org.jspecify;

    exports io.netsentinel.channels;
    exports io.netsentinel.channels.spi;

    uses io.netsentinel.channels.spi.Codec;
}
