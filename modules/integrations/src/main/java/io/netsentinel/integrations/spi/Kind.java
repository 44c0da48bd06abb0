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

    /// Whether one may be made over HTTP by an administrator: its factory keeps to
    /// [Options#limits()] for every file and every connection. Values of [Option.Type.File] and
    /// [Option.Type.Files] are checked before it is asked.
    default boolean limitable() {
        return false;
    }
}
