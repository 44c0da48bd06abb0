package io.netsentinel.integrations;

import io.netsentinel.integrations.spi.Options;

/// A configured source.
///
/// @param kind what it is, for example `file`
/// @param options its name, and what its kind wants to know
public record InputSettings(String kind, Options options) {
    /// Its name, `[a-zA-Z0-9._-]{1,64}`; how far it is stands under it.
    public String name() {
        return options.name();
    }
}
