package io.netsentinel.queuing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the tests do with logs again and again.
final class Logs {

    private Logs() {}

    static LogSettings settings() {
        return LogSettings.defaults().withDisk(10L << 30, 0);
    }

    /// Segments of so many events.
    static LogSettings segmentsOf(long events) {
        return settings()
                .withSegments(events, 64 << 20, Duration.ofDays(1))
                .withGroups(50, Duration.ZERO);
    }

    static EventLog open(Path directory) {
        return EventLog.open(directory, settings());
    }

    static EventLog open(Path directory, LogSettings settings, ManualClock clock) {
        return EventLog.open(directory, settings, clock.logClock(), clock);
    }

    static Entry entry(String channel, String text) {
        return Entry.of(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Position> append(EventLog log, String channel, String... texts) {
        return log.append(append(channel, texts)).join().positions();
    }

    static Append append(String channel, String... texts) {
        return new Append(
                Arrays.stream(texts).map(text -> entry(channel, text)).toList(),
                List.of(),
                Optional.empty());
    }

    /// Appends `from` to `to` (both included) as texts, in groups.
    static void appendNumbers(EventLog log, String channel, int from, int to) {
        for (int at = from; at <= to; at += 20) {
            append(
                    log,
                    channel,
                    IntStream.rangeClosed(at, Math.min(to, at + 19))
                            .mapToObj(Integer::toString)
                            .toArray(String[]::new));
        }
    }

    /// Appends numbers from 1 on until the log has so many segments: the next one is opened in the
    /// background.
    ///
    /// @return the last number
    static int fillSegments(EventLog log, String channel, int segments) {
        int last = 0;
        while (log.statistics().segments() < segments) {
            appendNumbers(log, channel, last + 1, last + 20);
            last += 20;
        }
        // A segment may be followed by the next one just after its last event: the newest is not
        // left empty.
        appendNumbers(log, channel, last + 1, last + 20);
        return last + 20;
    }

    static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    static String text(LogRecord found) {
        return new String(found.payload(), StandardCharsets.UTF_8);
    }

    /// Everything of a channel after an offset, page by page.
    static List<LogRecord> readAll(EventLog log, String channel, long after) {
        List<LogRecord> all = new ArrayList<>();
        long at = after;
        Page page = log.read(channel, at, 100, 1 << 20).join();
        while (page.scannedTo() > at) {
            all.addAll(page.records());
            at = page.scannedTo();
            page = log.read(channel, at, 100, 1 << 20).join();
        }
        return all;
    }

    static List<String> texts(EventLog log, String channel) {
        return readAll(log, channel, 0).stream().map(Logs::text).toList();
    }

    static List<Hole> holes(EventLog log, String channel) {
        List<Hole> all = new ArrayList<>();
        long at = 0;
        Page page = log.read(channel, at, 100, 1 << 20).join();
        while (page.scannedTo() > at) {
            all.addAll(page.missing());
            at = page.scannedTo();
            page = log.read(channel, at, 100, 1 << 20).join();
        }
        return all;
    }

    static Append bookmarked(String channel, String text, String source, String value) {
        return Append.of(
                List.of(entry(channel, text)),
                new Bookmark(source, value.getBytes(StandardCharsets.UTF_8)));
    }

    static LogSettings keeping(
            Duration standard, Map<String, Duration> byChannel, long segmentEvents) {
        return segmentsOf(segmentEvents).withMaxAge(standard, byChannel);
    }
}
