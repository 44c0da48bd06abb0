package io.netsentinel.websocket;

/// Decides about every well-formed WebSocket handshake, whatever its path.
///
/// Helidon's HTTP filters do not run for upgrades, so everything that must be checked first is
/// checked here: path, `Host`, `Origin`, credentials, limits.
@FunctionalInterface
public interface UpgradeHandler {

    /// Accepts or refuses one handshake. Called on the connection's own virtual thread before
    /// anything was answered; it may block. An exception is answered with status 500.
    ///
    /// @param request the handshake, already checked for method, version, key and `Connection`
    /// @return the decision
    Upgrade upgrade(UpgradeRequest request);
}
