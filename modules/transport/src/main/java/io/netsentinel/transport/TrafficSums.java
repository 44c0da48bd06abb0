package io.netsentinel.transport;

import java.util.Map;

/// What went over WebSocket connections since the start, at one moment; none of it ever gets less.
///
/// @param total over all of them
/// @param byUser the first 1,000 users are told apart; all others, and connections that ended
///   before it was known who they are, count as the user ``. Open ones of which that is not known
///   yet are only in the total
/// @param byFormat by how messages are written: `json`, `msgpack`
public record TrafficSums(
        Traffic total, Map<String, Traffic> byUser, Map<String, Traffic> byFormat) {
    /// Copies the maps.
    public TrafficSums {
        byUser = Map.copyOf(byUser);
        byFormat = Map.copyOf(byFormat);
    }
}
