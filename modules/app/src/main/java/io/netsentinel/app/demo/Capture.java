package io.netsentinel.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// A recorded piece of traffic: EVE lines in the order of their time.
final class Capture {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<byte[]> lines;
    private final Instant begin;
    private final Instant end;

    private Capture(List<byte[]> lines) {
        this.lines = lines;
        this.begin = EveTime.parse(parse(lines.getFirst()).path("timestamp").textValue());
        this.end = EveTime.parse(parse(lines.getLast()).path("timestamp").textValue());
    }

    /// Reads a gzip file.
    static Capture read(Path file) {
        List<byte[]> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            reader.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Capture(lines);
    }

    int size() {
        return lines.size();
    }

    /// A copy of an event.
    ObjectNode event(int index) {
        return parse(lines.get(index));
    }

    Instant begin() {
        return begin;
    }

    Duration length() {
        return Duration.between(begin, end);
    }

    private static ObjectNode parse(byte[] line) {
        try {
            return (ObjectNode) MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
