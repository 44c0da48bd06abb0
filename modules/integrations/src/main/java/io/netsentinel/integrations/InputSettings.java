package io.netsentinel.integrations;

/// A configured source, of whatever kind.
public sealed interface InputSettings permits ListenSettings, SourceSettings {
    /// Its name, `[a-zA-Z0-9._-]{1,64}`.
    String name();

    /// Format of its lines.
    String format();
}
