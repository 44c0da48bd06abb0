package io.netsentinel.integrations.pcap;

/// Reads a captured frame into a [Packet]: link, IPv4 or IPv6 with its extension headers, and the
/// ports of what it carries. Whatever the bytes are, it says what it could read and why not more.
final class PacketDecoder {
    private static final long V4_PREFIX = 0xFFFF_0000_0000L;
    private static final int V4_HEADER = 20;
    private static final int V6_HEADER = 40;
    private static final int MOST_EXTENSIONS = 16;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int NOTHING = 59;
    private static final int DESTINATION = 60;
    private static final int MOBILITY = 135;
    private static final int HOST_IDENTITY = 139;
    private static final int SHIM = 140;

    private PacketDecoder() {}

    /// Reads a frame.
    ///
    /// @param packet is overwritten, but for time and length
    static void decode(byte[] bytes, int offset, int captured, int linkType, Packet packet) {
        int end = offset + captured;
        int at = LinkDecoder.network(bytes, offset, end, linkType, packet);
        if (at < 0) {
            return;
        }
        if (packet.networkProtocol == LinkDecoder.IPV4) {
            v4(bytes, at, end, packet);
        } else if (packet.networkProtocol == LinkDecoder.IPV6) {
            v6(bytes, at, end, packet);
        }
    }

    private static void v4(byte[] bytes, int at, int end, Packet packet) {
        if (at + V4_HEADER > end) {
            packet.note = "the IPv4 header is cut off";
            return;
        }
        int header = (Endian.u8(bytes, at) & 0xF) * 4;
        if (Endian.u8(bytes, at) >>> 4 != 4 || header < V4_HEADER) {
            packet.note = "the IPv4 header cannot be";
            return;
        }
        packet.ip = true;
        packet.sourceLow = V4_PREFIX | Endian.u32(bytes, at + 12);
        packet.destinationLow = V4_PREFIX | Endian.u32(bytes, at + 16);
        packet.protocol = Endian.u8(bytes, at + 9);
        int fragment = Endian.u16(bytes, at + 6);
        if ((fragment & 0x3FFF) != 0) {
            packet.fragmentOffset = (fragment & 0x1FFF) * 8;
        }
        int total = Endian.u16(bytes, at + 2);
        // a length of nothing is what is captured before the card has cut it
        int limit = total < header ? end : Math.min(end, at + total);
        transport(bytes, at + header, limit, packet);
    }

    private static void v6(byte[] bytes, int at, int end, Packet packet) {
        if (at + V6_HEADER > end) {
            packet.note = "the IPv6 header is cut off";
            return;
        }
        if (Endian.u8(bytes, at) >>> 4 != 6) {
            packet.note = "the IPv6 header cannot be";
            return;
        }
        packet.ip = true;
        packet.v6 = true;
        packet.sourceHigh = Endian.i64(bytes, at + 8);
        packet.sourceLow = Endian.i64(bytes, at + 16);
        packet.destinationHigh = Endian.i64(bytes, at + 24);
        packet.destinationLow = Endian.i64(bytes, at + 32);
        int length = Endian.u16(bytes, at + 4);
        int limit = length == 0 ? end : Math.min(end, at + V6_HEADER + length);
        extensions(bytes, at + V6_HEADER, limit, Endian.u8(bytes, at + 6), packet);
    }

    private static void extensions(byte[] bytes, int from, int end, int first, Packet packet) {
        int at = from;
        int next = first;
        for (int i = 0; i < MOST_EXTENSIONS && extension(next); i++) {
            if (at + 8 > end) {
                packet.note = "an extension header is cut off";
                return;
            }
            int length =
                    switch (next) {
                        case FRAGMENT -> 8;
                        case AUTHENTICATION -> (Endian.u8(bytes, at + 1) + 2) * 4;
                        default -> (Endian.u8(bytes, at + 1) + 1) * 8;
                    };
            if (next == FRAGMENT && (Endian.u16(bytes, at + 2) & 0xFFF9) != 0) {
                packet.fragmentOffset = Endian.u16(bytes, at + 2) & 0xFFF8;
            }
            next = Endian.u8(bytes, at);
            at += length;
            if (packet.fragmentOffset > 0) {
                break; // what follows is the middle of something
            }
        }
        if (extension(next) && packet.fragmentOffset <= 0) {
            packet.note = "more than " + MOST_EXTENSIONS + " extension headers";
            return;
        }
        packet.protocol = next;
        if (next != NOTHING) {
            transport(bytes, at, end, packet);
        }
    }

    private static boolean extension(int next) {
        return switch (next) {
            case HOP_BY_HOP,
                    ROUTING,
                    FRAGMENT,
                    AUTHENTICATION,
                    DESTINATION,
                    MOBILITY,
                    HOST_IDENTITY,
                    SHIM ->
                    true;
            default -> false;
        };
    }

    private static void transport(byte[] bytes, int at, int end, Packet packet) {
        if (packet.fragmentOffset > 0) {
            return;
        }
        switch (packet.protocol) {
            case Packet.TCP -> tcp(bytes, at, end, packet);
            case Packet.UDP, Packet.SCTP -> ports(bytes, at, end, packet);
            case Packet.ICMP, Packet.ICMP_V6 -> icmp(bytes, at, end, packet);
            default -> {}
        }
    }

    private static boolean ports(byte[] bytes, int at, int end, Packet packet) {
        if (at + 4 > end) {
            packet.note = "the transport header is cut off";
            return false;
        }
        packet.sourcePort = Endian.u16(bytes, at);
        packet.destinationPort = Endian.u16(bytes, at + 2);
        return true;
    }

    private static void tcp(byte[] bytes, int at, int end, Packet packet) {
        if (!ports(bytes, at, end, packet)) {
            return;
        }
        if (at + 14 > end) {
            packet.note = "the TCP header is cut off";
            return;
        }
        packet.tcpSequence = Endian.u32(bytes, at + 4);
        packet.tcpFlags = Endian.u8(bytes, at + 13);
    }

    private static void icmp(byte[] bytes, int at, int end, Packet packet) {
        if (at + 2 > end) {
            packet.note = "the ICMP header is cut off";
            return;
        }
        packet.sourcePort = Endian.u8(bytes, at);
        packet.destinationPort = Endian.u8(bytes, at + 1);
    }
}
