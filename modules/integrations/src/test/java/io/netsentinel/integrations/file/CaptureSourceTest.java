package io.netsentinel.integrations.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.SampleData;
import io.netsentinel.integrations.SourceStatus;
import io.netsentinel.integrations.pcap.CaptureFile;
import io.netsentinel.integrations.pcap.Frames;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class CaptureSourceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOON = 1_780_315_200L * SECOND;

    @TempDir Path temporary;
    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(temporary, "unused");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Source source(Object... more) {
        Map<String, Object> options = new HashMap<>();
        options.put("path", lab.file("*.pcap*").toString());
        options.put("end-after", Duration.ofMillis(200));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i].toString(), more[i + 1]);
        }
        return new CaptureSourceFactory().create(new Options("tap", options));
    }

    /// So many packets, each a flow of its own.
    private static byte[] packets(int from, int to) {
        CaptureFile file = CaptureFile.pcap(1);
        for (int i = from; i < to; i++) {
            file.packet(NOON + i, Frames.udpFrame("10.0.0.1", 10_000 + i, "192.0.2.1", 53));
        }
        return file.bytes();
    }

    /// Makes a file one that nobody has written to for long.
    private void over(String name) throws IOException {
        Files.setLastModifiedTime(lab.file(name), FileTime.fromMillis(NOON / 1_000_000));
    }

    private void expect(int packets) {
        lab.await(() -> lab.tail(Channel.PACKETS) >= packets);
        List<Event> all = lab.events(Channel.PACKETS);
        assertThat(all.stream().map(event -> event.number(Fields.SOURCE_PORT, 0) - 10_000))
                .isEqualTo(Lab.range(0, packets));
    }

    private void expectFlows(int flows) {
        lab.await(() -> lab.tail(Channel.NETWORK) >= flows);
        assertThat(
                        lab.events(Channel.NETWORK).stream()
                                .map(event -> event.number(Fields.SOURCE_PORT, 0) - 10_000)
                                .sorted())
                .isEqualTo(Lab.range(0, flows));
    }

    @Test
    void packetsAreTakenAsTheyComeAndFlowsWhenTheFileIsOver() throws IOException {
        byte[] file = packets(0, 1_500);
        int half = file.length / 2;
        lab.append("a.pcap", Arrays.copyOf(file, half));
        lab.start(source("end-after", Duration.ofHours(1)));
        lab.await(() -> lab.tail(Channel.PACKETS) >= 749);
        lab.append("a.pcap", Arrays.copyOfRange(file, half, file.length));

        expect(1_500);
        over("a.pcap");
        expectFlows(1_500);
        Event packet = lab.events(Channel.PACKETS).get(3);
        assertThat(packet.text("log.file.path")).isEqualTo("a.pcap");
        assertThat(packet.number("ns.pcap.number", 0)).isEqualTo(4);
        assertThat(packet.text(Fields.OBSERVER_NAME)).isEqualTo("tap");
        assertThat(lab.events(Channel.NETWORK).getFirst().text(Fields.EVENT_REASON))
                .isEqualTo("end of file");
        assertThat(lab.tail(Channel.DEAD_LETTERS)).isZero();
        assertThat(lab.status().lagBytes()).isZero();
        assertThat(lab.status().kind()).isEqualTo("pcap");
    }

    @Test
    void killedAnywhereItTellsNothingTwiceAndForgetsNothing() throws IOException {
        byte[] file = packets(0, 6_000);
        Random random = new Random(4);
        int written = 0;
        while (written < file.length) {
            lab.start(source("end-after", Duration.ofHours(1)));
            int more = Math.min(file.length - written, 1 + random.nextInt(80_000));
            lab.append("a.pcap", Arrays.copyOfRange(file, written, written + more));
            written += more;
            long soon = lab.tail(Channel.PACKETS) + random.nextInt(more / 80 + 1);
            lab.await(() -> lab.tail(Channel.PACKETS) >= soon);
            lab.kill();
        }
        over("a.pcap");
        lab.start(source());

        expect(6_000);
        expectFlows(6_000);
        lab.kill();
        lab.start(source());
        lab.await(() -> lab.status().state() == SourceStatus.State.LIVE);
        lab.stop();
        assertThat(lab.tail(Channel.PACKETS)).isEqualTo(6_000);
        assertThat(lab.tail(Channel.NETWORK)).isEqualTo(6_000);
    }

    @Test
    void moreFlowsThanACommitCanTakeAreToldOnceWhateverHappens() throws IOException {
        lab.append("a.pcap", packets(0, 12_000));
        over("a.pcap");
        long told = 0;
        while (told < 12_000) {
            lab.start(source("packets", false));
            long soon = Math.min(12_000, told + 1_500);
            lab.await(() -> lab.tail(Channel.NETWORK) >= soon);
            lab.kill();
            told = lab.tail(Channel.NETWORK);
            lab.append("a.pcap", Arrays.copyOfRange(packets(0, 1), 24, 24 + 16 + 42));
            over("a.pcap");
        }
        lab.start(source("packets", false));
        lab.await(() -> lab.status().state() == SourceStatus.State.LIVE);
        lab.await(() ->
                lab.events(Channel.NETWORK).stream()
                                .mapToLong(flow -> flow.number(Fields.NETWORK_PACKETS, 0))
                                .sum()
                        >= 12_001);
        lab.stop();
        List<Long> ports =
                lab.events(Channel.NETWORK).stream()
                        .map(event -> event.number(Fields.SOURCE_PORT, 0) - 10_000)
                        .filter(port -> port > 0)
                        .sorted()
                        .toList();
        assertThat(ports).isEqualTo(Lab.range(1, 12_000));
    }

    @Test
    void aTruncatedTailIsDeclaredOnceAndTakenWhenItComesAfterAll() {
        byte[] file = packets(0, 3);
        lab.append("a.pcap", Arrays.copyOf(file, file.length - 5));
        lab.start(source());
        lab.await(() -> lab.tail(Channel.DEAD_LETTERS) == 1);
        assertThat(lab.events(Channel.DEAD_LETTERS).getFirst().text(Fields.EVENT_REASON))
                .isEqualTo("the file ends within a packet, of which 53 bytes are there");
        expectFlows(2);
        lab.kill();
        lab.start(source());
        lab.append("a.pcap", Arrays.copyOfRange(file, file.length - 5, file.length));

        expect(3);
        expectFlows(3);
        assertThat(lab.tail(Channel.DEAD_LETTERS)).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsDeclaredAndTheOtherFilesGoOn() {
        byte[] broken = packets(0, 2);
        broken[24 + 8 + 3] = 0x7F;
        lab.append("a.pcap", broken);
        lab.append("b.pcap", "no capture at all");
        lab.start(source());
        lab.await(() -> lab.tail(Channel.DEAD_LETTERS) == 2);
        lab.append("c.pcap", packets(0, 2));

        expect(2);
        assertThat(
                        lab.events(Channel.DEAD_LETTERS).stream()
                                .map(event -> event.text(Fields.EVENT_REASON)))
                .anyMatch(text -> text.startsWith("the record at byte 24 says it holds"))
                .anyMatch(text -> text.startsWith("it begins with neither"));
        assertThat(lab.status().lostBytes()).isEqualTo(broken.length - 24 + 17);
    }

    @Test
    void flowsAloneAreTakenWhenPacketsAreNotWanted() {
        lab.append("a.pcap", packets(0, 100));
        lab.start(source("packets", false));

        expectFlows(100);
        assertThat(lab.tail(Channel.PACKETS)).isZero();
    }

    @Test
    void onlyWhatComesIsTakenFromTheEnd() {
        byte[] file = packets(0, 20);
        int half = 24 + 10 * (16 + 42);
        lab.append("a.pcap", Arrays.copyOf(file, half));
        lab.start(source("start", "end"));
        lab.await(() -> lab.status().state() == SourceStatus.State.LIVE);
        lab.append("a.pcap", Arrays.copyOfRange(file, half, file.length));
        lab.await(() -> lab.tail(Channel.NETWORK) >= 10);

        assertThat(lab.tail(Channel.PACKETS)).isEqualTo(10);
        assertThat(lab.events(Channel.PACKETS).getFirst().number("ns.pcap.number", 0))
                .isEqualTo(11);
    }

    @Test
    void aFullFlowTableIsReported() {
        lab.append("a.pcap", packets(0, 500));
        lab.start(source("max-flows", 100L));

        expectFlows(500);
        assertThat(lab.status().lastError())
                .contains("more than 100 flows at once: 400 were ended");
    }

    @Test
    void manyFilesAreNotKeptOpenForTheirFlows() {
        for (int i = 0; i < 30; i++) {
            lab.append("%02d.pcap".formatted(i), packets(i, i + 1));
        }
        lab.start(source("end-after", Duration.ofHours(1)));

        lab.await(() -> lab.tail(Channel.NETWORK) >= 30 - 9);
        assertThat(lab.tail(Channel.PACKETS)).isEqualTo(30);
    }

    @Test
    @EnabledIf(
            value = "io.netsentinel.integrations.SampleData#present",
            disabledReason = "the sample data is not beside the checkout")
    void changedFilesNeverStopTheSource() throws IOException {
        Random random = new Random(8);
        try (Stream<Path> all = Files.list(SampleData.file("pcap", "."))) {
            for (Path path : all.sorted().toList()) {
                byte[] file = Files.readAllBytes(path);
                for (int round = 0; round < 4; round++) {
                    byte[] changed = file.clone();
                    for (int i = random.nextInt(20); i >= 0; i--) {
                        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                    }
                    lab.append(round + path.getFileName().toString(), changed);
                }
            }
        }
        lab.start(source());
        lab.await(() -> lab.status().state() == SourceStatus.State.LIVE);
        byte[] last = packets(0, 1);
        lab.append("z.pcap", last);

        lab.await(() ->
                lab.events(Channel.PACKETS).stream()
                        .anyMatch(event -> event.text("log.file.path").equals("z.pcap")));
        assertThat(lab.status().state()).isEqualTo(SourceStatus.State.LIVE);
    }
}
