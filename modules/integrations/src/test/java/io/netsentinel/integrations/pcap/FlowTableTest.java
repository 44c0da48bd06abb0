package io.netsentinel.integrations.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "192.0.2.80";

    private final CaptureFile file = CaptureFile.pcap(1);
    private long now = 1_780_315_200L * SECOND;

    private FlowTableTest client(int flags) {
        file.packet(now, Frames.tcpFrame(CLIENT, 40_000, SERVER, 80, flags));
        return this;
    }

    private FlowTableTest server(int flags) {
        file.packet(now, Frames.tcpFrame(SERVER, 80, CLIENT, 40_000, flags));
        return this;
    }

    private FlowTableTest later(long seconds) {
        now += seconds * SECOND;
        return this;
    }

    private Event flow() {
        CaptureLab lab = CaptureLab.of(file);
        assertThat(lab.flows).hasSize(1);
        return lab.flows.getFirst();
    }

    @Test
    void aConnectionThatIsClosedHasItsFiguresOfBothSides() {
        client(Frames.SYN).later(1).server(Frames.SYN_ACK).client(Frames.ACK).later(2);
        client(Frames.PSH_ACK).server(Frames.FIN_ACK).client(Frames.FIN_ACK).server(Frames.ACK);

        Event flow = flow();

        assertThat(flow.text(Fields.EVENT_REASON)).isEqualTo("fin");
        assertThat(flow.text(Fields.NS_FLOW_STATE)).isEqualTo("closed");
        assertThat(flow.text(Fields.NS_TCP_STATE)).isEqualTo("closed");
        assertThat(flow.text(Fields.NS_TCP_FLAGS)).isEqualTo("1b");
        assertThat(flow.text(Fields.SOURCE_IP)).isEqualTo(CLIENT);
        assertThat(flow.number(Fields.DESTINATION_PORT, 0)).isEqualTo(80);
        assertThat(flow.number(Fields.SOURCE_PACKETS, 0)).isEqualTo(4);
        assertThat(flow.number(Fields.DESTINATION_PACKETS, 0)).isEqualTo(3);
        assertThat(flow.number(Fields.SOURCE_BYTES, 0)).isEqualTo(4 * 54);
        assertThat(flow.number(Fields.NETWORK_PACKETS, 0)).isEqualTo(7);
        assertThat(flow.number(Fields.EVENT_DURATION, 0)).isEqualTo(3 * SECOND);
        assertThat(flow.text(Fields.EVENT_START)).isEqualTo("2026-06-01T12:00:00Z");
        assertThat(flow.text(Fields.EVENT_END)).isEqualTo("2026-06-01T12:00:03Z");
        assertThat(flow.text(Fields.NETWORK_COMMUNITY_ID)).startsWith("1:");
    }

    @Test
    void aResetEndsIt() {
        client(Frames.SYN).server(Frames.RST_ACK);

        assertThat(flow().text(Fields.EVENT_REASON)).isEqualTo("rst");
    }

    @Test
    void theOneWhoAnswersASynIsTheDestination() {
        server(Frames.SYN_ACK).client(Frames.ACK);

        Event flow = flow();

        assertThat(flow.text(Fields.SOURCE_IP)).isEqualTo(CLIENT);
        assertThat(flow.text(Fields.EVENT_REASON)).isEqualTo("end of file");
        assertThat(flow.text(Fields.NS_FLOW_STATE)).isEqualTo("established");
    }

    @Test
    void nobodyAnswered() {
        client(Frames.SYN).later(1).client(Frames.SYN);

        Event flow = flow();

        assertThat(flow.text(Fields.NS_TCP_STATE)).isEqualTo("syn_sent");
        assertThat(flow.number(Fields.DESTINATION_PACKETS, 1)).isZero();
    }

    @Test
    void silenceEndsIt() {
        client(Frames.SYN).later(301).client(Frames.SYN);

        CaptureLab lab = CaptureLab.of(file);

        assertThat(lab.flows.stream().map(flow -> flow.text(Fields.EVENT_REASON)))
                .containsExactly("timeout", "end of file");
    }

    @Test
    void veryManyFlowsDoNotAllEndWithOnePacket() {
        for (int i = 0; i < 1_000; i++) {
            file.packet(now + i, Frames.udpFrame(CLIENT, 1_000 + i, SERVER, 53));
        }
        later(100).client(Frames.SYN).client(Frames.SYN);
        CaptureLab lab = new CaptureLab();

        lab.feed(file.bytes());

        assertThat(lab.flows).hasSize(500);
        lab.capture.end();
        assertThat(lab.flows).hasSize(1_001);
    }

    @Test
    void thePortsOfAClosedConnectionCanBeTakenAgain() {
        client(Frames.SYN).server(Frames.RST_ACK).later(1).client(Frames.SYN);

        assertThat(CaptureLab.of(file).flows).hasSize(2);
    }

    @Test
    void aLateAcknowledgementBelongsToTheClosedConnection() {
        client(Frames.SYN).server(Frames.RST_ACK).later(1).client(Frames.ACK);

        assertThat(flow().number(Fields.NETWORK_PACKETS, 0)).isEqualTo(3);
    }

    @Test
    void aFullTableEndsThoseSilentLongestAndCountsThem() {
        for (int i = 0; i < 1_000; i++) {
            file.packet(now + i, Frames.udpFrame(CLIENT, 1_000 + i, SERVER, 53));
        }
        CaptureLab lab = new CaptureLab(100);

        lab.feed(file.bytes());

        assertThat(lab.flows).hasSize(900);
        assertThat(lab.flows.getFirst().text(Fields.EVENT_REASON)).isEqualTo("flow table full");
        assertThat(lab.flows.getFirst().number(Fields.SOURCE_PORT, 0)).isEqualTo(1_000);
        assertThat(lab.capture.crowded()).isEqualTo(900);
        assertThat(lab.capture.crowded()).isZero();
        assertThat(lab.capture.openFlows()).isEqualTo(100);
        lab.capture.end();
        assertThat(lab.flows).hasSize(1_000);
    }

    @Test
    void aQuestionByIcmpAndItsAnswerAreOneFlow() {
        file.packet(
                now,
                Frames.ethernet(Frames.v4(CLIENT, SERVER, 1, Frames.bytes(8, 0, 0, 0)), 0x800));
        file.packet(
                now,
                Frames.ethernet(Frames.v4(SERVER, CLIENT, 1, Frames.bytes(0, 0, 0, 0)), 0x800));

        Event flow = flow();

        assertThat(flow.text(Fields.NETWORK_TRANSPORT)).isEqualTo("icmp");
        assertThat(flow.number(Fields.NS_ICMP_TYPE, 0)).isEqualTo(8);
        assertThat(flow.number(Fields.DESTINATION_PACKETS, 0)).isEqualTo(1);
        assertThat(flow.has(Fields.SOURCE_PORT)).isFalse();
    }

    @Test
    void theTableKeepsManyFlowsApart() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                String source = "10." + i % 7 + "." + i / 256 + "." + i % 256;
                file.packet(now + i, Frames.udpFrame(source, 1_000 + i, SERVER, 53));
            }
        }

        CaptureLab lab = CaptureLab.of(file);

        assertThat(lab.flows)
                .hasSize(5_000)
                .allMatch(flow -> flow.number(Fields.SOURCE_PACKETS, 0) == 2);
    }
}
