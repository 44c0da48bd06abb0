package io.netsentinel.integrations.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTest {
    private static final long NOON = 1_780_315_200_123_456_789L;
    private static final byte[] FRAME = Frames.udpFrame("192.0.2.1", 5_000, "198.51.100.2", 53);
    private static final int ETHERNET = 1;

    private static ByteOrder order(boolean big) {
        return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    @ParameterizedTest
    @CsvSource({
        "0xA1B2C3D4, true, 2026-06-01T12:00:00.123456Z",
        "0xA1B2C3D4, false, 2026-06-01T12:00:00.123456Z",
        "0xA1B23C4D, true, 2026-06-01T12:00:00.123456789Z",
        "0xA1B23C4D, false, 2026-06-01T12:00:00.123456789Z"
    })
    void bothByteOrdersAndBothUnitsOfTimeAreRead(String magic, boolean big, String time) {
        CaptureFile file =
                CaptureFile.pcap(Long.decode(magic).intValue(), order(big), ETHERNET)
                        .packet(NOON, FRAME);

        Event packet = CaptureLab.of(file).packets.getFirst();

        assertThat(packet.text(Fields.TIMESTAMP)).isEqualTo(time);
        assertThat(packet.text(Fields.SOURCE_IP)).isEqualTo("192.0.2.1");
        assertThat(packet.text(Fields.DESTINATION_IP)).isEqualTo("198.51.100.2");
        assertThat(packet.number(Fields.SOURCE_PORT, 0)).isEqualTo(5_000);
        assertThat(packet.number(Fields.DESTINATION_PORT, 0)).isEqualTo(53);
        assertThat(packet.text(Fields.NETWORK_TRANSPORT)).isEqualTo("udp");
        assertThat(packet.text(Fields.MESSAGE)).isEqualTo("udp 42 bytes");
        assertThat(packet.number(Fields.NETWORK_BYTES, 0)).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allKindsOfPacketBlocksAreRead(boolean big) {
        CaptureFile file =
                CaptureFile.pcapng(order(big))
                        .described(ETHERNET, 0, -1)
                        .block(5, ByteBuffer.allocate(40)) // statistics
                        .enhanced(0, NOON / 1_000, FRAME)
                        .obsolete(0, NOON / 1_000, FRAME)
                        .simple(FRAME, FRAME.length);

        CaptureLab lab = CaptureLab.of(file);

        assertThat(lab.packets)
                .hasSize(3)
                .allMatch(p -> p.text(Fields.SOURCE_IP).equals("192.0.2.1"));
        assertThat(lab.packets.get(0).text(Fields.TIMESTAMP))
                .isEqualTo("2026-06-01T12:00:00.123456Z");
        assertThat(lab.packets.get(1).text(Fields.TIMESTAMP))
                .isEqualTo("2026-06-01T12:00:00.123456Z");
        assertThat(lab.packets.get(2).text(Fields.NS_NOTE)).contains("does not say when");
        assertThat(lab.damages).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9, 1000000000", "6, 1000000", "3, 1000", "0, 1", "138, 1024", "160, 4294967296"})
    void theResolutionOfAnInterfaceCounts(int resolution, long unit) {
        long seconds = NOON / 1_000_000_000;
        CaptureFile file =
                CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN)
                        .described(ETHERNET, 0, resolution)
                        .enhanced(0, seconds * unit + unit / 2, FRAME);

        String time = CaptureLab.of(file).packets.getFirst().text(Fields.TIMESTAMP);

        assertThat(time).isEqualTo("2026-06-01T12:00:00" + (unit == 1 ? "Z" : ".500Z"));
    }

    @Test
    void aNewSectionHasItsOwnByteOrderAndInterfaces() {
        byte[] first =
                CaptureFile.pcapng(ByteOrder.BIG_ENDIAN)
                        .described(101, 0, -1)
                        .enhanced(0, 1, Frames.v4("192.0.2.1", "192.0.2.2", 17, Frames.udp(1, 2)))
                        .bytes();
        byte[] second =
                CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN)
                        .described(ETHERNET, 0, -1)
                        .enhanced(0, 1, FRAME)
                        .enhanced(1, 1, FRAME)
                        .bytes();

        CaptureLab lab = CaptureLab.of(Frames.join(first, second));

        assertThat(lab.packets).hasSize(2);
        assertThat(lab.damages)
                .containsExactly("3: a packet of an interface that is not described");
    }

    @Test
    void aLongBlockThatIsNotNeededIsPassedOver() {
        CaptureFile file =
                CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN)
                        .described(ETHERNET, 0, -1)
                        .block(0xBAD, ByteBuffer.allocate(3 << 20))
                        .enhanced(0, 1, FRAME);

        assertThat(CaptureLab.of(file).packets).hasSize(1);
    }

    @Test
    void aCutPacketKeepsItsLength() {
        CaptureFile file = CaptureFile.pcap(ETHERNET).packet(NOON, FRAME, 1_500);

        Event packet = CaptureLab.of(file).packets.getFirst();

        assertThat(packet.number(Fields.NETWORK_BYTES, 0)).isEqualTo(1_500);
        assertThat(packet.number("ns.pcap.captured", 0)).isEqualTo(42);
    }

    @Test
    void aRecordThatIsNotWholeIsWaitedFor() {
        byte[] file = CaptureFile.pcap(ETHERNET).packet(NOON, FRAME).packet(NOON, FRAME).bytes();
        byte[] part = java.util.Arrays.copyOf(file, file.length - 1);
        CaptureLab lab = new CaptureLab();

        lab.feed(part);
        assertThat(lab.packets).hasSize(1);
        assertThat(lab.capture.position()).isLessThan(part.length);
        lab.feed(file);

        assertThat(lab.packets).hasSize(2);
        assertThat(lab.capture.broken()).isEmpty();
    }

    @Test
    void aLengthThatCannotBeEndsTheFileAndSaysWhere() {
        CaptureFile file =
                CaptureFile.pcap(ETHERNET)
                        .packet(NOON, FRAME)
                        .raw(Frames.bytes(1, 1, 1, 1, 1, 1, 1, 1, 255, 255, 255, 127, 1, 1, 1, 1))
                        .packet(NOON, FRAME);

        CaptureLab lab = CaptureLab.of(file);

        assertThat(lab.packets).hasSize(1);
        assertThat(lab.capture.broken())
                .isEqualTo(
                        "the record at byte 82 says it holds 2147483647 bytes, more than any packet");
    }

    @Test
    void whatIsNoCaptureIsSaid() {
        assertThat(
                        CaptureLab.of(
                                        "{\"event_type\":\"alert\"}"
                                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .capture
                                .broken())
                .contains("neither the header of pcap nor that of pcapng");
    }

    @Test
    void thePiecesAFileComesInDoNotMatter() {
        byte[] classic = traffic(CaptureFile.pcap(ETHERNET)).bytes();
        CaptureFile blocks = CaptureFile.pcapng(ByteOrder.BIG_ENDIAN).described(ETHERNET, 0, -1);
        for (int i = 0; i < 20; i++) {
            blocks.enhanced(0, i, FRAME).block(0xBAD, ByteBuffer.allocate(400));
        }
        Random random = new Random(3);
        for (byte[] file : List.of(classic, blocks.bytes())) {
            CaptureLab whole = CaptureLab.of(file);
            for (int round = 0; round < 20; round++) {
                CaptureLab pieces = new CaptureLab();
                pieces.feed(file, random, 300);
                pieces.capture.end();

                assertThat(CaptureLab.texts(pieces.packets))
                        .isEqualTo(CaptureLab.texts(whole.packets));
                assertThat(CaptureLab.texts(pieces.flows)).isEqualTo(CaptureLab.texts(whole.flows));
            }
        }
    }

    @Test
    void whereverItIsStoppedNothingIsToldTwiceAndNothingIsMissing() {
        byte[] file = traffic(CaptureFile.pcap(ETHERNET)).bytes();
        CaptureLab whole = CaptureLab.of(file);

        for (int count = 1; count < whole.packets.size(); count++) {
            CaptureLab before = new CaptureLab().stopAfter(count);
            before.feed(file);
            CaptureLab after = new CaptureLab();
            after.capture.begin(before.told, 0);
            after.feed(file);
            after.capture.end();

            before.packets.addAll(after.packets);
            before.flows.addAll(after.flows);
            assertThat(CaptureLab.texts(before.packets)).isEqualTo(CaptureLab.texts(whole.packets));
            assertThat(CaptureLab.texts(before.flows)).isEqualTo(CaptureLab.texts(whole.flows));
        }
    }

    @Test
    void flowsThatWereEndedAtTheEndOfTheFileStayEnded() {
        byte[] file = traffic(CaptureFile.pcap(ETHERNET)).bytes();
        CaptureLab before = CaptureLab.of(file);
        CaptureLab after = new CaptureLab();

        after.capture.begin(before.told, before.capture.position());
        after.feed(file);
        after.capture.end();

        assertThat(after.packets).isEmpty();
        assertThat(after.flows).isEmpty();
        assertThat(after.capture.packets()).isEqualTo(before.packets.size());
    }

    /// Some flows: ended, broken off, silent for long, and still going on.
    private static CaptureFile traffic(CaptureFile file) {
        String client = "10.0.0.1";
        String server = "192.0.2.80";
        long time = NOON;
        for (int i = 0; i < 12; i++) {
            int port = 40_000 + i % 5;
            time += 40_000_000_000L;
            file.packet(time, Frames.tcpFrame(client, port, server, 80, Frames.SYN));
            if (i % 3 > 0) {
                file.packet(
                        time + 1_000, Frames.tcpFrame(server, 80, client, port, Frames.SYN_ACK));
                file.packet(time + 2_000, Frames.tcpFrame(client, port, server, 80, Frames.ACK));
            }
            if (i % 4 == 1) {
                file.packet(
                        time + 3_000, Frames.tcpFrame(client, port, server, 80, Frames.FIN_ACK));
                file.packet(
                        time + 4_000, Frames.tcpFrame(server, 80, client, port, Frames.FIN_ACK));
                file.packet(time + 5_000, Frames.tcpFrame(client, port, server, 80, Frames.ACK));
            }
            if (i % 4 == 2) {
                file.packet(
                        time + 3_000, Frames.tcpFrame(server, 80, client, port, Frames.RST_ACK));
            }
            file.packet(time + 6_000, Frames.udpFrame(client, 5_000 + i, server, 53));
        }
        return file;
    }
}
