package io.netsentinel.transport.spi;

import io.netsentinel.transport.Figures;
import io.netsentinel.transport.Services;

/// Tells the figures of one module, found by `ServiceLoader`. It is asked whenever somebody wants
/// to know, so it must be quick and must not wait for anything.
@FunctionalInterface
public interface Meter {
    /// Tells all figures as they are now.
    void measure(Services services, Figures figures);
}
