package io.netsentinel.queuing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One client's direct messages at one moment.
///
/// @param user whose client it is
/// @param client its id
/// @param connected whether it is connected
/// @param byPriority messages kept, by priority 0 to 3
/// @param bytes bytes of their data
/// @param oldest when the oldest of them was accepted
/// @param lost messages that went unread and of which the client has not been told yet
/// @param lastSeen when it was connected last; when the first message came for one that never was
public record InboxInfo(
        String user,
        String client,
        boolean connected,
        List<Integer> byPriority,
        long bytes,
        Optional<Instant> oldest,
        long lost,
        Instant lastSeen) {

    /// Messages kept.
    public int messages() {
        return byPriority.stream().mapToInt(Integer::intValue).sum();
    }
}
