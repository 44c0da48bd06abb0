package io.netsentinel.detection.incident;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What joins a piece of evidence to others: its flow, its community id, its session and its hosts,
/// the strongest first.
///
/// An address that stands for many (broadcast, multicast, loopback, link-local, one that the
/// configuration names, the server's end of DNS and other services that everybody uses) joins
/// nothing by itself: evidence on it is joined by both ends and the port together.
final class JoinKeys {
    /// Keys a piece of evidence gets when there are too many incidents to open another one.
    static final String OVERFLOW = "o|";

    private static final Set<Long> SHARED_SERVICES =
            Set.of(53L, 67L, 68L, 123L, 137L, 138L, 853L, 1900L, 5353L, 5355L);

    private final List<Cidr> shared;

    /// @param shared ranges of addresses many hosts stand behind
    JoinKeys(List<Cidr> shared) {
        this.shared = List.copyOf(shared);
    }

    List<String> of(Event event) {
        List<String> keys = new ArrayList<>(5);
        String sensor = event.text(Fields.OBSERVER_NAME);
        add(keys, "f|" + sensor + "|", event.text(Fields.FLOW_ID));
        add(keys, "c|", event.text(Fields.NETWORK_COMMUNITY_ID));
        add(keys, "s|" + sensor + "|", event.text(Fields.SESSION_ID));
        String source = event.text(Fields.SOURCE_IP);
        String destination = event.text(Fields.DESTINATION_IP);
        long sourcePort = event.number(Fields.SOURCE_PORT, 0);
        long destinationPort = event.number(Fields.DESTINATION_PORT, 0);
        boolean sourceJoins = joins(source, sourcePort);
        boolean destinationJoins = joins(destination, destinationPort);
        if (sourceJoins) {
            add(keys, "h|", source);
        }
        if (destinationJoins) {
            add(keys, "h|", destination);
        }
        if (!sourceJoins && !destinationJoins && !source.isEmpty()) {
            add(keys, "p|" + sensor + "|", pair(source, sourcePort, destination, destinationPort));
        }
        return keys;
    }

    private static String pair(String a, long aPort, String b, long bPort) {
        long port = aPort == 0 || bPort == 0 ? Math.max(aPort, bPort) : Math.min(aPort, bPort);
        return (a.compareTo(b) < 0 ? a + "|" + b : b + "|" + a) + "|" + port;
    }

    private static void add(List<String> keys, String prefix, String value) {
        String key = prefix + value;
        // longer than any real one, and than a table takes
        if (!value.isEmpty() && key.length() <= 500 && !keys.contains(key)) {
            keys.add(key);
        }
    }

    private boolean joins(String address, long port) {
        return !address.isEmpty()
                && !SHARED_SERVICES.contains(port)
                && !standsForMany(address)
                && !inSharedRange(address);
    }

    private boolean inSharedRange(String address) {
        return !shared.isEmpty()
                && IpAddress.parse(address)
                        .filter(ip -> shared.stream().anyMatch(range -> range.contains(ip)))
                        .isPresent();
    }

    private static boolean standsForMany(String address) {
        return address.endsWith(".255")
                || address.equals("0.0.0.0")
                || address.equals("::")
                || address.equals("::1")
                || address.startsWith("127.")
                || address.startsWith("169.254.")
                || address.startsWith("fe80:")
                || address.startsWith("ff")
                || multicast(address);
    }

    private static boolean multicast(String address) {
        int dot = address.indexOf('.');
        if (dot < 1 || dot > 3) {
            return false;
        }
        try {
            return Integer.parseInt(address.substring(0, dot)) >= 224;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
