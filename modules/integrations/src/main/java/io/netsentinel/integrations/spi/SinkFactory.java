package io.netsentinel.integrations.spi;

/// Makes sinks of one kind. Found by `ServiceLoader`; the kind is what a configuration says as
/// `sinks.NAME.kind`.
public interface SinkFactory extends Kind {
    /// Makes a sink. Must not connect to anything nor write anything: a configuration is checked by
    /// this.
    ///
    /// @throws IllegalArgumentException when an option is missing or wrong, naming it first: `url:
    ///   expected …`
    Sink create(Options options);
}
