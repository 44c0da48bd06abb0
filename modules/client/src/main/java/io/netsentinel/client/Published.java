package io.netsentinel.client;

/// An event is committed.
///
/// @param channel where
/// @param position its place
/// @param duplicate whether its key had been committed before; nothing was written now
public record Published(String channel, Position position, boolean duplicate) {}
