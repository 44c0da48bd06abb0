package io.netsentinel.integrations;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// How a source is doing.
///
/// @param name its name
/// @param kind what it is: `file`, `udp`, `tcp`, `tls`, `unix`, or `http` for what is posted under
///   a name
/// @param path what it reads
/// @param format format of its lines
/// @param state what it does
/// @param eventsPerSecond over the last ten seconds
/// @param accepted events committed since the server started
/// @param deadLetters lines that could not be understood, and other input that was refused
/// @param overlong lines among these that were longer than the limit
/// @param nulBytes NUL bytes that were skipped
/// @param lostBytes bytes that were gone before they could be read
/// @param rotations times a file was rotated or truncated
/// @param dropped messages that came faster than they could be taken
/// @param refused connections that were turned away or broken off
/// @param missed messages that were gone before they could be read; 1 for each time it is not known
///   how many
/// @param returned messages that came back to this server, which had sent them on
/// @param bytesRead bytes read since the server started
/// @param lagBytes bytes that are there and not read yet
/// @param progress how much of what was there is read, 0 to 1
/// @param lastEvent when the last event was committed
/// @param lastError what keeps it from working, or went wrong last with a part of it; may be empty
public record SourceStatus(
        String name,
        String kind,
        String path,
        String format,
        State state,
        double eventsPerSecond,
        long accepted,
        long deadLetters,
        long overlong,
        long nulBytes,
        long lostBytes,
        long rotations,
        long dropped,
        long refused,
        long missed,
        long returned,
        long bytesRead,
        long lagBytes,
        double progress,
        Optional<Instant> lastEvent,
        String lastError) {
    static SourceStatus broken(String name, String kind, String problem) {
        return new SourceStatus(
                name,
                kind,
                "",
                "",
                State.FAILED,
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
                0,
                0,
                0,
                0,
                Optional.empty(),
                problem);
    }

    /// What a source does.
    public enum State {
        /// It has not begun yet.
        STARTING,
        /// There is nothing to read from yet.
        WAITING,
        /// It reads what has piled up.
        BACKLOG,
        /// It reads what comes as it comes.
        LIVE,
        /// The log does not take events at the moment.
        PAUSED,
        /// Something keeps it from reading; it tries again.
        FAILED,
        /// It was ended, or somebody has paused it.
        STOPPED;

        /// The name used in the interface.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
