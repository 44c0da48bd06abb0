package io.netsentinel.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialectTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path folder;

    private Recording open(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return Recording.open(file, Optional.empty());
    }

    private static String shifted(Recording recording) {
        return recording.next().orElseThrow().line().at(time -> time.plus(HOUR));
    }

    @Test
    void eveIsFoundAndAllItsTimesMove() throws IOException {
        try (Recording recording =
                open(
                        "x",
                        "{\"timestamp\":\"2026-06-01T12:00:00.500000+0200\",\"event_type\":\"flow\",\"flow\":{\"start\":\"2026-06-01T11:59:00.000000+0200\"}}\n")) {
            assertThat(recording.dialect().format()).isEqualTo("eve");
            assertThat(recording.next().orElseThrow().time()).isEqualTo("2026-06-01T10:00:00.500Z");
            assertThat(shifted(recording))
                    .isEqualTo(
                            "{\"timestamp\":\"2026-06-01T11:00:00.500000+0000\",\"event_type\":\"flow\",\"flow\":{\"start\":\"2026-06-01T10:59:00.000000+0000\"}}");
        }
    }

    @Test
    void ourOwnEventsMoveWithStartAndEnd() throws IOException {
        try (Recording recording =
                open(
                        "x",
                        "{\"@timestamp\":\"2026-06-01T12:00:00.5Z\",\"event\":{\"start\":\"2026-06-01T11:59:00Z\"}}\n")) {
            assertThat(recording.dialect().format()).isEqualTo("event");
            assertThat(shifted(recording))
                    .isEqualTo(
                            "{\"@timestamp\":\"2026-06-01T13:00:00.500000Z\",\"event\":{\"start\":\"2026-06-01T12:59:00.000000Z\"}}");
        }
    }

    @Test
    void aCaptureBecomesEventsAlsoWhenItIsCompressedAndSaysWhatIsMissing() throws IOException {
        byte[] capture = new byte[24 + 2 * (16 + 20)];
        ByteBuffer bytes = ByteBuffer.wrap(capture).putInt(0xA1B2C3D4).position(20).putInt(101);
        for (int i = 0; i < 2; i++) {
            bytes.putInt(1_780_315_200 + i).putInt(0).putInt(20).putInt(20);
            bytes.put((byte) 0x45).position(bytes.position() + 19);
        }
        Path file = folder.resolve("x.pcap.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(capture, 0, capture.length - 1);
        }
        try (Recording recording = Recording.open(file, Optional.empty())) {
            assertThat(recording.dialect().format()).isEqualTo("event");
            assertThat(recording.next().orElseThrow().time()).isEqualTo("2026-06-01T12:00:00Z");
            assertThat(shifted(recording))
                    .contains("\"@timestamp\":\"2026-06-01T13:00:00.000000Z\"")
                    .contains("pcap.packet")
                    .doesNotContain("\"id\"");
            recording.advance();
            assertThat(recording.next().orElseThrow().line().at(time -> time))
                    .contains("pcap.flow");
            recording.advance();
            assertThat(recording.next()).isEmpty();
            assertThat(recording.note()).isEqualTo("the file ends within a packet");
        }
    }

    @Test
    void zeeksJsonKeepsItsKindOfTimeAndGetsTheNameOfItsLog() throws IOException {
        try (Recording plain = open("dns.log", "{\"ts\":1780315200.5,\"uid\":\"C1\"}\n");
                Recording stream =
                        open(
                                "all.json",
                                "{\"@stream\":\"dns\",\"ts\":\"2026-06-01T12:00:00Z\"}\n")) {
            assertThat(plain.dialect().format()).isEqualTo("zeek");
            assertThat(shifted(plain))
                    .isEqualTo("{\"ts\":1780318800.500000,\"uid\":\"C1\",\"_path\":\"dns\"}");
            assertThat(shifted(stream))
                    .isEqualTo("{\"@stream\":\"dns\",\"ts\":\"2026-06-01T13:00:00.000000Z\"}");
        }
    }

    @Test
    void zeeksColumnsGoAlongWithTheirHeader() throws IOException {
        try (Recording recording =
                open(
                        "conn.log",
                        "#separator \\x09\n#open\tx\n#fields\tuid\tts\nC1\t1780315200.5\n#close\tx\n")) {
            assertThat(recording.dialect().header())
                    .isEqualTo("#separator \\x09\n#fields\tuid\tts");
            assertThat(shifted(recording)).isEqualTo("C1\t1780318800.500000");
            recording.advance();
            assertThat(recording.next()).isEmpty();
        }
    }

    @Test
    void cowrieAndCompressedFilesAreFound() throws IOException {
        Path file = folder.resolve("cowrie.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(
                    "{\"eventid\":\"cowrie.x\",\"timestamp\":\"2026-06-01T12:00:00.123456Z\"}\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
        try (Recording recording = Recording.open(file, Optional.empty())) {
            assertThat(recording.dialect().format()).isEqualTo("cowrie");
            assertThat(shifted(recording)).contains("\"2026-06-01T13:00:00.123456Z\"");
        }
    }

    @Test
    void syslogKeepsItsFormAndALineWithoutATimeIsSentWithTheOneBefore() throws IOException {
        try (Recording recording =
                open(
                        "s",
                        "<13>Oct  1 22:14:15 h a: b\nno time\n<13>1 2026-10-01T22:14:15Z h a - - - b\n")) {
            assertThat(recording.dialect().format()).isEqualTo("syslog");
            assertThat(shifted(recording)).isEqualTo("<13>Oct  1 23:14:15 h a: b");
            Instant first = recording.next().orElseThrow().time();
            recording.advance();
            assertThat(recording.next().orElseThrow().time()).isEqualTo(first);
            assertThat(shifted(recording)).isEqualTo("no time");
            recording.advance();
            assertThat(shifted(recording))
                    .isEqualTo("<13>1 2026-10-01T23:14:15.000000Z h a - - - b");
        }
    }
}
