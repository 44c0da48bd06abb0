package io.netsentinel.integrations.spi;

import io.netsentinel.queuing.Bookmark;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a [Source] hands its lines to. For the source's own thread only.
public interface Intake {
    /// Whether the source shall end.
    boolean stopping();

    /// Waits, but not longer than until [#stopping()].
    void pause(Duration time);

    /// The source's committed bookmarks, by name.
    Map<String, byte[]> bookmarks();

    /// Whether there is a channel of this name: an event for one that is not there is never taken.
    boolean hasChannel(String name);

    /// A reader for the lines of one stream, in the source's format.
    LineReader reader(Origin origin);

    /// Takes a line: normalises it into the present batch, or puts a dead letter there.
    ///
    /// @param reader that of the stream the line is from
    /// @param number the line's number in its file, from 1
    /// @param where what holds the line, for people: a file's path
    void line(LineReader reader, byte[] bytes, int offset, int length, long number, String where);

    /// Puts a dead letter for input that is no line into the present batch.
    ///
    /// @param sample its beginning
    /// @param reason what is wrong with it, fit to be shown
    void reject(byte[] sample, String reason, long number, String where);

    /// How many entries the present batch holds.
    int pending();

    /// Commits the present batch and these bookmarks as one. Waits until the batch before is
    /// committed, then hands this one over and returns; so one batch is written while the next is
    /// read. When the log refuses, it is offered again until it is taken.
    ///
    /// @return false when it is too late for that: [#stopping()], and of a source that does not
    ///   [resume][Source#resumes()] the time it was given is over; the batch is then not committed
    boolean commit(List<Bookmark> bookmarks);

    /// Waits until everything handed over is committed.
    ///
    /// @return false when [#stopping()] came first
    boolean settle();

    /// Reports something that keeps the source from reading; shown in its status until it is
    /// cleared by an empty text.
    void problem(String text);

    /// Reports something that went wrong with a part of what comes in, while the rest goes on;
    /// shown as the last error.
    void mishap(String text);

    /// Counts something that was mended or lost on the way in.
    void count(Counter counter, long amount);

    /// What a source counts.
    enum Counter {
        /// Lines that were longer than the limit.
        OVERLONG,
        /// NUL bytes skipped before a line.
        NUL_BYTES,
        /// Bytes that were gone before they could be read, for example by truncation.
        LOST_BYTES,
        /// Times a file was rotated or truncated.
        ROTATIONS,
        /// Messages that were dropped because they came faster than they could be taken.
        DROPPED,
        /// Connections that were turned away or broken off.
        REFUSED,
        /// Messages that were gone before they could be read; 1 for each time it is not known how
        /// many.
        MISSED,
        /// Messages that came back to the server that had sent them on.
        RETURNED
    }
}
