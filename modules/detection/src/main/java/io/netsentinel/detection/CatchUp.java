package io.netsentinel.detection;

import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.StorageHealth;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waits for a projection before its tables are read: they follow the log a moment behind it, and a
/// client may be faster, who was told of something on the channel and wants to see it.
///
/// @param longest so long it waits at most; then the tables show what they have
record CatchUp(EventLog log, String projection, String channel, Duration longest) {
    static final Duration LONGEST = Duration.ofSeconds(1);

    /// Returns when the tables have what the channel has by now, or it took too long.
    void await() {
        long tail = log.state(channel).map(ChannelState::tail).orElse(0L);
        // while nothing can be written, tables that are behind stay so
        if (log.projections().applied(projection, channel) >= tail
                || log.health() instanceof StorageHealth.Degraded) {
            return;
        }
        log.projections()
                .awaitApplied(projection, channel, tail)
                .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, _) -> tail)
                .join();
    }
}
