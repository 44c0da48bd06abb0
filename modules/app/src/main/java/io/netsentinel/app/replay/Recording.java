package io.netsentinel.app.replay;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// A file that is played: its lines one after the other, each with the time it is due.
final class Recording implements AutoCloseable {
    private static final int GZIP_FIRST = 0x1F;
    private static final int GZIP_SECOND = 0x8B;

    private final BufferedReader reader;
    private final Dialect dialect;
    private Optional<Item> next = Optional.empty();
    private Instant latest = Instant.MIN;

    /// A line and when it is due in the recording; of a line without a time, that of the line
    /// before.
    record Item(Dialect.Line line, Instant time) {}

    private Recording(BufferedReader reader, Dialect dialect) {
        this.reader = reader;
        this.dialect = dialect;
    }

    /// @param format the format, or empty to find it out
    /// @throws IOException when it cannot be read
    static Recording open(Path file, Optional<String> format) throws IOException {
        String name = String.valueOf(file.getFileName());
        Dialect dialect;
        try (BufferedReader look = reader(file)) {
            dialect = dialect(first(look), name, format);
        }
        Recording recording = new Recording(reader(file), dialect);
        recording.advance();
        return recording;
    }

    static BufferedReader reader(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return new BufferedReader(
                new InputStreamReader(gzip ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }

    private static String first(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        while (line != null && line.isBlank()) {
            line = reader.readLine();
        }
        return line == null ? "" : line;
    }

    private static Dialect dialect(String first, String name, Optional<String> format) {
        Dialect found =
                first.startsWith("#separator") || first.startsWith("#fields")
                        ? new TsvDialect()
                        : JsonDialect.of(first, name)
                                .orElseGet(() -> new SyslogDialect(ZoneId.systemDefault()));
        if (format.isEmpty() || format.get().equals(found.format())) {
            return found;
        }
        return switch (format.get()) {
            case "eve" -> JsonDialect.eve();
            case "cowrie" -> JsonDialect.cowrie();
            case "zeek" -> JsonDialect.zeek(name);
            default -> new SyslogDialect(ZoneId.systemDefault());
        };
    }

    Dialect dialect() {
        return dialect;
    }

    /// The line that comes next; empty at the end.
    Optional<Item> next() {
        return next;
    }

    /// Goes on to the line after it.
    void advance() throws IOException {
        next = Optional.empty();
        String text = reader.readLine();
        while (text != null && next.isEmpty()) {
            Optional<Dialect.Line> line = dialect.line(text);
            if (line.isPresent()) {
                latest = line.get().time().orElse(latest);
                next = Optional.of(new Item(line.get(), latest));
            } else {
                text = reader.readLine();
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
