package io.netsentinel.integrations.pcap;

import io.netsentinel.events.CommunityId;
import io.netsentinel.events.IpAddress;
import org.jspecify.annotations.Nullable;

/// What two ends have sent each other. The source is who began it.
final class Flow {
    /// Why a flow has ended.
    enum End {
        FIN("fin"),
        RST("rst"),
        TIMEOUT("timeout"),
        END_OF_FILE("end of file"),
        TABLE_FULL("flow table full");

        private final String text;

        End(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    final long sourceHigh;
    final long sourceLow;
    final long destinationHigh;
    final long destinationLow;
    final int sourcePort;
    final int destinationPort;
    final int protocol;
    final int vlan;
    final int hash;

    long first = RecordReader.NO_TIME;
    long last = RecordReader.NO_TIME;
    long sourcePackets;
    long sourceBytes;
    long destinationPackets;
    long destinationBytes;
    int sourceFlags;
    int destinationFlags;
    private boolean reset;

    /// Moment of the capture it was last seen; what timeouts are counted from.
    long seen;

    FlowQueue queue = FlowQueue.NONE;
    @Nullable Flow older;
    @Nullable Flow newer;

    /// The next one in the same place of the table.
    @Nullable Flow chained;

    private String communityId = "";

    /// Of its first packet.
    Flow(Packet packet, int hash) {
        // the answer to a SYN was sent by who was asked
        boolean answer = packet.tcp(Packet.SYN | Packet.ACK);
        sourceHigh = answer ? packet.destinationHigh : packet.sourceHigh;
        sourceLow = answer ? packet.destinationLow : packet.sourceLow;
        destinationHigh = answer ? packet.sourceHigh : packet.destinationHigh;
        destinationLow = answer ? packet.sourceLow : packet.destinationLow;
        sourcePort = answer ? FlowKey.destinationPort(packet) : FlowKey.sourcePort(packet);
        destinationPort = answer ? FlowKey.sourcePort(packet) : FlowKey.destinationPort(packet);
        protocol = packet.protocol;
        vlan = packet.vlanCount > 0 ? packet.vlans[0] : Packet.NONE;
        this.hash = hash;
    }

    /// Whether the packet goes from its source to its destination.
    boolean forward(Packet packet) {
        return packet.sourceLow == sourceLow
                && packet.sourceHigh == sourceHigh
                && packet.destinationLow == destinationLow
                && packet.destinationHigh == destinationHigh
                && FlowKey.sourcePort(packet) == sourcePort
                && FlowKey.destinationPort(packet) == destinationPort;
    }

    boolean backward(Packet packet) {
        return packet.sourceLow == destinationLow
                && packet.sourceHigh == destinationHigh
                && packet.destinationLow == sourceLow
                && packet.destinationHigh == sourceHigh
                && FlowKey.sourcePort(packet) == destinationPort
                && FlowKey.destinationPort(packet) == sourcePort;
    }

    void add(Packet packet, boolean forward) {
        if (packet.nanos != RecordReader.NO_TIME) {
            first = first == RecordReader.NO_TIME ? packet.nanos : Math.min(first, packet.nanos);
            last = Math.max(last, packet.nanos);
        }
        int flags = packet.tcpFlags == Packet.NONE ? 0 : packet.tcpFlags;
        if (forward) {
            sourcePackets++;
            sourceBytes += packet.length;
            sourceFlags |= flags;
        } else {
            destinationPackets++;
            destinationBytes += packet.length;
            destinationFlags |= flags;
        }
        reset |= (flags & Packet.RST) != 0;
    }

    /// Whether both ends have said that they are done, or one has broken it off.
    boolean closed() {
        return reset || (sourceFlags & destinationFlags & Packet.FIN) != 0;
    }

    End closedBy() {
        return reset ? End.RST : End.FIN;
    }

    boolean answered() {
        return destinationPackets > 0;
    }

    /// As Suricata has it.
    String state() {
        if (closed()) {
            return "closed";
        }
        return sourcePackets > 0 && answered() ? "established" : "new";
    }

    /// As Suricata has it; empty when it is no TCP.
    String tcpState() {
        if (protocol != Packet.TCP) {
            return "";
        }
        if (closed()) {
            return "closed";
        }
        if (((sourceFlags | destinationFlags) & Packet.FIN) != 0) {
            return "fin_wait1";
        }
        boolean syn = (sourceFlags & Packet.SYN) != 0;
        boolean answer = (destinationFlags & Packet.SYN) != 0;
        if (syn && !answer) {
            return answered() ? "established" : "syn_sent";
        }
        boolean agreed = (sourceFlags & Packet.ACK) != 0;
        return answer && !agreed ? "syn_recv" : "established";
    }

    String communityId() {
        if (communityId.isEmpty()) {
            communityId =
                    CommunityId.of(
                            new IpAddress(sourceHigh, sourceLow),
                            sourcePort,
                            new IpAddress(destinationHigh, destinationLow),
                            destinationPort,
                            protocol);
        }
        return communityId;
    }
}
