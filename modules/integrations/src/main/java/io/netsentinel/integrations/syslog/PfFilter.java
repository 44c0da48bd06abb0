package io.netsentinel.integrations.syslog;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.List;

/// pf's filter log as pfSense and OPNsense send it: values with commas between them, the number of
/// which depends on the version of IP.
final class PfFilter {
    private static final int COMMON = 9;

    private PfFilter() {}

    /// Whether it was one.
    static boolean complete(Event.Builder event, String text) {
        List<String> values = List.of(text.split(",", 40));
        if (values.size() <= COMMON) {
            return false;
        }
        boolean six = values.get(8).equals("6");
        // protocol's name, then source, destination and the ports
        int protocol = six ? 12 : 16;
        int source = six ? 15 : 18;
        if (values.size() <= source + 1) {
            return false;
        }
        event.putText(Fields.RULE_ID, values.get(3));
        event.putText(Fields.OBSERVER_INGRESS_INTERFACE_NAME, values.get(4));
        event.putText(Fields.EVENT_REASON, values.get(5));
        event.putText(
                Fields.NETWORK_DIRECTION,
                values.get(7).equals("in")
                        ? "ingress"
                        : values.get(7).equals("out") ? "egress" : "");
        Firewalls.ends(event, values.get(source), values.get(source + 1));
        if (values.size() > source + 3) {
            Firewalls.ports(event, values.get(source + 2), values.get(source + 3));
        }
        Firewalls.decided(event, values.get(6), values.get(protocol));
        return true;
    }
}
