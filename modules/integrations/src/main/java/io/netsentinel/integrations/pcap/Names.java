package io.netsentinel.integrations.pcap;

/// Numbers of protocols as ECS writes them.
final class Names {
    private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
    private static final String[] FLAG_TEXTS = flagTexts();

    private Names() {}

    static String transport(int protocol) {
        return switch (protocol) {
            case Packet.ICMP -> "icmp";
            case 2 -> "igmp";
            case 4 -> "ipip";
            case Packet.TCP -> "tcp";
            case Packet.UDP -> "udp";
            case 41 -> "ipv6";
            case 47 -> "gre";
            case 50 -> "esp";
            case 51 -> "ah";
            case Packet.ICMP_V6 -> "ipv6-icmp";
            case 59 -> "ipv6-nonxt";
            case 88 -> "eigrp";
            case 89 -> "ospf";
            case 103 -> "pim";
            case 112 -> "vrrp";
            case Packet.SCTP -> "sctp";
            default -> "ip-" + protocol;
        };
    }

    /// By Ethernet's number.
    static String network(int protocol) {
        return switch (protocol) {
            case LinkDecoder.IPV4 -> "ipv4";
            case LinkDecoder.IPV6 -> "ipv6";
            case 0x0806 -> "arp";
            case 0x8035 -> "rarp";
            case 0x8847, 0x8848 -> "mpls";
            case 0x8863, 0x8864 -> "pppoe";
            case 0x888E -> "eapol";
            case 0x88CC -> "lldp";
            case 0x88E5 -> "macsec";
            default -> protocol < 0x600 ? "llc" : "ethertype-0x%04x".formatted(protocol);
        };
    }

    /// TCP flags, for example `SYN ACK`.
    static String flags(int flags) {
        return FLAG_TEXTS[flags & 0xFF];
    }

    private static String[] flagTexts() {
        String[] texts = new String[256];
        for (int i = 0; i < texts.length; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < FLAGS.length; bit++) {
                if (((i >> bit) & 1) != 0) {
                    text.append(text.isEmpty() ? "" : " ").append(FLAGS[bit]);
                }
            }
            texts[i] = text.toString();
        }
        return texts;
    }

    /// As Suricata writes them, hexadecimal.
    static String hexFlags(int flags) {
        return (flags < 0x10 ? "0" : "") + Integer.toHexString(flags);
    }
}
