package io.netsentinel.detection.finding;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.Set;

/// Which flows are connections that led to nothing.
public final class Attempts {
    /// The fields that must be there to tell.
    public static final Set<String> FIELDS =
            Set.of(
                    Fields.EVENT_DATASET,
                    Fields.SOURCE_IP,
                    Fields.DESTINATION_IP,
                    Fields.DESTINATION_PORT,
                    Fields.NETWORK_TRANSPORT,
                    Fields.SOURCE_PACKETS,
                    Fields.DESTINATION_PACKETS,
                    Fields.NS_TCP_FLAGS,
                    Fields.NS_FLOW_STATE);

    /// How far a connection gets that is opened for the answer alone: SYN, SYN and ACK, RST.
    private static final int SHORT = 3;

    private static final int FIN_OR_PSH = 0x09;

    private Attempts() {}

    /// Nothing came back, or only a reset.
    public static boolean unanswered(Event event) {
        return switch (event.text(Fields.EVENT_DATASET)) {
            case "suricata.flow", "pcap.flow" -> flow(event);
            case "zeek.conn" -> zeek(event);
            default -> false;
        };
    }

    /// The host is there and said so, but nothing was said to it: refused, or left after its first
    /// answer.
    static boolean refused(Event event) {
        if (!tcp(event)) {
            return false;
        }
        return switch (event.text(Fields.EVENT_DATASET)) {
            case "suricata.flow", "pcap.flow" ->
                    event.number(Fields.DESTINATION_PACKETS, 0) > 0 && shut(event);
            case "zeek.conn" ->
                    switch (event.text(Fields.NS_FLOW_STATE)) {
                        case "REJ", "RSTRH" -> true;
                        default -> false;
                    };
            default -> false;
        };
    }

    /// Whether events of this data set are flows.
    static boolean isFlow(String dataset) {
        return switch (dataset) {
            case "suricata.flow", "zeek.conn", "pcap.flow" -> true;
            default -> false;
        };
    }

    /// Whether it is a flow of TCP.
    public static boolean tcp(Event event) {
        return event.text(Fields.NETWORK_TRANSPORT).equals("tcp");
    }

    private static boolean transport(Event event) {
        return tcp(event) || event.text(Fields.NETWORK_TRANSPORT).equals("udp");
    }

    private static boolean flow(Event event) {
        if (!transport(event)) {
            return false;
        }
        if (event.number(Fields.DESTINATION_PACKETS, 1) == 0) {
            return true;
        }
        return tcp(event) && shut(event);
    }

    /// Reset before anything was said: no FIN and no PSH among the flags.
    private static boolean shut(Event event) {
        String flags = event.text(Fields.NS_TCP_FLAGS);
        return event.number(Fields.SOURCE_PACKETS, 0) <= SHORT
                && event.number(Fields.DESTINATION_PACKETS, 0) <= SHORT
                && flags.matches("[0-9a-fA-F]{1,4}")
                && (Integer.parseInt(flags, 16) & FIN_OR_PSH) == 0;
    }

    private static boolean zeek(Event event) {
        return transport(event)
                && switch (event.text(Fields.NS_FLOW_STATE)) {
                    case "S0", "REJ", "RSTOS0", "RSTRH", "SH" -> true;
                    default -> false;
                };
    }
}
