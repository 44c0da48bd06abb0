package io.netsentinel.integrations.spi;

import java.util.List;

/// A kind of sources or sinks: what a configuration says as `kind`, and what can be said of one of
/// its kind.
public interface Kind {
    /// The name of the kind, for example `syslog`.
    String kind();

    /// What can be said of it, besides what can be said of every kind. Anything else is refused
    /// before it gets to the factory. An option another kind has as well must be of the same type
    /// there.
    List<Option> options();
}
