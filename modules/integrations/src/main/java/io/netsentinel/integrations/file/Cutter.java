package io.netsentinel.integrations.file;

import java.io.IOException;
import java.nio.channels.FileChannel;

/// Cuts what a file holds into what can be taken in, piece by piece.
interface Cutter {
    /// Makes the cutters of a source's files.
    interface Maker {
        /// The cutter of a file.
        ///
        /// @param commit commits what was taken in and how far the file was read; false when that
        ///   is refused, and nothing more can be taken
        Cutter of(FollowedFile file, Commit commit);

        /// Where the last piece of a file ends, for who wants only what comes after it.
        long end(FileChannel channel) throws IOException;

        /// Whether nothing is left to be done with a file that was read to its end.
        default boolean complete(FileMark mark) {
            return true;
        }
    }

    /// Commits what was taken in.
    interface Commit {
        boolean commit();
    }

    /// Begins anew with a file that was told up to where [FollowedFile#consumed()] says.
    void reset();

    /// Where the next piece must be read from.
    long position();

    /// Up to where the file was looked at; what is behind it is new.
    long seen();

    /// Takes the piece that begins at [#position()].
    void feed(byte[] bytes, int length);

    /// Whether something of the file waits for more of it.
    boolean unfinished();

    /// There is no more of the file for now; called again and again.
    void idle() throws IOException;
}
