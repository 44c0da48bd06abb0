package io.netsentinel.app.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The lines of a recorded file as they stand there, header and all; of a capture the events it
/// holds.
public final class RecordedLines implements AutoCloseable {
    private final Lines lines;
    private final String format;

    private RecordedLines(Lines lines, String format) {
        this.lines = lines;
        this.format = format;
    }

    /// Opens a file, also one that is compressed.
    ///
    /// @param format the format, or empty to find it out
    /// @throws IOException when it cannot be read
    public static RecordedLines open(Path file, Optional<String> format) throws IOException {
        String found;
        try (Recording recording = Recording.open(file, format)) {
            found = recording.dialect().format();
        }
        return new RecordedLines(Recording.raw(file), found);
    }

    /// Name of the format.
    public String format() {
        return format;
    }

    /// The line that comes next; empty at the end.
    public Optional<String> next() throws IOException {
        return lines.next();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
