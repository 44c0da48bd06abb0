package io.netsentinel.integrations.pcap;

import io.netsentinel.events.Channel;
import io.netsentinel.events.CommunityId;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import io.netsentinel.events.Severity;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Routed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Makes the events of packets and flows.
final class CaptureEvents {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> NETWORK = List.of("network");
    private static final List<String> TO_PACKETS = List.of(Channel.PACKETS);
    private static final List<String> TO_NETWORK = List.of(Channel.NETWORK);

    private final String file;
    private final AddressTexts texts;

    /// @param file the capture's name; goes into each event
    CaptureEvents(String file, AddressTexts texts) {
        this.file = file;
        this.texts = texts;
    }

    /// The event of a packet.
    ///
    /// @param number the packet's in its file, from 1
    /// @param communityId of its flow; empty when it has none
    Routed packet(Packet packet, long number, String communityId, LineContext context) {
        Event.Builder event = begin("pcap.packet", context);
        event.put(Fields.EVENT_TYPE, List.of("info"));
        String note = packet.note;
        if (packet.nanos == RecordReader.NO_TIME) {
            event.put(Fields.TIMESTAMP, context.receivedText());
            note =
                    (note.isEmpty() ? "" : note + "; ")
                            + "the file does not say when: the time it was received is given";
        } else {
            event.put(Fields.TIMESTAMP, time(packet.nanos));
        }
        event.put("ns.pcap.number", number);
        event.put(Fields.NETWORK_BYTES, packet.length);
        if (packet.captured < packet.length) {
            event.put("ns.pcap.captured", packet.captured);
        }
        if (packet.vlanCount > 0) {
            List<Object> tags = new ArrayList<>(packet.vlanCount);
            for (int i = 0; i < packet.vlanCount; i++) {
                tags.add((long) packet.vlans[i]);
            }
            event.put(Fields.NETWORK_VLAN_ID, tags);
        }
        String what = "packet";
        if (packet.networkProtocol != Packet.NONE) {
            what = Names.network(packet.networkProtocol);
            event.put(Fields.NETWORK_TYPE, what);
        }
        if (packet.ip) {
            what = addressed(event, packet, what);
            event.putText(Fields.NETWORK_COMMUNITY_ID, communityId);
        }
        event.putText(Fields.NS_NOTE, note);
        event.put(Fields.MESSAGE, what + " " + packet.length + " bytes");
        return new Routed(event.build(), TO_PACKETS);
    }

    private String addressed(Event.Builder event, Packet packet, String network) {
        event.put(Fields.SOURCE_IP, texts.text(packet.sourceHigh, packet.sourceLow));
        event.put(Fields.DESTINATION_IP, texts.text(packet.destinationHigh, packet.destinationLow));
        String what = network;
        if (packet.protocol != Packet.NONE) {
            what = Names.transport(packet.protocol);
            event.put(Fields.NETWORK_TRANSPORT, what);
        }
        if (packet.fragmentOffset != Packet.NONE) {
            event.put("ns.ip.fragment_offset", packet.fragmentOffset);
            what += " fragment";
        }
        if (packet.sourcePort != Packet.NONE) {
            boolean icmp = packet.icmp();
            event.put(icmp ? Fields.NS_ICMP_TYPE : Fields.SOURCE_PORT, packet.sourcePort);
            event.put(icmp ? Fields.NS_ICMP_CODE : Fields.DESTINATION_PORT, packet.destinationPort);
        }
        if (packet.tcpFlags != Packet.NONE) {
            event.put(Fields.NS_TCP_FLAGS, Names.hexFlags(packet.tcpFlags));
            what += " " + Names.flags(packet.tcpFlags);
        }
        return what;
    }

    /// The event of a flow that has ended.
    Routed flow(Flow flow, Flow.End why, LineContext context) {
        Event.Builder event = begin("pcap.flow", context);
        event.put(Fields.EVENT_TYPE, List.of("connection", "end"));
        boolean timed = flow.first != RecordReader.NO_TIME;
        String start = timed ? time(flow.first) : context.receivedText();
        String end = timed ? time(flow.last) : context.receivedText();
        event.put(Fields.TIMESTAMP, end);
        event.put(Fields.EVENT_START, start);
        event.put(Fields.EVENT_END, end);
        event.put(Fields.EVENT_DURATION, timed ? flow.last - flow.first : 0);
        event.put(Fields.EVENT_REASON, why.text());
        String transport = Names.transport(flow.protocol);
        event.put(
                Fields.NETWORK_TYPE,
                new IpAddress(flow.sourceHigh, flow.sourceLow).v4() ? "ipv4" : "ipv6");
        event.put(Fields.NETWORK_TRANSPORT, transport);
        event.put(Fields.NETWORK_COMMUNITY_ID, flow.communityId());
        event.put(Fields.NETWORK_BYTES, flow.sourceBytes + flow.destinationBytes);
        event.put(Fields.NETWORK_PACKETS, flow.sourcePackets + flow.destinationPackets);
        if (flow.vlan != Packet.NONE) {
            event.put(Fields.NETWORK_VLAN_ID, List.of((long) flow.vlan));
        }
        ends(event, flow);
        event.put(Fields.NS_FLOW_STATE, flow.state());
        if (flow.protocol == Packet.TCP) {
            event.put(
                    Fields.NS_TCP_FLAGS, Names.hexFlags(flow.sourceFlags | flow.destinationFlags));
            event.put(Fields.NS_TCP_STATE, flow.tcpState());
        }
        event.put(Fields.MESSAGE, "flow " + transport + " " + flow.state());
        return new Routed(event.build(), TO_NETWORK);
    }

    private void ends(Event.Builder event, Flow flow) {
        event.put(Fields.SOURCE_IP, texts.text(flow.sourceHigh, flow.sourceLow));
        event.put(Fields.SOURCE_PACKETS, flow.sourcePackets);
        event.put(Fields.SOURCE_BYTES, flow.sourceBytes);
        event.put(Fields.DESTINATION_IP, texts.text(flow.destinationHigh, flow.destinationLow));
        event.put(Fields.DESTINATION_PACKETS, flow.destinationPackets);
        event.put(Fields.DESTINATION_BYTES, flow.destinationBytes);
        switch (flow.protocol) {
            case Packet.TCP, Packet.UDP, Packet.SCTP -> {
                event.put(Fields.SOURCE_PORT, flow.sourcePort);
                event.put(Fields.DESTINATION_PORT, flow.destinationPort);
            }
            case Packet.ICMP, Packet.ICMP_V6 -> {
                event.put(Fields.NS_ICMP_TYPE, flow.sourcePort);
                boolean asked = CommunityId.answer(flow.protocol, flow.sourcePort) >= 0;
                event.put(Fields.NS_ICMP_CODE, asked ? 0 : flow.destinationPort);
            }
            default -> {}
        }
    }

    private Event.Builder begin(String dataset, LineContext context) {
        Event.Builder event = Event.builder();
        event.put(Fields.EVENT_INGESTED, context.receivedText());
        event.put(Fields.EVENT_KIND, "event");
        event.put(Fields.EVENT_CATEGORY, NETWORK);
        event.put(Fields.EVENT_MODULE, "pcap");
        event.put(Fields.EVENT_DATASET, dataset);
        event.put(Fields.OBSERVER_NAME, context.source());
        event.put(Fields.NS_SEVERITY, Severity.INFO.text());
        event.putText("log.file.path", file);
        return event;
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
                .toString();
    }
}
