package io.netsentinel.queuing;

import java.time.Instant;
import java.util.Map;

/// A place in one or more channels that is kept for a user under a name.
///
/// @param user whose it is
/// @param name its name, unique for the user
/// @param channels the channel or pattern it follows
/// @param filter canonical text of what it lets through; empty for everything
/// @param created when it was made
/// @param lastSeen when it was held last
/// @param places where it is, by channel
public record StoredCursor(
        String user,
        String name,
        String channels,
        String filter,
        Instant created,
        Instant lastSeen,
        Map<String, Place> places) {

    /// Copies the map.
    public StoredCursor {
        places = Map.copyOf(places);
    }

    /// Everything up to here is dealt with.
    ///
    /// @param epoch the channel's epoch
    /// @param offset the offset
    public record Place(String epoch, long offset) {}
}
