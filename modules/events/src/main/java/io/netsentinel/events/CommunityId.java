package io.netsentinel.events;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Community ID 1 with seed 0: names a flow the same in every product, and in both directions.
public final class CommunityId {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP_V6 = 58;
    private static final int SCTP = 132;
    private static final int MOST = 2 + 16 + 16 + 2 + 4;

    private CommunityId() {}

    /// Of a flow.
    ///
    /// @param sourcePort 0 when the protocol has no ports; of ICMP the message's type
    /// @param destinationPort 0 when the protocol has no ports; of ICMP the type that answers the
    ///   message ([#answer]), or the message's code when there is none
    /// @param protocol the IP protocol's number
    public static String of(
            IpAddress source,
            int sourcePort,
            IpAddress destination,
            int destinationPort,
            int protocol) {
        boolean oneWay = icmp(protocol) && answer(protocol, sourcePort) < 0;
        int order = compare(source, destination);
        boolean swap = !oneWay && (order > 0 || (order == 0 && sourcePort > destinationPort));
        ByteBuffer tuple = ByteBuffer.allocate(MOST);
        tuple.putShort((short) 0);
        put(tuple, swap ? destination : source);
        put(tuple, swap ? source : destination);
        tuple.put((byte) protocol).put((byte) 0);
        if (ports(protocol)) {
            tuple.putShort((short) (swap ? destinationPort : sourcePort));
            tuple.putShort((short) (swap ? sourcePort : destinationPort));
        }
        return "1:" + Base64.getEncoder().encodeToString(sha1(tuple.flip()));
    }

    /// The type of the ICMP message that answers one of this type; -1 when there is none.
    ///
    /// @param protocol 1 or 58, for IPv6
    public static int answer(int protocol, int type) {
        return protocol == ICMP ? answer(type) : answerV6(type);
    }

    private static int answer(int type) {
        return switch (type) {
            case 0 -> 8; // echo
            case 8 -> 0;
            case 9 -> 10; // router
            case 10 -> 9;
            case 13 -> 14; // timestamp
            case 14 -> 13;
            case 15 -> 16; // information
            case 16 -> 15;
            case 17 -> 18; // mask
            case 18 -> 17;
            default -> -1;
        };
    }

    private static int answerV6(int type) {
        return switch (type) {
            case 128 -> 129; // echo
            case 129 -> 128;
            case 130 -> 131; // multicast listener
            case 131 -> 130;
            case 133 -> 134; // router
            case 134 -> 133;
            case 135 -> 136; // neighbour
            case 136 -> 135;
            case 139 -> 140; // who are you
            case 140 -> 139;
            case 144 -> 145; // home agent
            case 145 -> 144;
            default -> -1;
        };
    }

    private static boolean icmp(int protocol) {
        return protocol == ICMP || protocol == ICMP_V6;
    }

    private static boolean ports(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP || icmp(protocol);
    }

    private static int compare(IpAddress a, IpAddress b) {
        int order = Long.compareUnsigned(a.high(), b.high());
        return order != 0 ? order : Long.compareUnsigned(a.low(), b.low());
    }

    private static void put(ByteBuffer tuple, IpAddress address) {
        if (address.v4()) {
            tuple.putInt((int) address.low());
        } else {
            tuple.putLong(address.high()).putLong(address.low());
        }
    }

    private static byte[] sha1(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(bytes);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
