package io.netsentinel.integrations.spi;

/// Makes sources of one kind. Found by `ServiceLoader`; the kind is what a configuration says as
/// `sources.NAME.kind`.
public interface SourceFactory extends Kind {
    /// Makes a source of the name [Options#name()]. Must not connect to anything nor read or write
    /// anything that is not named by an option: a configuration is checked by this.
    ///
    /// @throws IllegalArgumentException when an option is missing or wrong, naming it first: `url:
    ///   expected …`
    Source create(Options options);
}
