package io.netsentinel.app.replay;

import io.netsentinel.integrations.CaptureStream;
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
    private static final int BEGINNING = 4;
    private static final int GZIP_FIRST = 0x1F;
    private static final int GZIP_SECOND = 0x8B;

    private final Lines lines;
    private final Dialect dialect;
    private Optional<Item> next = Optional.empty();
    private Instant latest = Instant.MIN;

    /// A line and when it is due in the recording; of a line without a time, that of the line
    /// before.
    record Item(Dialect.Line line, Instant time) {}

    private Recording(Lines lines, Dialect dialect) {
        this.lines = lines;
        this.dialect = dialect;
    }

    /// @param format the format, or empty to find it out
    /// @throws IOException when it cannot be read
    static Recording open(Path file, Optional<String> format) throws IOException {
        String name = String.valueOf(file.getFileName());
        Recording recording = capture(file) ? packets(file) : lines(file, name, format);
        recording.advance();
        return recording;
    }

    private static boolean capture(Path file) throws IOException {
        try (InputStream in = stream(file)) {
            return CaptureStream.begins(in.readNBytes(BEGINNING));
        }
    }

    private static Recording packets(Path file) throws IOException {
        return new Recording(raw(file), JsonDialect.event());
    }

    /// The lines of a file as they stand there, header and all; of a capture what becomes lines of
    /// it.
    static Lines raw(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        return capture(file)
                ? new Lines.Packets(new CaptureStream(stream(file), name, "replay"))
                : new Lines.Text(reader(file));
    }

    private static Recording lines(Path file, String name, Optional<String> format)
            throws IOException {
        Dialect dialect;
        try (BufferedReader look = reader(file)) {
            dialect = dialect(first(look), name, format);
        }
        return new Recording(raw(file), dialect);
    }

    private static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(stream(file), StandardCharsets.UTF_8));
    }

    private static InputStream stream(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return gzip ? new GZIPInputStream(in) : in;
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
            case "event" -> JsonDialect.event();
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

    /// What is wrong with the file as far as it was read; empty when nothing is.
    String note() {
        return lines.note();
    }

    /// Goes on to the line after it.
    void advance() throws IOException {
        next = Optional.empty();
        Optional<String> text = lines.next();
        while (text.isPresent() && next.isEmpty()) {
            Optional<Dialect.Line> line = dialect.line(text.get());
            if (line.isPresent()) {
                latest = line.get().time().orElse(latest);
                next = Optional.of(new Item(line.get(), latest));
            } else {
                text = lines.next();
            }
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
