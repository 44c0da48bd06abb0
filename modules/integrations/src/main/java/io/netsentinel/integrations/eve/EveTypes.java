package io.netsentinel.integrations.eve;

import java.util.List;
import java.util.Map;

/// What ECS calls the kinds of EVE records.
final class EveTypes {
    /// @param kind `event.kind`
    /// @param categories `event.category`
    /// @param types `event.type`
    /// @param protocol `network.protocol`, empty when the kind says none
    record Type(String kind, List<String> categories, List<String> types, String protocol) {}

    private static final List<String> NETWORK = List.of("network");
    private static final List<String> PROTOCOL = List.of("protocol");
    private static final List<String> CONNECTION = List.of("connection", "end");
    private static final Type OTHER = new Type("event", NETWORK, List.of("info"), "");

    private static final Map<String, Type> TYPES =
            Map.ofEntries(
                    Map.entry(
                            "alert",
                            new Type(
                                    "alert",
                                    List.of("network", "intrusion_detection"),
                                    List.of("info"),
                                    "")),
                    Map.entry("flow", new Type("event", NETWORK, CONNECTION, "")),
                    Map.entry("netflow", new Type("event", NETWORK, CONNECTION, "")),
                    Map.entry("anomaly", new Type("event", NETWORK, List.of("error"), "")),
                    Map.entry("drop", new Type("event", NETWORK, List.of("denied"), "")),
                    Map.entry("stats", new Type("metric", List.of("host"), List.of("info"), "")),
                    Map.entry(
                            "http", new Type("event", List.of("network", "web"), PROTOCOL, "http")),
                    Map.entry(
                            "http2",
                            new Type("event", List.of("network", "web"), PROTOCOL, "http2")),
                    Map.entry(
                            "fileinfo",
                            new Type("event", List.of("network", "file"), List.of("info"), "")),
                    Map.entry(
                            "smtp",
                            new Type("event", List.of("network", "email"), PROTOCOL, "smtp")),
                    Map.entry("krb5", authentication("krb5")),
                    Map.entry("ldap", authentication("ldap")),
                    Map.entry(
                            "ftp_data",
                            new Type("event", List.of("network", "file"), PROTOCOL, "ftp-data")),
                    Map.entry(
                            "tftp",
                            new Type("event", List.of("network", "file"), PROTOCOL, "tftp")),
                    Map.entry(
                            "pgsql",
                            new Type("event", List.of("network", "database"), PROTOCOL, "pgsql")),
                    Map.entry("ikev2", new Type("event", NETWORK, PROTOCOL, "ike")));

    private static final List<String> PLAIN =
            List.of(
                    "arp",
                    "bittorrent_dht",
                    "dcerpc",
                    "dhcp",
                    "dnp3",
                    "dns",
                    "enip",
                    "ftp",
                    "ike",
                    "mdns",
                    "modbus",
                    "mqtt",
                    "nfs",
                    "pop3",
                    "quic",
                    "rdp",
                    "rfb",
                    "sip",
                    "smb",
                    "snmp",
                    "ssh",
                    "telnet",
                    "tls",
                    "websocket");

    private EveTypes() {}

    private static Type authentication(String protocol) {
        return new Type("event", List.of("network", "authentication"), PROTOCOL, protocol);
    }

    static Type of(String eventType) {
        Type type = TYPES.get(eventType);
        if (type != null) {
            return type;
        }
        return PLAIN.contains(eventType) ? new Type("event", NETWORK, PROTOCOL, eventType) : OTHER;
    }
}
