package io.netsentinel.client;

import java.util.Optional;

/// A position could not be recovered: events between it and where delivery goes on may be lost.
///
/// @param channel which
/// @param lost where the subscription stood; empty when it never had a position of its own
/// @param start where delivery goes on; empty when the channel may not be read any more
/// @param reason `epoch`, `retention` or `denied`
public record Reset(
        String channel, Optional<Position> lost, Optional<Position> start, String reason) {}
