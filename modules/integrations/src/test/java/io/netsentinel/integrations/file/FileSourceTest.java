package io.netsentinel.integrations.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.SourceSettings.Start;
import io.netsentinel.integrations.SourceStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir Path temporary;
    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(temporary, "eve.json");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void move(String from, String to) throws IOException {
        Files.move(lab.file(from), lab.file(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private void truncate(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(lab.file(name), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    private List<String> reasons() {
        return lab.events(Channel.DEAD_LETTERS).stream()
                .map(event -> event.text(Fields.EVENT_REASON))
                .toList();
    }

    @Test
    void readsWhatIsThereAndThenWhatComes() {
        lab.append("eve.json", 0, 1500);
        lab.start();
        lab.expect(0, 1500);
        lab.append("eve.json", 1500, 1600);
        lab.expect(0, 1600);
        lab.await(() -> lab.status().state() == State.LIVE);
        assertThat(lab.status().lagBytes()).isZero();
        assertThat(lab.status().progress()).isEqualTo(1);
        assertThat(lab.status().accepted()).isEqualTo(1600);
    }

    @Test
    void waitsForAFileThatIsNotThereYet() {
        lab.start();
        lab.await(() -> lab.status().state() == State.WAITING);
        lab.append("eve.json", 0, 3);
        lab.expect(0, 3);
    }

    @Test
    void canBeginAtTheEnd() {
        lab.configure(settings -> settings.withStart(Start.END));
        lab.append("eve.json", 0, 10);
        lab.append("eve.json", "{\"half\":");
        lab.start();
        lab.await(() -> !lab.log().bookmarks().isEmpty());
        lab.append("eve.json", "1}\n");
        lab.append("eve.json", 10, 20);
        lab.expect(10, 20);
        lab.stop();
        lab.append("eve.json", 20, 30);
        lab.start();
        lab.expect(10, 30);
    }

    @Test
    void aFileThatComesLaterIsReadFromItsBeginningAlsoWithStartAtTheEnd() {
        lab.configure(settings -> settings.withStart(Start.END));
        lab.start();
        lab.await(() -> !lab.log().bookmarks().isEmpty());
        lab.append("eve.json", 0, 10);
        lab.expect(0, 10);
    }

    @Test
    void aLineIsTakenOnlyWhenItIsComplete() {
        String line = Lab.line(0);
        lab.start();
        lab.append("eve.json", line.substring(0, 30));
        lab.await(() -> lab.status().lagBytes() == 30);
        lab.append("eve.json", line.substring(30));
        lab.expect(0, 1);
        assertThat(lab.status().deadLetters()).isZero();
    }

    @Test
    void aCompleteObjectWithoutALineEndIsTakenWhenNothingFollows() {
        lab.append("eve.json", Lab.line(0) + Lab.line(1).strip());
        lab.start();
        lab.expect(0, 2);
        lab.append("eve.json", "\n" + Lab.line(2));
        lab.expect(0, 3);
        assertThat(lab.status().deadLetters()).isZero();
    }

    @Test
    void aRenamedFileIsReadToItsEndBeforeTheNewOne() throws IOException {
        lab.append("eve.json", 0, 100);
        lab.start();
        lab.expect(0, 100);
        move("eve.json", "eve.json.1");
        lab.append("eve.json.1", 100, 150);
        lab.append("eve.json", 150, 200);
        lab.expect(0, 200);
    }

    @Test
    void lateLinesOfARenamedFileAreNotLost() throws IOException {
        lab.append("eve.json", 0, 10);
        lab.start();
        lab.expect(0, 10);
        move("eve.json", "eve.json.1");
        lab.append("eve.json", 10, 20);
        lab.expect(0, 20);
        lab.append("eve.json.1", 20, 30);
        lab.expect(0, 30);
    }

    @Test
    void generationsNobodySawAreReadInOrder() throws IOException {
        lab.append("eve.json", 0, 10);
        lab.start();
        lab.expect(0, 10);
        lab.stop();
        for (int generation = 1; generation <= 3; generation++) {
            long first = generation * 10L;
            lab.append("eve.json", first, first + 5);
            for (int i = 4; i > 1; i--) {
                if (Files.exists(lab.file("eve.json." + (i - 1)))) {
                    move("eve.json." + (i - 1), "eve.json." + i);
                }
            }
            move("eve.json", "eve.json.1");
            lab.append("eve.json", first + 5, first + 10);
            // file systems tell times apart by ticks
            Files.setLastModifiedTime(
                    lab.file("eve.json.1"),
                    FileTime.fromMillis(System.currentTimeMillis() - 10_000 + generation * 1000L));
        }
        lab.start();
        lab.expect(0, 40);
    }

    @Test
    void generationsFromBeforeTheFirstStartAreLeftAlone() throws IOException {
        lab.append("eve.json.2", 1000, 1010);
        lab.append("eve.json.1", 1010, 1020);
        for (String old : List.of("eve.json.2", "eve.json.1")) {
            Files.setLastModifiedTime(lab.file(old), FileTime.fromMillis(1_700_000_000_000L));
        }
        lab.append("eve.json", 0, 10);
        lab.start();
        lab.expect(0, 10);
        move("eve.json.2", "eve.json.3");
        move("eve.json.1", "eve.json.2");
        move("eve.json", "eve.json.1");
        lab.append("eve.json", 10, 20);
        lab.expect(0, 20);
        lab.stop();
        lab.start();
        lab.append("eve.json", 20, 30);
        lab.expect(0, 30);
    }

    @Test
    void aCopiedAndTruncatedFileLosesNothingThatTheCopyHas() throws IOException {
        lab.append("eve.json", 0, 100);
        lab.start();
        lab.expect(0, 100);
        lab.kill();
        lab.append("eve.json", 100, 200);
        Files.copy(lab.file("eve.json"), lab.file("eve.json.1"));
        truncate("eve.json");
        lab.start();
        lab.append("eve.json", 200, 210);
        lab.expect(0, 210);
    }

    @Test
    void aCopiedAndTruncatedFileIsReadOnWhileItRuns() throws IOException {
        lab.start();
        for (int round = 0; round < 5; round++) {
            lab.append("eve.json", round * 100L, round * 100L + 40);
            lab.expect(0, round * 100L + 40);
            lab.append("eve.json", round * 100L + 40, round * 100L + 50);
            Files.copy(
                    lab.file("eve.json"),
                    lab.file("eve.json.1"),
                    StandardCopyOption.REPLACE_EXISTING);
            truncate("eve.json");
            lab.append("eve.json", round * 100L + 50, round * 100L + 100);
            lab.expect(0, round * 100L + 100);
            truncate("eve.json");
            Files.delete(lab.file("eve.json.1"));
            lab.await(() -> lab.status().lagBytes() == 0);
        }
    }

    @Test
    void theCopyIsNotReadAgainWhenThePatternMatchesIt() throws IOException {
        lab.configure(settings ->
                io.netsentinel.integrations.SourceSettings.eve(
                                "lab", lab.file("eve.json*").toString())
                        .withTimes(Lab.POLL, Duration.ofSeconds(5)));
        lab.append("eve.json", 0, 100);
        lab.start();
        lab.expect(0, 100);
        Files.copy(lab.file("eve.json"), lab.file("eve.json.1"));
        lab.append("eve.json", 100, 101);
        lab.expect(0, 101);
        Files.copy(
                lab.file("eve.json"), lab.file("eve.json.1"), StandardCopyOption.REPLACE_EXISTING);
        truncate("eve.json");
        lab.append("eve.json", 101, 110);
        lab.expect(0, 110);
        lab.stop();
        lab.start();
        lab.append("eve.json", 110, 120);
        lab.expect(0, 120);
    }

    @Test
    void aCopyIsNotTakenForAFileOfItsOwnWhileItIsBeingMade() throws IOException {
        lab.configure(settings ->
                io.netsentinel.integrations.SourceSettings.eve(
                                "lab", lab.file("eve.json*").toString())
                        .withTimes(Lab.POLL, Duration.ofSeconds(5)));
        lab.append("eve.json", 0, 100);
        lab.start();
        lab.expect(0, 100);
        Files.createFile(lab.file("eve.json.1"));
        lab.append("eve.json-other", 100, 150);
        lab.expect(0, 150); // so the directory was looked at while the copy was empty
        lab.append("eve.json.1", Files.readAllBytes(lab.file("eve.json")));
        truncate("eve.json");
        lab.append("eve.json", 150, 160);
        lab.expect(0, 160);
    }

    @Test
    void norForAGenerationJustAfterARotation() throws IOException {
        lab.append("eve.json", 0, 100);
        lab.start();
        lab.expect(0, 100);
        move("eve.json", "eve.json.1");
        lab.append("eve.json", 100, 200);
        lab.expect(0, 200);
        Files.createFile(lab.file("eve.json.2"));
        lab.append("eve.json-20260601", 200, 230);
        lab.expect(0, 230); // so generations were looked for while the copy was empty
        lab.append("eve.json.2", Files.readAllBytes(lab.file("eve.json")));
        truncate("eve.json");
        lab.append("eve.json", 230, 240);
        lab.expect(0, 240);
    }

    @Test
    void aFileOfItsOwnIsReadThoughItsNameIsThatOfACopyAndItIsShort() {
        lab.configure(settings ->
                io.netsentinel.integrations.SourceSettings.eve(
                                "lab", lab.file("eve.json*").toString())
                        .withTimes(Lab.POLL, Duration.ofSeconds(5)));
        lab.append("eve.json", 0, 100);
        lab.start();
        lab.expect(0, 100);
        lab.append("eve.json-other", 100, 101);
        lab.expect(0, 101);
    }

    @Test
    void aTruncatedFileIsReadFromItsBeginningAndTheLossIsCounted() throws IOException {
        lab.append("eve.json", 0, 100);
        lab.start();
        lab.expect(0, 100);
        lab.append("eve.json", "{\"unfinished\":");
        lab.await(() -> lab.status().lagBytes() == 14);
        truncate("eve.json");
        lab.append("eve.json", 100, 110);
        lab.expect(0, 110);
        assertThat(lab.status().lostBytes()).isEqualTo(14);
        assertThat(lab.status().rotations()).isEqualTo(1);
    }

    @Test
    void aFileWrittenAnewThatIsAlreadyLongerIsNoticed() throws IOException {
        lab.append("eve.json", 0, 10);
        lab.start();
        lab.expect(0, 10);
        lab.kill();
        StringBuilder lines = new StringBuilder();
        for (int i = 10; i < 100; i++) {
            lines.append(Lab.line(i));
        }
        Files.writeString(lab.file("eve.json"), lines);
        lab.start();
        lab.expect(0, 100);
    }

    @Test
    void aFileWrittenAnewWithTheSameLengthIsNoticed() throws IOException {
        lab.append("eve.json", 0, 10);
        lab.start();
        lab.expect(0, 10);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            lines.append(Lab.line(9 - i));
        }
        Files.writeString(lab.file("eve.json"), lines);
        lab.await(() -> lab.tail(Channel.NETWORK) == 20);
        assertThat(lab.numbers().subList(10, 20)).isEqualTo(Lab.range(0, 10).reversed());
    }

    @Test
    void aDeletedFileIsReadToItsEndAndANewOneFollows() throws IOException {
        lab.append("eve.json", 0, 10);
        lab.start();
        lab.expect(0, 10);
        Files.delete(lab.file("eve.json"));
        lab.append("eve.json", 10, 20);
        lab.expect(0, 20);
        lab.kill();
        Files.delete(lab.file("eve.json"));
        lab.append("eve.json", 20, 30);
        lab.start();
        lab.expect(0, 30);
    }

    @Test
    void aLinkThatIsSwitchedIsFollowed() throws IOException {
        lab.append("day1.json", 0, 10);
        Files.createSymbolicLink(lab.file("eve.json"), Path.of("day1.json"));
        lab.start();
        lab.expect(0, 10);
        lab.append("day1.json", 10, 20);
        lab.append("day2.json", 20, 30);
        Files.createSymbolicLink(lab.file("next"), Path.of("day2.json"));
        move("next", "eve.json");
        lab.expect(0, 30);
        lab.append("day1.json", 30, 35);
        lab.expect(0, 35);
        // and back: what was read there is not read again
        Files.createSymbolicLink(lab.file("next"), Path.of("day1.json"));
        move("next", "eve.json");
        lab.append("day1.json", 35, 40);
        lab.expect(0, 40);
    }

    @Test
    void aCompressedOldFileIsNotRead() throws IOException {
        lab.configure(settings ->
                io.netsentinel.integrations.SourceSettings.eve(
                                "lab", lab.file("eve.json*").toString())
                        .withTimes(Lab.POLL, Duration.ofMillis(100)));
        lab.append("eve.json", 0, 10);
        lab.start();
        lab.expect(0, 10);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(Files.readAllBytes(lab.file("eve.json")));
        }
        move("eve.json", "eve.json.1");
        lab.append("eve.json.2.gz", zipped.toByteArray());
        lab.append("eve.json.3", zipped.toByteArray());
        Files.delete(lab.file("eve.json.1"));
        lab.append("eve.json", 10, 20);
        lab.expect(0, 20);
        assertThat(lab.status().deadLetters()).isZero();
    }

    @Test
    void aPatternFollowsSeveralFilesAndNewOnes() {
        lab.configure(settings ->
                io.netsentinel.integrations.SourceSettings.eve(
                                "lab", lab.file("eve.*.json").toString())
                        .withTimes(Lab.POLL, Duration.ofSeconds(5)));
        lab.append("eve.1.json", 0, 10);
        lab.start();
        lab.expect(0, 10);
        lab.append("eve.2.json", 10, 20);
        lab.append("other.json", 1000, 1010);
        lab.expect(0, 20);
        lab.append("eve.1.json", 20, 30);
        lab.expect(0, 30);
    }

    @Test
    void equalFilesOfAPatternAreBothRead() {
        lab.configure(settings ->
                io.netsentinel.integrations.SourceSettings.eve(
                                "lab", lab.file("eve.*.json").toString())
                        .withTimes(Lab.POLL, Duration.ofSeconds(5)));
        lab.append("eve.1.json", 0, 50);
        lab.append("eve.2.json", 0, 50);
        lab.start();
        lab.await(() -> lab.tail(Channel.NETWORK) == 100);
    }

    @Test
    void spoiltLinesAreKeptAsDeadLettersAndTheRestIsRead() {
        byte[] invalid = Lab.line(3).getBytes(UTF_8);
        invalid[0] = (byte) 0xFF;
        lab.append("eve.json", Lab.line(0) + "not json <script>\u001b[31m\u202e\n" + Lab.line(1));
        lab.append("eve.json", "\n   \n\r\n");
        lab.append("eve.json", invalid);
        lab.append("eve.json", "x\0y\n" + "\0\0\0\0\0" + Lab.line(2));
        lab.append("eve.json", 3, 5);
        lab.start();
        lab.expect(0, 5);
        lab.await(() -> lab.tail(Channel.DEAD_LETTERS) == 4);

        List<Event> letters = lab.events(Channel.DEAD_LETTERS);
        assertThat(letters.getFirst().text(Fields.RAW))
                .isEqualTo("not json <script>\\x1b[31m\\u202e");
        assertThat(letters.getFirst().number("ns.dead_letter.line", 0)).isEqualTo(2);
        assertThat(letters.getFirst().text("log.file.path")).endsWith("eve.json");
        assertThat(letters.getFirst().text(Fields.OBSERVER_NAME)).isEqualTo("lab");
        assertThat(reasons())
                .noneMatch(reason -> reason.contains("Exception"))
                .contains("5 NUL bytes before the line were skipped");
        assertThat(lab.status().deadLetters()).isEqualTo(4);
        assertThat(lab.status().nulBytes()).isEqualTo(5);
    }

    @Test
    void anOverlongLineIsSkippedAndCounted() {
        lab.configure(settings -> settings.withMaxLine(10_000));
        lab.append("eve.json", Lab.line(0) + "a".repeat(3_000_000) + "\n" + Lab.line(1));
        lab.append("eve.json", "b".repeat(10_001) + "\n" + Lab.line(2));
        lab.start();
        lab.expect(0, 3);
        assertThat(lab.status().overlong()).isEqualTo(2);
        assertThat(reasons())
                .containsExactly(
                        "longer than 10000 bytes: 3000000 bytes",
                        "longer than 10000 bytes: 10001 bytes");
        assertThat(lab.events(Channel.DEAD_LETTERS).getFirst().text(Fields.RAW)).hasSize(4096);
    }

    @Test
    void aHoleOfNulBytesDoesNotSwallowTheLineBehindIt() throws IOException {
        lab.append("eve.json", 0, 1);
        try (FileChannel channel =
                FileChannel.open(lab.file("eve.json"), StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(Lab.line(1).getBytes(UTF_8)), 50_000_000);
        }
        lab.start();
        lab.expect(0, 2);
        assertThat(lab.status().nulBytes()).isEqualTo(50_000_000 - Lab.line(0).length());
    }

    @Test
    void whatIsNoRegularFileIsNotOpened() throws IOException {
        Files.createDirectory(lab.file("eve.json"));
        lab.start();
        lab.await(() -> lab.status().state() == State.FAILED);
        assertThat(lab.status().lastError()).contains("not a regular file");
        Files.delete(lab.file("eve.json"));
        lab.append("eve.json", 0, 1);
        lab.expect(0, 1);
        lab.await(() -> lab.status().state() == State.LIVE);
    }

    @Test
    void aLinkOutOfTheAllowedDirectoriesIsNotFollowed() throws IOException {
        Path secret = temporary.resolve("secret.json");
        Files.writeString(secret, Lab.line(666));
        Files.createSymbolicLink(lab.file("eve.json"), secret);
        Path allowed = lab.file(".").toRealPath();
        lab.configure(settings -> settings.withRoots(List.of(allowed)));
        lab.start();
        lab.await(() -> lab.status().state() == State.FAILED);
        Files.delete(lab.file("eve.json"));
        lab.append("eve.json", 0, 1);
        lab.expect(0, 1);
    }

    @Test
    void aRotatedFileIsGivenUpWhenItHasBeenSilent() throws IOException {
        lab.configure(settings -> settings.withTimes(Lab.POLL, Duration.ofMillis(50)));
        lab.append("eve.json", Lab.line(0) + "{\"cut off\":");
        lab.start();
        lab.expect(0, 1);
        move("eve.json", "eve.json.1");
        lab.append("eve.json", 1, 2);
        lab.expect(0, 2);
        // one for the present file, one that says that the source was started
        lab.await(() ->
                lab.log().bookmarks().values().stream().filter(value -> value.length > 0).count()
                        == 2);
        assertThat(reasons()).containsExactly("the JSON is not complete");
    }
}
