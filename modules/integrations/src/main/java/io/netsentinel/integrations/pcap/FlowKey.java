package io.netsentinel.integrations.pcap;

import io.netsentinel.events.CommunityId;

/// What makes packets of one flow: addresses, ports and protocol, the same in both directions.
final class FlowKey {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private FlowKey() {}

    /// The port; of ICMP the type, so that a question and its answer are one flow; 0 for none.
    static int sourcePort(Packet packet) {
        return Math.max(0, packet.sourcePort);
    }

    static int destinationPort(Packet packet) {
        if (packet.icmp() && packet.sourcePort != Packet.NONE) {
            int answer = CommunityId.answer(packet.protocol, packet.sourcePort);
            return answer >= 0 ? answer : packet.destinationPort;
        }
        return Math.max(0, packet.destinationPort);
    }

    /// Equal for both directions.
    static int hash(Packet packet) {
        long source = end(packet.sourceHigh, packet.sourceLow, sourcePort(packet));
        long destination =
                end(packet.destinationHigh, packet.destinationLow, destinationPort(packet));
        // a sum does not know which was first
        long mixed = (source + destination + packet.protocol) * MIX;
        return (int) (mixed >>> 32);
    }

    private static long end(long high, long low, int port) {
        long mixed = ((high * MIX) ^ low) * MIX + port;
        mixed ^= mixed >>> 29;
        mixed *= 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 32);
    }
}
