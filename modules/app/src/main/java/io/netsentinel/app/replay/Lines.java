package io.netsentinel.app.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The lines of a recorded file as they stand there, header and all.
public final class Lines implements AutoCloseable {
    private final BufferedReader reader;
    private final String format;

    private Lines(BufferedReader reader, String format) {
        this.reader = reader;
        this.format = format;
    }

    /// Opens a file, also one that is compressed.
    ///
    /// @param format the format, or empty to find it out
    /// @throws IOException when it cannot be read
    public static Lines open(Path file, Optional<String> format) throws IOException {
        String found;
        try (Recording recording = Recording.open(file, format)) {
            found = recording.dialect().format();
        }
        return new Lines(Recording.reader(file), found);
    }

    /// Name of the format.
    public String format() {
        return format;
    }

    /// The line that comes next; empty at the end.
    public Optional<String> next() throws IOException {
        return Optional.ofNullable(reader.readLine());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
