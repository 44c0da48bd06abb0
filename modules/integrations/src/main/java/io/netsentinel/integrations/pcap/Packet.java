package io.netsentinel.integrations.pcap;

/// What is known of one packet. Used again for the next one, because there are very many.
final class Packet {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMP_V6 = 58;
    static final int SCTP = 132;

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int ACK = 0x10;

    /// There is no number.
    static final int NONE = -1;

    static final int MOST_TAGS = 4;

    /// Nanoseconds since 1970, or [RecordReader#NO_TIME].
    long nanos;

    /// Bytes on the wire.
    long length;

    int captured;

    /// VLAN numbers, outermost first.
    final int[] vlans = new int[MOST_TAGS];

    int vlanCount;

    /// Ethernet's number of the network protocol; [#NONE] when it is not known.
    int networkProtocol;

    /// Whether it has addresses.
    boolean ip;

    boolean v6;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;

    /// IP's number of the transport protocol; [#NONE] when it is not known.
    int protocol;

    /// Ports, or of ICMP type and code; [#NONE] when there are none.
    int sourcePort;

    int destinationPort;
    int tcpFlags;
    long tcpSequence;

    /// Where the fragment begins in its datagram; [#NONE] when it is none.
    int fragmentOffset;

    /// What is wrong with it, or why it was not looked into further; empty for nothing.
    String note;

    Packet() {
        clear();
    }

    void clear() {
        nanos = RecordReader.NO_TIME;
        length = 0;
        captured = 0;
        vlanCount = 0;
        networkProtocol = NONE;
        ip = false;
        v6 = false;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        protocol = NONE;
        sourcePort = NONE;
        destinationPort = NONE;
        tcpFlags = NONE;
        tcpSequence = 0;
        fragmentOffset = NONE;
        note = "";
    }

    boolean icmp() {
        return protocol == ICMP || protocol == ICMP_V6;
    }

    boolean tcp(int flags) {
        return tcpFlags != NONE && (tcpFlags & flags) == flags;
    }
}
