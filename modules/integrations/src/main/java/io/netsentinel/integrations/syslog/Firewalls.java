package io.netsentinel.integrations.syslog;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Recognises what firewalls say: addresses, ports, and whether it was let through. Netfilter and
/// ufw, pf's filterlog, Cisco's access lists and ASA, and everything that writes `src=… dst=…`
/// (FortiGate, NetScreen, SonicWall and others).
final class Firewalls {
    private static final Set<String> DENIED =
            Set.of(
                    "block",
                    "blocked",
                    "deny",
                    "denied",
                    "discard",
                    "drop",
                    "dropped",
                    "reject",
                    "rejected");
    private static final Set<String> ALLOWED =
            Set.of(
                    "accept",
                    "accepted",
                    "allow",
                    "allowed",
                    "built",
                    "pass",
                    "passed",
                    "permit",
                    "permitted");

    private static final List<String> SOURCE = List.of("srcip", "src", "src_ip");
    private static final List<String> DESTINATION = List.of("dstip", "dst", "dst_ip");
    private static final List<String> SOURCE_PORT = List.of("spt", "srcport", "src_port", "sport");
    private static final List<String> DESTINATION_PORT =
            List.of("dpt", "dstport", "dst_port", "dport");

    private static final Pattern ACCESS_LIST =
            Pattern.compile(
                    "list (?<rule>\\S{1,64}) (?<action>permitted|denied) (?<proto>\\S{1,16}) (?<src>[0-9A-Fa-f:.]{2,45})"
                            + "(?:\\((?<sport>\\d{1,5})\\))?[^>]{0,64}-> (?<dst>[0-9A-Fa-f:.]{2,45})(?:\\((?<dport>\\d{1,5})\\))?");
    private static final Pattern ASA_DENY =
            Pattern.compile(
                    "(?<action>Deny) (?:inbound |outbound )?(?<proto>\\w{1,16}) (?:\\([^)]{0,64}\\) )?(?:src \\S{1,64}:|from )(?<src>[0-9A-Fa-f:.]{2,45})"
                            + "(?:/(?<sport>\\d{1,5}))?(?:\\([^)]{0,64}\\))? (?:dst \\S{1,64}:|to )(?<dst>[0-9A-Fa-f:.]{2,45})(?:/(?<dport>\\d{1,5}))?");
    private static final Pattern ASA_BUILT =
            Pattern.compile(
                    "(?<action>Built) (?<direction>inbound|outbound) (?<proto>\\w{1,16}) connection \\d{1,12} for \\S{1,64}:(?<a>[0-9A-Fa-f:.]{2,45})/(?<aport>\\d{1,5})"
                            + " \\([^)]{0,64}\\)(?:\\([^)]{0,64}\\))? to \\S{1,64}:(?<b>[0-9A-Fa-f:.]{2,45})/(?<bport>\\d{1,5})");

    private Firewalls() {}

    /// Whether it was one.
    static boolean complete(Event.Builder event, SyslogMessage message) {
        String text = message.text();
        return switch (message.app().toLowerCase(Locale.ROOT)) {
            case "filterlog" -> PfFilter.complete(event, text);
            case "asa", "ftd", "pix", "fwsm" -> asa(event, text);
            case "sec", "ipv6_acl", "ipaccesslog", "acllog" -> accessList(event, text);
            default -> pairs(event, text);
        };
    }

    private static boolean accessList(Event.Builder event, String text) {
        Matcher list = ACCESS_LIST.matcher(text);
        if (!list.lookingAt()) {
            return false;
        }
        event.put(Fields.RULE_NAME, list.group("rule"));
        ends(event, list.group("src"), list.group("dst"));
        ports(event, list.group("sport"), list.group("dport"));
        decided(event, list.group("action"), list.group("proto"));
        return true;
    }

    private static boolean asa(Event.Builder event, String text) {
        Matcher deny = ASA_DENY.matcher(text);
        if (deny.lookingAt()) {
            ends(event, deny.group("src"), deny.group("dst"));
            ports(event, deny.group("sport"), deny.group("dport"));
            decided(event, deny.group("action"), deny.group("proto"));
            return true;
        }
        Matcher built = ASA_BUILT.matcher(text);
        if (!built.lookingAt()) {
            return false;
        }
        // what is named first is the outer end, whoever began
        boolean inbound = built.group("direction").equals("inbound");
        ends(event, built.group(inbound ? "a" : "b"), built.group(inbound ? "b" : "a"));
        ports(
                event,
                built.group(inbound ? "aport" : "bport"),
                built.group(inbound ? "bport" : "aport"));
        event.put(Fields.NETWORK_DIRECTION, built.group("direction"));
        decided(event, built.group("action"), built.group("proto"));
        return true;
    }

    private static boolean pairs(Event.Builder event, String text) {
        if (text.indexOf('=') < 0) {
            return false;
        }
        Map<String, String> pairs = Pairs.of(text);
        Optional<IpAddress> source = address(pairs, SOURCE);
        Optional<IpAddress> destination = address(pairs, DESTINATION);
        if (source.isEmpty() || destination.isEmpty()) {
            return source.isPresent() && deviceLogin(event, pairs, source.get());
        }
        ends(event, source.get().text(), destination.get().text());
        ports(event, first(pairs, SOURCE_PORT), first(pairs, DESTINATION_PORT));
        boolean netfilter = pairs.containsKey("in") && pairs.containsKey("out");
        if (netfilter) {
            event.putText(Fields.OBSERVER_INGRESS_INTERFACE_NAME, pairs.getOrDefault("in", ""));
            event.putText("observer.egress.interface.name", pairs.getOrDefault("out", ""));
        }
        event.putText(Fields.RULE_ID, first(pairs, List.of("policyid", "policy_id")));
        event.putText(
                Fields.NETWORK_PROTOCOL,
                pairs.getOrDefault("service", "").toLowerCase(Locale.ROOT));
        number(event, Fields.SOURCE_BYTES, first(pairs, List.of("sentbyte", "sent")));
        number(event, Fields.DESTINATION_BYTES, first(pairs, List.of("rcvdbyte", "rcvd")));
        decided(
                event,
                netfilter ? netfilterAction(text) : pairs.getOrDefault("action", ""),
                pairs.getOrDefault("proto", ""));
        return true;
    }

    /// FortiGate: `action="login" status="failed" user="admin" srcip=…`.
    private static boolean deviceLogin(
            Event.Builder event, Map<String, String> pairs, IpAddress source) {
        String status = pairs.getOrDefault("status", "").toLowerCase(Locale.ROOT);
        if (!pairs.getOrDefault("action", "").equalsIgnoreCase("login") || status.isEmpty()) {
            return false;
        }
        event.put(Fields.EVENT_KIND, "event");
        event.put(Fields.EVENT_CATEGORY, List.of("authentication"));
        event.put(Fields.EVENT_TYPE, List.of("start"));
        event.put(Fields.EVENT_ACTION, "login");
        event.put(Fields.EVENT_OUTCOME, status.equals("success") ? "success" : "failure");
        event.putText(Fields.USER_NAME, pairs.getOrDefault("user", ""));
        event.put(Fields.SOURCE_IP, source.text());
        return true;
    }

    /// The words before the pairs are the rule's own prefix: `[UFW BLOCK] IN=…`.
    private static String netfilterAction(String text) {
        String prefix =
                text.substring(0, Math.max(0, text.indexOf("IN="))).toLowerCase(Locale.ROOT);
        for (String word : prefix.split("[^a-z]+", 32)) {
            if (DENIED.contains(word) || ALLOWED.contains(word)) {
                return word;
            }
        }
        return "";
    }

    private static Optional<IpAddress> address(Map<String, String> pairs, List<String> keys) {
        for (String key : keys) {
            String value = pairs.get(key);
            if (value != null) {
                // SonicWall: address:port:interface
                int colon = value.indexOf(':');
                String plain =
                        colon > 0 && value.indexOf('.') > 0 ? value.substring(0, colon) : value;
                return IpAddress.parse(plain);
            }
        }
        return Optional.empty();
    }

    private static String first(Map<String, String> pairs, List<String> keys) {
        for (String key : keys) {
            String value = pairs.get(key);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    static void ends(Event.Builder event, String source, String destination) {
        IpAddress.parse(source).ifPresent(ip -> event.put(Fields.SOURCE_IP, ip.text()));
        IpAddress.parse(destination).ifPresent(ip -> event.put(Fields.DESTINATION_IP, ip.text()));
    }

    static void ports(Event.Builder event, @Nullable String source, @Nullable String destination) {
        number(event, Fields.SOURCE_PORT, source == null ? "" : source);
        number(event, Fields.DESTINATION_PORT, destination == null ? "" : destination);
    }

    private static void number(Event.Builder event, String field, String text) {
        if (text.matches("\\d{1,15}")) {
            event.put(field, Long.parseLong(text));
        }
    }

    static void decided(Event.Builder event, String action, String protocol) {
        String word = action.toLowerCase(Locale.ROOT);
        String type =
                DENIED.contains(word) ? "denied" : ALLOWED.contains(word) ? "allowed" : "info";
        event.put(Fields.EVENT_KIND, "event");
        event.put(Fields.EVENT_CATEGORY, List.of("network"));
        event.put(Fields.EVENT_TYPE, List.of("connection", type));
        event.putText(Fields.EVENT_ACTION, word);
        event.putText(
                Fields.NETWORK_TRANSPORT,
                switch (protocol.toLowerCase(Locale.ROOT)) {
                    case "1" -> "icmp";
                    case "6" -> "tcp";
                    case "17" -> "udp";
                    case "58", "icmpv6" -> "ipv6-icmp";
                    default -> protocol.toLowerCase(Locale.ROOT);
                });
    }
}
