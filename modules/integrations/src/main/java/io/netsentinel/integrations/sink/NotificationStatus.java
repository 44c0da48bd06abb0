package io.netsentinel.integrations.sink;

import java.time.Instant;
import java.util.Optional;

/// How a notification is doing. Counts are since the server started.
///
/// @param target where it is sent to; never a secret
/// @param state `waiting` for events, `holding` a message, `retrying`, `failed` when it cannot be
///   run, or `stopped`
/// @param matched events its rule was about
/// @param pending events nobody was told of yet
/// @param next when they will be told of, if that is known
/// @param held why not now: `threshold`, `digest`, `min-interval`, `quiet-hours`; may be empty
/// @param messages how many were sent
/// @param failed how many the target refused for good; each is a dead letter
/// @param missed events that were gone before they were read
/// @param lag events that are there and not read
/// @param lastError what went wrong last; may be empty
public record NotificationStatus(
        String target,
        String state,
        long matched,
        long pending,
        Optional<Instant> next,
        String held,
        long messages,
        long failed,
        long missed,
        long lag,
        Optional<Instant> lastSent,
        String lastError,
        Optional<Instant> lastErrorTime) {
    /// One that cannot be run.
    public static NotificationStatus broken(String problem) {
        return new NotificationStatus(
                "",
                "failed",
                0,
                0,
                Optional.empty(),
                "",
                0,
                0,
                0,
                0,
                Optional.empty(),
                problem,
                Optional.empty());
    }
}
