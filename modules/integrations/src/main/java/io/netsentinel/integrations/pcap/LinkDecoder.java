package io.netsentinel.integrations.pcap;

/// Finds the network packet in a captured frame.
final class LinkDecoder {
    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86DD;

    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int RAW = 101;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int LOOP = 108;
    private static final int LINUX_COOKED = 113;
    private static final int RAW_IPV4 = 228;
    private static final int RAW_IPV6 = 229;
    private static final int LINUX_COOKED_2 = 276;

    private static final int TAG = 0x8100;
    private static final int TAG_SERVICE = 0x88A8;
    private static final int TAG_OLD = 0x9100;
    private static final int LEAST_TYPE = 0x600;
    private static final int SNAP = 0xAAAA03;

    private LinkDecoder() {}

    /// Reads the frame's header into the packet.
    ///
    /// @return where the network packet begins; -1 when it cannot be found, and the note says why
    static int network(byte[] bytes, int at, int end, int linkType, Packet packet) {
        return switch (linkType) {
            case ETHERNET -> typed(bytes, at + 12, at + 14, end, packet);
            case LINUX_COOKED -> typed(bytes, at + 14, at + 16, end, packet);
            case LINUX_COOKED_2 -> typed(bytes, at, at + 20, end, packet);
            case RAW, RAW_BSD, RAW_OPENBSD, RAW_IPV4, RAW_IPV6 -> raw(bytes, at, end, packet);
            case NULL, LOOP -> loopback(bytes, at, end, packet);
            default -> {
                packet.note = "link type " + linkType + " is not decoded";
                yield -1;
            }
        };
    }

    private static int cut(Packet packet) {
        packet.note = "the link header is cut off";
        return -1;
    }

    /// @param type where the protocol's number stands
    /// @param after where what it says begins
    private static int typed(byte[] bytes, int type, int after, int end, Packet packet) {
        if (after > end) {
            return cut(packet);
        }
        int protocol = Endian.u16(bytes, type);
        int at = after;
        while (protocol == TAG || protocol == TAG_SERVICE || protocol == TAG_OLD) {
            if (at + 4 > end) {
                return cut(packet);
            }
            if (packet.vlanCount == Packet.MOST_TAGS) {
                packet.note = "more than " + Packet.MOST_TAGS + " VLAN tags";
                return -1;
            }
            packet.vlans[packet.vlanCount++] = Endian.u16(bytes, at) & 0xFFF;
            protocol = Endian.u16(bytes, at + 2);
            at += 4;
        }
        if (protocol < LEAST_TYPE && at + 8 <= end && Endian.u32(bytes, at) >>> 8 == SNAP) {
            // a length stands there, and the number behind it
            protocol = Endian.u16(bytes, at + 6);
            at += 8;
        }
        packet.networkProtocol = protocol;
        return at;
    }

    private static int raw(byte[] bytes, int at, int end, Packet packet) {
        if (at >= end) {
            return cut(packet);
        }
        packet.networkProtocol =
                switch (Endian.u8(bytes, at) >>> 4) {
                    case 4 -> IPV4;
                    case 6 -> IPV6;
                    default -> Packet.NONE;
                };
        if (packet.networkProtocol == Packet.NONE) {
            packet.note = "neither IPv4 nor IPv6";
            return -1;
        }
        return at;
    }

    /// The family's number differs between systems, and its byte order between machines; the IP
    /// version behind it does not.
    private static int loopback(byte[] bytes, int at, int end, Packet packet) {
        return at + 4 > end ? cut(packet) : raw(bytes, at + 4, end, packet);
    }
}
