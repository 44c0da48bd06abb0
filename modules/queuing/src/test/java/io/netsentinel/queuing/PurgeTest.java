package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.events.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {

    private static final String WANTED = "192.0.2.77";
    private static final PurgeScope SCOPE =
            new PurgeScope(Set.of("made-by-projection"), Set.of("configuration"), Set.of("people"));

    @TempDir Path directory;

    private Purge purge(LogSettings settings) {
        return new Purge(directory, settings, SCOPE);
    }

    private static PurgeSubject subject() {
        return PurgeSubject.of("address", WANTED);
    }

    private static String event(String address, int number) {
        return "{\"source\":{\"ip\":\"%s\"},\"number\":%d}".formatted(address, number);
    }

    private static String address(int number) {
        return number % 10 == 3 ? WANTED : "198.51.100." + number % 200;
    }

    /// Files in which the bytes of a text stand.
    static List<Path> holding(Path directory, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(
                                Files.readAllBytes(file),
                                java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void nothingOfAnAddressIsLeftInTheBytesOfTheDirectoryAndEverythingElseIs() throws IOException {
        LogSettings settings = Logs.segmentsOf(100);
        try (EventLog log = EventLog.open(directory, settings)) {
            for (int i = 1; i <= 450; i++) {
                Logs.append(log, "network", event(address(i), i));
            }
            log.store()
                    .commit(
                            new StoreBatch()
                                    .put(
                                            log.store().table("saved"),
                                            "view",
                                            ("source.ip = " + WANTED).getBytes(UTF_8))
                                    .put(log.store().table("saved"), "other", "x".getBytes(UTF_8)))
                    .join();
        }
        assertThat(holding(directory, WANTED)).isNotEmpty();

        PurgeReport counted = purge(settings).count(subject());
        assertThat(counted.events()).isEqualTo(Map.of("network", 45L));
        assertThat(counted.rows()).isEqualTo(Map.of("saved", 1L));
        assertThat(holding(directory, WANTED)).as("counting changes nothing").isNotEmpty();

        assertThat(purge(settings).carryOut(subject())).isEqualTo(counted);

        assertThat(holding(directory, WANTED)).isEmpty();
        try (EventLog log = EventLog.open(directory, settings)) {
            Page page = log.read("network", 0, 1_000, 1 << 24).join();
            List<Long> offsets = page.records().stream().map(LogRecord::offset).toList();
            List<Long> expected =
                    java.util.stream.LongStream.rangeClosed(1, 450)
                            .filter(i -> i % 10 != 3)
                            .boxed()
                            .toList();
            assertThat(offsets).isEqualTo(expected);
            assertThat(page.missing())
                    .hasSize(45)
                    .allMatch(hole -> hole.reason() == Hole.Reason.PURGED)
                    .first()
                    .isEqualTo(new Hole(3, 3, Hole.Reason.PURGED));
            assertThat(log.state("network").orElseThrow().tail()).isEqualTo(450);
            assertThat(log.state("network").orElseThrow().first()).isEqualTo(1);
            assertThat(log.reports()).isEmpty();
            assertThat(log.store().table("saved").get("view")).isEmpty();
            assertThat(log.store().table("saved").get("other")).isPresent();
            assertThat(Logs.append(log, "network", "next").getFirst().offset()).isEqualTo(451);
        }
        assertThat(purge(settings).count(subject()).events()).isEmpty();
    }

    @Test
    void aDurableSubscriptionWhoseFilterNamesTheAddressGoesWithItsPlacesAndNoOtherMoves() {
        LogSettings settings = Logs.settings();
        Instant then = Instant.parse("2026-11-01T00:00:00Z");
        StoredCursor theirs =
                new StoredCursor(
                        "bob",
                        "desk",
                        "network",
                        "source.ip = " + WANTED,
                        then,
                        then,
                        Map.of("network", new StoredCursor.Place("e1", 99)));
        StoredCursor other =
                new StoredCursor(
                        "ada",
                        "desk",
                        "network",
                        "",
                        then,
                        then,
                        Map.of("network", new StoredCursor.Place("e1", 7)));
        try (EventLog log = EventLog.open(directory, settings)) {
            CursorTable table = new CursorTable(log.store());
            for (StoredCursor one : List.of(theirs, other)) {
                CursorTable.Changes changes = table.changes();
                changes.describe(one);
                one.places().forEach((channel, place) -> changes.move(one, channel, place));
                changes.commit().join();
            }
        }
        assertThat(purge(settings).carryOut(subject()).rows().values()).containsExactly(2L);
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(new CursorTable(log.store()).all()).containsExactly(other);
        }
    }

    @Test
    void ofAUserOnlyFieldsThatNameSomebodyCount() {
        PurgeSubject admin = PurgeSubject.of("user", "admin");
        for (String theirs :
                List.of(
                        "{\"user\":{\"name\":\"Admin\"}}",
                        "{\"user\":\"admin\"}",
                        "{\"source\":{\"user\":{\"id\":\"admin\"}}}",
                        "{\"ns\":{\"change\":{\"user\":\"admin\"}}}")) {
            assertThat(admin.in(theirs.getBytes(UTF_8))).as(theirs).isTrue();
        }
        for (String others :
                List.of(
                        "{\"user\":{\"name\":\"ada\",\"roles\":[\"admin\"]}}",
                        "{\"user\":{\"group\":{\"name\":\"admin\"}}}",
                        "{\"user\":{\"domain\":\"admin\"}}",
                        "{\"message\":\"admin\"}")) {
            assertThat(admin.in(others.getBytes(UTF_8))).as(others).isFalse();
        }
    }

    @Test
    void aRequestThatIsNotUnderstoodKeepsNobodyFromStartingAndCanBeWithdrawn() throws IOException {
        PurgeRequest good = Purge.request(directory, subject());
        Path file = directory.resolve("purge");
        Files.writeString(file, Files.readString(file) + "asked\t01BAD\taddress\tno address\n");
        assertThat(Purge.pending(directory)).containsExactly(good);
        Purge.forget(directory, "01BAD");
        assertThat(file).content().doesNotContain("01BAD").contains(good.id());
    }

    @Test
    void theFirstTheLastAndAllEventsOfAFileCanBeRemoved() {
        LogSettings settings = Logs.segmentsOf(1_000);
        String epoch;
        try (EventLog log = EventLog.open(directory, settings)) {
            Logs.append(log, "alone", event(WANTED, 1));
            Logs.append(log, "ends", event(WANTED, 1), event("203.0.113.1", 2), event(WANTED, 3));
            epoch = log.state("ends").orElseThrow().epoch();
        }
        purge(settings).carryOut(subject());
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(log.state("alone").orElseThrow().tail()).isEqualTo(1);
            assertThat(log.state("ends").orElseThrow().epoch()).isEqualTo(epoch);
            Page alone = log.read("alone", 0, 10, 1 << 20).join();
            assertThat(alone.records()).isEmpty();
            assertThat(alone.missing()).containsExactly(new Hole(1, 1, Hole.Reason.PURGED));
            assertThat(alone.scannedTo()).isEqualTo(1);
            Page back = log.readBefore("ends", Long.MAX_VALUE, 10, 1 << 20).join();
            assertThat(back.records()).extracting(LogRecord::offset).containsExactly(2L);
            assertThat(back.missing())
                    .containsExactly(
                            new Hole(3, 3, Hole.Reason.PURGED), new Hole(1, 1, Hole.Reason.PURGED));
        }
    }

    @Test
    void theAuditTrailIsKeptAndItsEntriesAreCounted() {
        LogSettings settings = Logs.settings();
        try (EventLog log = EventLog.open(directory, settings)) {
            Logs.append(log, Channel.AUDIT, event(WANTED, 1));
            Logs.append(log, Channel.DEAD_LETTERS, "{\"raw\":\"x " + WANTED + " y\"}");
        }
        PurgeReport report = purge(settings).carryOut(subject());
        assertThat(report.keptEvents()).isEqualTo(Map.of(Channel.AUDIT, 1L));
        assertThat(report.events()).isEqualTo(Map.of(Channel.DEAD_LETTERS, 1L));
        assertThat(report.summary()).contains("events kept: audit 1").doesNotContain(WANTED);
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(log.read(Channel.AUDIT, 0, 10, 1 << 20).join().records()).hasSize(1);
        }
    }

    @Test
    void bookmarksAndKeysOfOthersLiveOn() {
        LogSettings settings = Logs.settings();
        Append keyed =
                Logs.append("network", event(WANTED, 1), event("203.0.113.9", 2))
                        .withKey(new IdempotencyKey("token", "batch-1"));
        Appended answer;
        try (EventLog log = EventLog.open(directory, settings)) {
            log.append(
                            new Append(
                                    List.of(),
                                    List.of(new Bookmark("eve", "at 7".getBytes(UTF_8))),
                                    java.util.Optional.empty()))
                    .join();
            log.append(
                            Logs.append("network", event("203.0.113.8", 3))
                                    .withKey(new IdempotencyKey("token", "of " + WANTED)))
                    .join();
            answer = log.append(keyed).join();
        }
        assertThat(purge(settings).carryOut(subject()).rows())
                .isEqualTo(Map.of("idempotency keys", 1L));
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(log.bookmark("eve")).isPresent();
            Appended again = log.append(keyed).join();
            assertThat(again.duplicate()).isTrue();
            assertThat(again.positions()).isEqualTo(answer.positions());
        }
    }

    @Test
    void whatAProjectionMadeBeginsAnewOnlyWhenSomethingWasRemoved() throws IOException {
        LogSettings settings = Logs.settings();
        try (EventLog log = EventLog.open(directory, settings)) {
            TableProjection made = new TableProjection(log.store().table("made-by-projection"));
            log.projections().register(made);
            Logs.append(log, "network", event(WANTED, 1), event("203.0.113.9", 2));
            log.projections().awaitApplied(made.name(), "network", 2).join();
            log.store().flush();
        }
        assertThat(purge(settings).carryOut(PurgeSubject.of("address", "10.9.9.9")).rebuilt())
                .isFalse();
        assertThat(purge(settings).carryOut(subject()).rebuilt()).isTrue();
        assertThat(holding(directory, WANTED)).isEmpty();
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(log.store().table("made-by-projection").scan("", Table.END, 10)).isEmpty();
            TableProjection made = new TableProjection(log.store().table("made-by-projection"));
            log.projections().register(made);
            log.projections().awaitApplied(made.name(), "network", 2).join();
            assertThat(log.store().table("made-by-projection").scan("", Table.END, 10))
                    .extracting(Row::key)
                    .containsExactly("at2");
        }
    }

    private record TableProjection(Table table) implements Projection {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Set<String> channels() {
            return Set.of("network");
        }

        @Override
        public void apply(String channel, String epoch, List<LogRecord> records, StoreBatch batch) {
            records.forEach(one -> batch.put(table, "at" + one.offset(), one.payload()));
        }
    }

    @Test
    void whatWasRemovedStaysRemovedWhenItsFileIsPacked() {
        ManualClock clock = new ManualClock();
        LogSettings settings =
                Logs.segmentsOf(100)
                        .withMaxAge(Duration.ofDays(1), Map.of("alerts", Duration.ofDays(30)));
        int last;
        try (EventLog log = Logs.open(directory, settings, clock)) {
            Logs.append(
                    log,
                    "alerts",
                    event("203.0.113.1", 1),
                    event(WANTED, 2),
                    event("203.0.113.1", 3));
            last = Logs.fillSegments(log, "network", 3);
        }
        purge(settings).carryOut(subject());
        try (EventLog log = Logs.open(directory, settings, clock)) {
            clock.pass(Duration.ofDays(2));
            Logs.appendNumbers(log, "network", last + 1, last + 300);
            log.maintain();
            assertThat(SegmentsTest.files(directory))
                    .anyMatch(file -> file.getFileName().toString().startsWith("archive-"));
            Page page = log.read("alerts", 0, 10, 1 << 20).join();
            assertThat(page.records()).extracting(LogRecord::offset).containsExactly(1L, 3L);
            assertThat(page.missing()).containsExactly(new Hole(2, 2, Hole.Reason.PURGED));
        }
    }

    @Test
    void aUserIsFoundInTheFieldsOfUsersAndInTheRowsThatAreTheirs() {
        LogSettings settings = Logs.settings();
        try (EventLog log = EventLog.open(directory, settings)) {
            Logs.append(
                    log,
                    "logs",
                    "{\"user\":{\"name\":\"Ann\"}}",
                    "{\"message\":\"ann went\",\"host\":{\"name\":\"ann\"}}",
                    "{\"ns\":{\"change\":{\"user\":\"ann\",\"action\":\"ack\"}}}",
                    "{\"related\":{\"user\":[\"bob\",\"ann\"]}}",
                    "{\"user\":{\"name\":\"anna\"}}");
            StoreBatch batch = new StoreBatch();
            batch.put(log.store().table("people"), "ann", "{}".getBytes(UTF_8));
            batch.put(log.store().table("people"), "anna", "{}".getBytes(UTF_8));
            batch.put(log.store().table("views"), "ann\0 1", "{}".getBytes(UTF_8));
            batch.put(log.store().table("sessions"), "x", "{\"user\":\"ann\"}".getBytes(UTF_8));
            batch.put(
                    log.store().table("configuration"),
                    "rule",
                    "{\"history\":[{\"user\":\"ann\"}]}".getBytes(UTF_8));
            log.store().commit(batch).join();
        }
        PurgeReport report = purge(settings).carryOut(PurgeSubject.of("user", "ann"));
        assertThat(report.events()).isEqualTo(Map.of("logs", 3L));
        assertThat(report.rows()).isEqualTo(Map.of("people", 1L, "views", 1L, "sessions", 1L));
        assertThat(report.keptRows()).isEqualTo(Map.of("configuration", 1L));
        try (EventLog log = EventLog.open(directory, settings)) {
            assertThat(log.read("logs", 0, 10, 1 << 20).join().records())
                    .extracting(LogRecord::offset)
                    .containsExactly(2L, 5L);
            assertThat(log.store().table("people").get("anna")).isPresent();
        }
    }

    @Test
    void aRequestIsKeptUntilItsOutcomeIsNotedAndItsSubjectUntilItIsDone() throws IOException {
        PurgeRequest first = Purge.request(directory, subject());
        PurgeRequest second = Purge.request(directory, PurgeSubject.of("user", "tab less"));
        assertThat(Purge.pending(directory)).containsExactly(first, second);

        Purge.Outcome outcome = Purge.done(directory, first, "events removed: none");
        assertThat(Purge.pending(directory)).containsExactly(second);
        assertThat(Purge.outcomes(directory)).containsExactly(outcome);
        assertThat(holding(directory, WANTED)).isEmpty();

        Purge.forget(directory, first.id());
        Purge.forget(directory, second.id());
        assertThat(directory.resolve("purge")).doesNotExist();
    }

    @Test
    void aDirectoryInUseIsLeftAlone() {
        try (EventLog log = EventLog.open(directory, Logs.settings())) {
            Logs.append(log, "network", event(WANTED, 1));
            assertThatThrownBy(() -> purge(Logs.settings()).carryOut(subject()))
                    .isInstanceOf(DataDirectoryInUseException.class);
            assertThatThrownBy(() -> purge(Logs.settings()).count(subject()))
                    .isInstanceOf(DataDirectoryInUseException.class);
            assertThat(log.read("network", 0, 10, 1 << 20).join().records()).hasSize(1);
        }
    }

    @Test
    void whatIsNoAddressAndNoNameIsRefusedNamingIt() {
        assertThatThrownBy(() -> PurgeSubject.of("address", "10.0.0.0/8"))
                .hasMessageContaining("'10.0.0.0/8' is no address");
        assertThatThrownBy(() -> PurgeSubject.of("address", "example.org"))
                .hasMessageContaining("'example.org' is no address");
        assertThatThrownBy(() -> PurgeSubject.of("user", " \t ")).hasMessageContaining("1 to 256");
    }
}
