package io.netsentinel.transport.spi;

import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;

/// The HTTP routes of a module, found by `ServiceLoader`.
@FunctionalInterface
public interface Endpoint {
    /// Adds this module's routes. Called once, before the server listens.
    ///
    /// @param routes where to add them
    /// @param services what the application is made of
    void routes(Routes routes, Services services);
}
