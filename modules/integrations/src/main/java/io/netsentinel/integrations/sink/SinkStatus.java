package io.netsentinel.integrations.sink;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// How a sink is doing. Counts are since the server started.
///
/// @param name its name
/// @param kind what it is, for example `syslog`
/// @param target where it delivers to
/// @param filter what it sends; empty for everything
/// @param state what it does
/// @param circuit whether the target is believed to be there
/// @param places where it is in each of its channels
/// @param lag events that are there and not dealt with, over all channels
/// @param eventsPerSecond sent, over the last ten seconds
/// @param sent records the target has taken
/// @param bytes their size as stored
/// @param filtered records its filter did not let through
/// @param retried records that were offered again
/// @param failed records the target refused for good; each is a dead letter
/// @param skipped records somebody skipped
/// @param missed offsets that were gone before they were sent; each range was declared on `siem`
/// @param batch how many records are sent at once at the moment
/// @param connections the target has answered over; empty when that is not known
/// @param lastSent when the target took something last
/// @param lastError what went wrong last; empty when nothing did
/// @param lastErrorTime when that was
/// @param nextAttempt when the target is tried again, while it does not take anything
public record SinkStatus(
        String name,
        String kind,
        String target,
        String filter,
        State state,
        Circuit.State circuit,
        List<ChannelPlace> places,
        long lag,
        double eventsPerSecond,
        long sent,
        long bytes,
        long filtered,
        long retried,
        long failed,
        long skipped,
        long missed,
        int batch,
        OptionalLong connections,
        Optional<Instant> lastSent,
        String lastError,
        Optional<Instant> lastErrorTime,
        Optional<Instant> nextAttempt) {
    /// What a sink does.
    public enum State {
        /// It sends what comes.
        RUNNING,
        /// The target did not take the last batch; it is offered again.
        RETRYING,
        /// Somebody paused it.
        PAUSED,
        /// It was ended.
        STOPPED;

        /// The name used in the interface.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Where it is in one channel.
    ///
    /// @param channel the channel
    /// @param epoch its epoch
    /// @param offset the last offset that is dealt with
    /// @param tail the newest offset there is
    public record ChannelPlace(String channel, String epoch, long offset, long tail) {
        /// How many events are there and not dealt with.
        public long lag() {
            return Math.max(0, tail - offset);
        }
    }

    /// That of a sink that cannot be run.
    public static SinkStatus broken(String name, String kind, String problem) {
        return new SinkStatus(
                name,
                kind,
                "",
                "",
                State.STOPPED,
                Circuit.State.OPEN,
                List.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                OptionalLong.empty(),
                Optional.empty(),
                problem,
                Optional.empty(),
                Optional.empty());
    }

    /// Copies the list.
    public SinkStatus {
        places = List.copyOf(places);
    }
}
