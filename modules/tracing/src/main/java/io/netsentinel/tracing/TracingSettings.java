package io.netsentinel.tracing;

import java.net.URI;

/// Where traces go and how many.
///
/// @param endpoint of the collector, with its path: `http://localhost:4318/v1/traces`
/// @param ratio which part of the events that come without a trace of their own is traced, 0 to 1
/// @param service the name it has at the collector, `service.name`
/// @param version of the server, `service.version`
public record TracingSettings(URI endpoint, double ratio, String service, String version) {

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when the ratio is none
    public TracingSettings {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio is " + ratio + ", it must be 0 to 1");
        }
    }
}
