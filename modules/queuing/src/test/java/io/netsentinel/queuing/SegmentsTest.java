package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {

    @TempDir Path directory;

    private final ManualClock clock = new ManualClock();

    private EventLog open(LogSettings settings) {
        return Logs.open(directory, settings, clock);
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFullSegmentIsFollowedByTheNextAndReadingCrossesThem() {
        int last;
        try (EventLog log = open(Logs.segmentsOf(100))) {
            last = Logs.fillSegments(log, "alerts", 4);
            assertThat(Logs.texts(log, "alerts")).isEqualTo(Logs.numbers(1, last));
        }
        try (EventLog log = open(Logs.segmentsOf(100))) {
            assertThat(Logs.texts(log, "alerts")).isEqualTo(Logs.numbers(1, last));
            assertThat(log.reports()).isEmpty();
        }
    }

    @Test
    void aFileThatAKillLeftBeforeItWasADatabaseIsNoDamage() {
        try (EventLog log = open(Logs.segmentsOf(100))) {
            Logs.append(log, "alerts", "kept");
        }
        Path unborn = directory.resolve("log").resolve("segment-0000009999.mv.db");
        new MVStore.Builder().fileName(unborn.toString()).open().close();
        try (EventLog log = open(Logs.segmentsOf(100))) {
            assertThat(log.reports()).isEmpty();
            assertThat(Logs.texts(log, "alerts")).containsExactly("kept");
        }
        assertThat(unborn).doesNotExist();
    }

    @Test
    void aQuietChannelLivesOnInLaterSegments() {
        try (EventLog log = open(Logs.segmentsOf(100))) {
            Logs.append(log, "audit", "only one");
            Logs.fillSegments(log, "network", 4);
            Logs.append(log, "audit", "and another");
        }
        try (EventLog log = open(Logs.segmentsOf(100))) {
            assertThat(Logs.texts(log, "audit")).containsExactly("only one", "and another");
            assertThat(Logs.append(log, "audit", "third").getFirst().offset()).isEqualTo(3);
        }
    }

    @Test
    void bookmarksAndKeysAreCarriedOver() {
        IdempotencyKey early = new IdempotencyKey("s", "early");
        Append first = Logs.append("alerts", "keyed").withKey(early);
        Appended answer;
        try (EventLog log = open(Logs.segmentsOf(100))) {
            answer = log.append(first).join();
            log.append(Logs.bookmarked("alerts", "marked", "file", "42")).join();
            for (int i = 0; i < 60; i++) {
                log.append(Logs.append("alerts", "k" + i).withKey(new IdempotencyKey("s", "k" + i)))
                        .join();
                Logs.appendNumbers(log, "network", i * 20, i * 20 + 19);
            }
            Logs.fillSegments(log, "network", 4);
            assertThat(log.append(first).join()).isEqualTo(new Appended(answer.positions(), true));
        }
        // Only the newest segment is left: what had to live on is in it.
        files(directory).reversed().stream().skip(1).forEach(file -> file.toFile().delete());
        try (EventLog log = open(Logs.segmentsOf(100))) {
            assertThat(log.append(first).join()).isEqualTo(new Appended(answer.positions(), true));
            assertThat(log.bookmark("file").map(b -> new String(b, UTF_8))).contains("42");
            for (int i = 0; i < 60; i++) {
                assertThat(
                                log.append(
                                                Logs.append("alerts", "again")
                                                        .withKey(new IdempotencyKey("s", "k" + i)))
                                        .join()
                                        .duplicate())
                        .isTrue();
            }
        }
    }

    @Test
    void aKeyIsForgottenAfterItsTime() {
        Append keyed = Logs.append("alerts", "x").withKey(new IdempotencyKey("s", "k"));
        try (EventLog log = open(Logs.segmentsOf(1_000))) {
            log.append(keyed).join();
            clock.pass(Duration.ofHours(23));
            assertThat(log.append(keyed).join().duplicate()).isTrue();
            clock.pass(Duration.ofHours(2));
            assertThat(log.append(keyed).join().duplicate()).isFalse();
        }
    }

    @Test
    void anOldSegmentIsFollowedByTheNextWhenSomethingComes() {
        try (EventLog log = open(Logs.segmentsOf(1_000_000))) {
            Logs.append(log, "alerts", "1");
            clock.pass(Duration.ofHours(25));
            // The writer looks at its segment after every commit.
            while (log.statistics().segments() == 1) {
                Logs.append(log, "alerts", "more");
            }
            assertThat(Logs.texts(log, "alerts")).startsWith("1", "more");
        }
    }

    @Test
    void aSegmentPreparedButNeverUsedIsDeletedAtTheNextStart() throws IOException {
        Path left = directory.resolve("log/segment-0000000009.mv.db");
        try (EventLog log = open(Logs.segmentsOf(100))) {
            Logs.appendNumbers(log, "alerts", 1, 20);
        }
        Segment segment =
                new Segment(
                        new SegmentFile(directory.resolve("log"), SegmentFile.Kind.SEGMENT, 9),
                        Files.readString(directory.resolve("database-password")).strip(),
                        Segment.Mode.WRITE);
        try (Session _ = Roller.create(segment)) {
            assertThat(left).exists();
        } catch (java.sql.SQLException e) {
            throw new IOException(e);
        }
        try (EventLog log = open(Logs.segmentsOf(100))) {
            assertThat(left).doesNotExist();
            assertThat(Logs.texts(log, "alerts")).isEqualTo(Logs.numbers(1, 20));
        }
    }

    @Test
    void pagesAreBoundedByRecordsAndBytes() {
        try (EventLog log = open(Logs.segmentsOf(100))) {
            for (int i = 0; i < 30; i++) {
                Logs.append(log, "alerts", "x".repeat(1_000));
            }
            assertThat(log.read("alerts", 0, 7, 1 << 20).join().records()).hasSize(7);
            Page page = log.read("alerts", 0, 1_000, 3_500).join();
            assertThat(page.records()).hasSize(3);
            assertThat(page.scannedTo()).isEqualTo(3);
            assertThat(log.read("alerts", 0, 1_000, 10).join().records()).hasSize(1);
            assertThat(log.read("alerts", 30, 10, 1 << 20).join())
                    .extracting(Page::records, Page::scannedTo)
                    .containsExactly(List.of(), 30L);
        }
    }

    @Test
    void readingBackGivesTheNewestFirstAndEndsAtTheOldest() {
        try (EventLog log = open(Logs.segmentsOf(100))) {
            Logs.appendNumbers(log, "alerts", 1, 450);
            Page newest = log.readBefore("alerts", Long.MAX_VALUE, 3, 1 << 20).join();
            assertThat(newest.records())
                    .extracting(Logs::text)
                    .containsExactly("450", "449", "448");
            assertThat(newest.scannedTo()).isEqualTo(448);
            long at = Long.MAX_VALUE;
            int expected = 450;
            for (Page page = newest;
                    !page.records().isEmpty();
                    page = log.readBefore("alerts", at, 64, 1 << 20).join()) {
                for (LogRecord found : page.records()) {
                    if (found.offset() < at) {
                        assertThat(found.offset()).isEqualTo(expected--);
                    }
                }
                at = page.scannedTo();
            }
            assertThat(expected).isZero();
        }
    }

    @Test
    void aTimeIsFoundAcrossSegments() {
        try (EventLog log = open(Logs.segmentsOf(100))) {
            for (int minute = 1; minute <= 30; minute++) {
                clock.pass(Duration.ofMinutes(1));
                Logs.appendNumbers(log, "alerts", minute * 100, minute * 100 + 19);
            }
            java.time.Instant start = clock.instant().minus(Duration.ofMinutes(29));
            assertThat(log.offsetBefore("alerts", start).join()).isZero();
            for (int minute = 0; minute < 30; minute++) {
                assertThat(
                                log.offsetBefore("alerts", start.plus(Duration.ofMinutes(minute)))
                                        .join())
                        .isEqualTo(minute * 20L);
            }
            assertThat(log.offsetBefore("alerts", clock.instant().plusSeconds(1)).join())
                    .isEqualTo(600);
            assertThat(log.offsetBefore("unknown", start).join()).isZero();
        }
    }

    @Test
    void commitTimeNeverGoesBackWithTheWallClock() {
        try (EventLog log = open(Logs.segmentsOf(100))) {
            long before = Logs.append(log, "alerts", "1").getFirst().time();
            clock.step(Duration.ofHours(-1));
            assertThat(Logs.append(log, "alerts", "2").getFirst().time()).isEqualTo(before);
            clock.step(Duration.ofHours(2));
            assertThat(Logs.append(log, "alerts", "3").getFirst().time()).isGreaterThan(before);
        }
        clock.step(Duration.ofDays(-2));
        try (EventLog log = open(Logs.segmentsOf(100))) {
            Logs.append(log, "alerts", "4");
            assertThat(Logs.readAll(log, "alerts", 0)).extracting(LogRecord::time).isSorted();
        }
    }

    @Test
    void filesAreTheirOwnersOnly() throws IOException {
        try (EventLog log = open(Logs.segmentsOf(100))) {
            Logs.append(log, "alerts", "1");
            log.store().flush();
        }
        try (Stream<Path> all = Files.walk(directory).skip(1)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                assertThat(
                                java.nio.file.attribute.PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }
}
