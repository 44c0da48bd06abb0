package io.netsentinel.integrations.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketDecoderTest {
    private static final byte[] V4 =
            Frames.v4("192.0.2.1", "198.51.100.2", 17, Frames.udp(5_000, 53));
    private static final byte[] V6 =
            Frames.v6("2001:db8::1", "2001:db8::2", 17, Frames.udp(5_000, 53));

    private static Event packet(int linkType, byte[] frame) {
        CaptureLab lab = CaptureLab.of(CaptureFile.pcap(linkType).packet(1_000_000_000L, frame));
        assertThat(lab.packets).hasSize(1);
        return lab.packets.getFirst();
    }

    private static byte[] framed(String link, byte[] network, int type) {
        byte[] protocol = Frames.bytes(type >> 8, type);
        return switch (link) {
            case "ethernet" -> Frames.ethernet(network, type);
            case "cooked" -> Frames.join(new byte[14], protocol, network);
            case "cooked2" -> Frames.join(protocol, new byte[18], network);
            case "loopback" -> Frames.join(Frames.bytes(0, 0, 0, 24), network);
            default -> network;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "1, ethernet",
        "0, loopback",
        "108, loopback",
        "113, cooked",
        "276, cooked2",
        "101, raw",
        "12, raw",
        "14, raw"
    })
    void everyLinkTypeLeadsToThePorts(int linkType, String link) {
        Event v4 = packet(linkType, framed(link, V4, 0x0800));
        Event v6 = packet(linkType, framed(link, V6, 0x86DD));

        assertThat(v4.text(Fields.SOURCE_IP)).isEqualTo("192.0.2.1");
        assertThat(v4.text(Fields.NETWORK_TYPE)).isEqualTo("ipv4");
        assertThat(v6.text(Fields.SOURCE_IP)).isEqualTo("2001:db8::1");
        assertThat(v6.text(Fields.NETWORK_TYPE)).isEqualTo("ipv6");
        assertThat(v4.number(Fields.DESTINATION_PORT, 0)).isEqualTo(53);
        assertThat(v6.number(Fields.DESTINATION_PORT, 0)).isEqualTo(53);
        assertThat(v4.has(Fields.NS_NOTE)).isFalse();
    }

    @Test
    void tagsOfVirtualNetworksAreKeptTheOutermostFirst() {
        Event one = packet(1, Frames.ethernet(V4, 0x8100, 0x6064, 0x0800));
        Event two = packet(1, Frames.ethernet(V4, 0x88A8, 7, 0x8100, 100, 0x0800));

        assertThat(one.text(Fields.NETWORK_VLAN_ID)).isEqualTo("100");
        assertThat(two.text(Fields.NETWORK_VLAN_ID)).isEqualTo("7,100");
        assertThat(two.text(Fields.SOURCE_IP)).isEqualTo("192.0.2.1");
    }

    @Test
    void extensionHeadersAreGoneThrough() {
        byte[] chain =
                Frames.join(
                        Frames.bytes(60, 0, 0, 0, 0, 0, 0, 0), // hop by hop
                        Frames.bytes(
                                43, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), // destination
                        Frames.bytes(51, 0, 0, 0, 0, 0, 0, 0), // routing
                        Frames.bytes(17, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), // authentication
                        Frames.udp(5_000, 53));

        Event packet = packet(101, Frames.v6("2001:db8::1", "2001:db8::2", 0, chain));

        assertThat(packet.text(Fields.NETWORK_TRANSPORT)).isEqualTo("udp");
        assertThat(packet.number(Fields.SOURCE_PORT, 0)).isEqualTo(5_000);
    }

    @Test
    void fragmentsAreNotedAndOnlyTheFirstHasPorts() {
        byte[] udp = Frames.udp(5_000, 53);
        Event first = packet(101, Frames.fragment("192.0.2.1", "192.0.2.2", 17, 0x2000, udp));
        Event second = packet(101, Frames.fragment("192.0.2.1", "192.0.2.2", 17, 185, udp));
        byte[] v6 = Frames.join(Frames.bytes(17, 0, 0x05, 0xA8, 0, 0, 0, 1), udp);
        Event third = packet(101, Frames.v6("2001:db8::1", "2001:db8::2", 44, v6));

        assertThat(first.number("ns.ip.fragment_offset", -1)).isZero();
        assertThat(first.number(Fields.SOURCE_PORT, -1)).isEqualTo(5_000);
        assertThat(second.number("ns.ip.fragment_offset", -1)).isEqualTo(1_480);
        assertThat(second.has(Fields.SOURCE_PORT)).isFalse();
        assertThat(third.number("ns.ip.fragment_offset", -1)).isEqualTo(1_448);
        assertThat(third.has(Fields.SOURCE_PORT)).isFalse();
        assertThat(third.text(Fields.MESSAGE)).startsWith("udp fragment");
    }

    @Test
    void whatIsNoIpHasItsName() {
        assertThat(packet(1, Frames.ethernet(new byte[28], 0x0806)).text(Fields.NETWORK_TYPE))
                .isEqualTo("arp");
        assertThat(packet(1, Frames.ethernet(new byte[28], 0x1234)).text(Fields.NETWORK_TYPE))
                .isEqualTo("ethertype-0x1234");
    }

    @Test
    void whatIsCutOrUnknownSaysSo() {
        assertThat(packet(1, new byte[5]).text(Fields.NS_NOTE))
                .isEqualTo("the link header is cut off");
        assertThat(packet(147, V4).text(Fields.NS_NOTE)).isEqualTo("link type 147 is not decoded");
        assertThat(packet(101, java.util.Arrays.copyOf(V4, 12)).text(Fields.NS_NOTE))
                .isEqualTo("the IPv4 header is cut off");
        assertThat(packet(101, java.util.Arrays.copyOf(V4, 22)).text(Fields.NS_NOTE))
                .isEqualTo("the transport header is cut off");
    }

    @Test
    void flagsOfTcpAreInTheMessage() {
        Event packet = packet(1, Frames.tcpFrame("192.0.2.1", 1, "192.0.2.2", 2, Frames.SYN_ACK));

        assertThat(packet.text(Fields.MESSAGE)).isEqualTo("tcp SYN ACK 54 bytes");
        assertThat(packet.text(Fields.NS_TCP_FLAGS)).isEqualTo("12");
    }
}
