package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {

    @TempDir Path directory;

    private final LogSettings settings = Logs.segmentsOf(150);
    private List<Path> segments = new ArrayList<>();
    private int events;

    @BeforeEach
    void fill() {
        try (EventLog log = EventLog.open(directory, settings)) {
            events = Logs.fillSegments(log, "alerts", 4);
        }
        segments = SegmentsTest.files(directory);
    }

    /// Every offset up to the tail is either read, with the right content, or declared missing.
    private List<Hole> assertNothingIsSilentlyWrong(EventLog log) {
        TreeSet<Long> accounted = new TreeSet<>();
        for (LogRecord found : Logs.readAll(log, "alerts", 0)) {
            if (found.offset() <= events) {
                assertThat(Logs.text(found)).isEqualTo(Long.toString(found.offset()));
            }
            assertThat(accounted.add(found.offset())).isTrue();
        }
        List<Hole> holes = Logs.holes(log, "alerts");
        for (Hole hole : holes) {
            for (long offset = hole.from(); offset <= hole.to(); offset++) {
                assertThat(accounted.add(offset)).isTrue();
            }
        }
        long tail = log.state("alerts").orElseThrow().tail();
        assertThat(tail).isGreaterThanOrEqualTo(events);
        assertThat(accounted).hasSize((int) tail);
        return holes;
    }

    /// Killed while the next segment was made: before its first table, and after each but the last.
    @RepeatedTest(7)
    void aSegmentThatWasNotMadeToItsEndIsNoDamage(RepetitionInfo repetition) throws Exception {
        SegmentFile half =
                new SegmentFile(
                        segments.getFirst().resolveSibling(""),
                        SegmentFile.Kind.SEGMENT,
                        9_000_000);
        String password = Files.readString(directory.resolve("database-password")).strip();
        Segment segment = new Segment(half, password, Segment.Mode.WRITE);
        Session session = segment.openSession();
        for (String table : Schema.TABLES.subList(0, repetition.getCurrentRepetition() - 1)) {
            session.execute(table);
        }
        segment.reset();
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(log.reports()).isEmpty();
            assertThat(half.path()).doesNotExist();
            assertThat(assertNothingIsSilentlyWrong(log)).isEmpty();
            appendAfterwards(log);
        }
    }

    private static void overwrite(Path file, long position, byte[] bytes) {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(position);
            out.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void flip(Path file, long position, int bit) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(position);
            int old = out.read();
            out.seek(position);
            out.write(old ^ 1 << bit);
        }
    }

    private void appendAfterwards(EventLog log) {
        appendAfterwards(log, "after");
    }

    private static void appendAfterwards(EventLog log, String text) {
        long tail = log.state("alerts").orElseThrow().tail();
        assertThat(Logs.append(log, "alerts", text).getFirst().offset()).isEqualTo(tail + 1);
    }

    @RepeatedTest(12)
    void aFlippedBitAnywhereIsNeverGivenOutAsTrue(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        Path file = segments.get(random.nextInt(segments.size()));
        flip(file, random.nextLong(Files.size(file)), random.nextInt(8));
        try (EventLog log = EventLog.open(directory, settings)) {
            assertNothingIsSilentlyWrong(log);
            appendAfterwards(log);
        }
    }

    /// The byte before the length of a payload says of what type it is.
    @RepeatedTest(8)
    void aPayloadOfAnotherTypeIsADeclaredHole(RepetitionInfo repetition) throws IOException {
        String text = "a payload that stands nowhere else ".repeat(9);
        try (EventLog log = EventLog.open(directory, settings)) {
            appendAfterwards(log, text);
        }
        Path file = SegmentsTest.files(directory).getLast();
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        int found = bytes.indexOf(text);
        assertThat(found).isPositive();
        while (found >= 0) {
            flip(file, found - 3, repetition.getCurrentRepetition() - 1);
            found = bytes.indexOf(text, found + 1);
        }
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(assertNothingIsSilentlyWrong(log))
                    .anyMatch(hole -> hole.from() <= events + 1 && hole.to() > events);
            appendAfterwards(log);
        }
    }

    @RepeatedTest(6)
    void aTornTailIsNoticedAndTheOffsetsGoOn(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        Path last = segments.getLast();
        try (RandomAccessFile out = new RandomAccessFile(last.toFile(), "rw")) {
            out.setLength(out.length() - 1 - random.nextInt(4 * 4096));
        }
        try (EventLog log = EventLog.open(directory, settings)) {
            assertNothingIsSilentlyWrong(log);
            appendAfterwards(log);
        }
    }

    @Test
    void aDestroyedMiddleSegmentIsADeclaredHoleAndTheRestIsReadable() {
        Path middle = segments.get(1);
        overwrite(middle, 0, new byte[(int) middle.toFile().length()]);
        try (EventLog log = EventLog.open(directory, settings)) {
            List<Hole> holes = assertNothingIsSilentlyWrong(log);
            assertThat(holes).hasSize(1).allMatch(h -> h.reason() == Hole.Reason.LOST);
            assertThat(log.reports())
                    .anyMatch(r ->
                            r.kind() == StorageReport.Kind.SEGMENT_DAMAGED
                                    && r.message().contains(middle.getFileName().toString()));
            appendAfterwards(log);
        }
        assertThat(middle.resolveSibling(middle.getFileName() + ".damaged")).exists();
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(Logs.holes(log, "alerts")).hasSize(1);
        }
    }

    @Test
    void aMiddleSegmentWithoutItsHeaderIsSaved() {
        overwrite(segments.get(1), 0, new byte[8192]);
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(assertNothingIsSilentlyWrong(log)).isEmpty();
            assertThat(log.reports())
                    .anyMatch(r -> r.kind() == StorageReport.Kind.SEGMENT_RECOVERED);
        }
    }

    @Test
    void aDestroyedLastSegmentBeginsANewEpochAboveEverythingGivenOut() {
        Path last = segments.getLast();
        overwrite(last, 0, new byte[(int) last.toFile().length()]);
        String before = epochOf(directory);
        try (EventLog log = EventLog.open(directory, settings)) {
            assertNothingIsSilentlyWrong(log);
            ChannelState state = log.state("alerts").orElseThrow();
            assertThat(state.tail()).isEqualTo(events);
            assertThat(state.epoch()).isNotEqualTo(before);
            assertThat(log.recoverable("alerts", before, events)).isTrue();
            assertThat(log.recoverable("alerts", before, events + 1)).isFalse();
            Position next = Logs.append(log, "alerts", "next").getFirst();
            assertThat(next.offset()).isEqualTo(events + 1);
            assertThat(next.epoch()).isEqualTo(state.epoch());
            assertThat(log.recoverable("alerts", state.epoch(), events + 1)).isTrue();
            assertThat(log.reports()).anyMatch(r -> r.kind() == StorageReport.Kind.EPOCH_CHANGED);
            assertThat(log.read("alerts", events, 10, 1_000).join().epoch())
                    .isEqualTo(state.epoch());
            assertThat(log.read("alerts", 0, 10, 1_000).join().epoch()).isEqualTo(before);
        }
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(log.reports()).isEmpty();
            assertThat(log.recoverable("alerts", before, events)).isTrue();
        }
    }

    private static String epochOf(Path directory) {
        return Marks.read(directory.resolve("marks")).orElseThrow().marks().getFirst().epoch();
    }

    @Test
    void anOlderCopyOfTheDataBeginsANewEpoch(@TempDir Path copy) throws IOException {
        Path last = segments.getLast();
        Path old = copy.resolve("old");
        Files.copy(last, old);
        try (EventLog log = EventLog.open(directory, Logs.settings())) {
            Logs.appendNumbers(log, "alerts", events + 1, events + 40);
        }
        Files.copy(old, last, StandardCopyOption.REPLACE_EXISTING);
        try (EventLog log = EventLog.open(directory, Logs.settings())) {
            assertNothingIsSilentlyWrong(log);
            assertThat(Logs.append(log, "alerts", "x").getFirst().offset()).isEqualTo(events + 41);
            assertThat(Logs.holes(log, "alerts"))
                    .containsExactly(new Hole(events + 1, events + 40, Hole.Reason.LOST));
        }
    }

    @Test
    void oneTornMarkFileChangesNothing() throws IOException {
        for (String name : List.of("marks.0", "marks.1")) {
            Path file = directory.resolve("marks").resolve(name);
            byte[] good = Files.readAllBytes(file);
            overwrite(file, good.length / 2, new byte[] {7, 7, 7});
            assertThat(Marks.read(directory.resolve("marks"))).isPresent();
            Files.write(file, good);
        }
    }

    @Test
    void withoutAnyMarksEveryChannelBeginsANewEpoch() throws IOException {
        String before = epochOf(directory);
        for (String name : List.of("marks.0", "marks.1")) {
            Files.write(directory.resolve("marks").resolve(name), new byte[100]);
        }
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(log.reports()).anyMatch(r -> r.kind() == StorageReport.Kind.MARKS_DAMAGED);
            assertThat(log.state("alerts").orElseThrow().epoch()).isNotEqualTo(before);
            assertThat(Logs.texts(log, "alerts")).isEqualTo(Logs.numbers(1, events));
            appendAfterwards(log);
        }
    }

    @Test
    void allSegmentsLostStillMeansThatOffsetsNeverGoBack() throws IOException {
        for (Path segment : segments) {
            Files.delete(segment);
        }
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(Logs.append(log, "alerts", "x").getFirst().offset()).isEqualTo(events + 1);
        }
    }

    @Test
    void aMissingPasswordIsSaidClearly() throws IOException {
        Path password = directory.resolve("database-password");
        byte[] kept = Files.readAllBytes(password);
        Files.delete(password);
        assertThatThrownBy(() -> EventLog.open(directory, settings))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("database-password' is missing");
        Files.write(password, "wrong".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> EventLog.open(directory, settings))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("does not fit");
        Files.write(password, kept);
        EventLog.open(directory, settings).close();
    }
}
