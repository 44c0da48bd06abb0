package io.netsentinel.integrations.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How far a file has been read; what stands in a file source's bookmark.
///
/// @param offset bytes read, up to the end of a line
/// @param line lines read
/// @param modified when the file was last changed, as far as was seen; milliseconds since 1970
/// @param fingerprint what the file begins with
/// @param path the name it had when it was written: rotation keeps it in front of the new one
/// @param ended up to there it was taken to be over once; 0 for never, and of lines
/// @param ending how many flows were told already when it was just being taken to be over
record FileMark(
        long offset,
        long line,
        long modified,
        Fingerprint fingerprint,
        String path,
        long ended,
        int ending) {
    private static final String VERSION = "1";
    private static final String WITH_END = "2";

    /// Of a file that is read from its beginning.
    ///
    /// @param path the name it has, or had when it was written
    static FileMark beginning(Found found, Path path) {
        return new FileMark(0, 0, found.modified(), Fingerprint.NONE, path.toString(), 0, 0);
    }

    byte[] encode() {
        return String.join(
                        "\n",
                        ended == 0 && ending == 0 ? VERSION : WITH_END + " " + ended + " " + ending,
                        Long.toString(offset),
                        Long.toString(line),
                        Long.toString(modified),
                        Integer.toString(fingerprint.length()),
                        Long.toHexString(fingerprint.hash()),
                        path)
                .getBytes(UTF_8);
    }

    /// Empty when it is not one of this version's.
    static Optional<FileMark> decode(byte[] bytes) {
        List<String> parts = List.of(new String(bytes, UTF_8).split("\n", 7));
        List<String> version = List.of(parts.getFirst().split(" ", 3));
        boolean ends = version.size() == 3 && version.getFirst().equals(WITH_END);
        if (parts.size() < 7 || !(ends || parts.getFirst().equals(VERSION))) {
            return Optional.empty();
        }
        try {
            Fingerprint fingerprint =
                    new Fingerprint(
                            Integer.parseInt(parts.get(4)),
                            Long.parseUnsignedLong(parts.get(5), 16));
            return Optional.of(
                    new FileMark(
                            Long.parseLong(parts.get(1)),
                            Long.parseLong(parts.get(2)),
                            Long.parseLong(parts.get(3)),
                            fingerprint,
                            parts.get(6),
                            ends ? Long.parseLong(version.get(1)) : 0,
                            ends ? Integer.parseInt(version.get(2)) : 0));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
