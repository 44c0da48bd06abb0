package io.netsentinel.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// An endless stream of EVE lines: the demo capture of the distribution over and over. Line `n` has
/// the `timestamp` of `n` milliseconds after [#BEGIN], so each line can be told from all others
/// wherever it turns up.
final class EveStream {
    static final LocalDateTime BEGIN = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final String BEFORE = "{\"timestamp\":\"";
    private static final int DATE = BEFORE.length();
    private static final int PIECE = 1 << 20;

    private final List<byte[]> lines = new ArrayList<>();
    private long next;

    EveStream() {
        Path capture =
                Distribution.home().resolve("lib").resolve("demo").resolve("demo.eve.json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(capture))) {
            new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> (line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(byte[] line) {
        String start = new String(line, 0, DATE, US_ASCII);
        String end = new String(line, DATE + 26, 6, US_ASCII);
        if (!start.equals(BEFORE) || !end.equals("+0000\"")) {
            throw new AssertionError(
                    "not a line of the demo capture: " + new String(line, US_ASCII));
        }
        lines.add(line);
    }

    /// How many lines were made so far: the number of the next one.
    long count() {
        return next;
    }

    /// Appends so many lines to a file.
    ///
    /// @return bytes written
    long append(Path file, long count) {
        long bytes = 0;
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE + (PIECE >> 2));
            for (long end = next + count; next < end; next++) {
                byte[] line = lines.get((int) (next % lines.size()));
                stamp(line, next);
                piece.write(line, 0, line.length);
                if (piece.size() >= PIECE || next == end - 1) {
                    bytes += piece.size();
                    piece.writeTo(out);
                    piece.reset();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /// Writes `yyyy-MM-ddTHH:mm:ss.SSS` over the time of a line.
    private static void stamp(byte[] line, long number) {
        LocalDateTime time = BEGIN.plusNanos(number * 1_000_000);
        digits(line, DATE, 4, time.getYear());
        digits(line, DATE + 5, 2, time.getMonthValue());
        digits(line, DATE + 8, 2, time.getDayOfMonth());
        digits(line, DATE + 11, 2, time.getHour());
        digits(line, DATE + 14, 2, time.getMinute());
        digits(line, DATE + 17, 2, time.getSecond());
        digits(line, DATE + 20, 3, (int) (number % 1_000));
        digits(line, DATE + 23, 3, 0);
    }

    private static void digits(byte[] line, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            line[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /// The number of the line with that `@timestamp`, given from its first digit on.
    static long number(byte[] bytes, int at) {
        LocalDateTime time =
                LocalDateTime.of(
                        value(bytes, at, 4),
                        value(bytes, at + 5, 2),
                        value(bytes, at + 8, 2),
                        value(bytes, at + 11, 2),
                        value(bytes, at + 14, 2),
                        value(bytes, at + 17, 2));
        long seconds = time.toEpochSecond(ZoneOffset.UTC) - BEGIN.toEpochSecond(ZoneOffset.UTC);
        return seconds * 1_000 + value(bytes, at + 20, 3);
    }

    private static int value(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }
}
