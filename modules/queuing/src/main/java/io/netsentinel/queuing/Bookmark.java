package io.netsentinel.queuing;

/// How far a source has been read; committed together with the events it stands behind.
///
/// @param source name of the source, at most 512 characters
/// @param value whatever the source needs to go on from there, at most 64 KiB; an empty value
///   removes the bookmark
@SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed through without copies
public record Bookmark(String source, byte[] value) {

    private static final int LONGEST_NAME = 512;
    private static final int LONGEST_VALUE = 64 * 1024;

    /// Checks the sizes.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public Bookmark {
        if (source.isEmpty() || source.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a bookmark's source has 1 to " + LONGEST_NAME + " characters");
        }
        if (value.length > LONGEST_VALUE) {
            throw new IllegalArgumentException(
                    "bookmark of " + value.length + " bytes, the most is " + LONGEST_VALUE);
        }
    }
}
