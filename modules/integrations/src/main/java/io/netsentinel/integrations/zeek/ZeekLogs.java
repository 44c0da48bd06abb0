package io.netsentinel.integrations.zeek;

import io.netsentinel.events.Channel;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What Zeek's logs are: their ECS classification and their channel.
final class ZeekLogs {
    /// @param channel where its records go
    /// @param kind `event.kind`
    /// @param categories `event.category`
    /// @param types `event.type`
    record Log(String channel, String kind, List<String> categories, List<String> types) {}

    private static final List<String> PROTOCOL = List.of("protocol");
    private static final List<String> INFO = List.of("info");
    private static final Log OTHER = network(INFO);
    private static final Log SYSTEM = new Log(Channel.SYSTEM, "event", List.of("host"), INFO);
    private static final Log METRIC = new Log(Channel.SYSTEM, "metric", List.of("host"), INFO);
    private static final Log ALERT =
            new Log(Channel.ALERTS, "alert", List.of("network", "intrusion_detection"), INFO);

    private static final Set<String> PROTOCOLS =
            Set.of(
                    "bacnet",
                    "dce_rpc",
                    "dhcp",
                    "dnp3",
                    "dns",
                    "enip",
                    "irc",
                    "modbus",
                    "mqtt",
                    "ntp",
                    "quic",
                    "rdp",
                    "rfb",
                    "sip",
                    "smb_cmd",
                    "snmp",
                    "socks",
                    "ssl",
                    "syslog",
                    "tls",
                    "tunnel",
                    "websocket");

    private static final Set<String> AUTHENTICATION =
            Set.of("ftp", "kerberos", "ldap", "ntlm", "radius", "ssh");

    private static final Set<String> OWN =
            Set.of(
                    "analyzer",
                    "broker",
                    "capture_loss",
                    "cluster",
                    "config",
                    "loaded_scripts",
                    "notice_alarm",
                    "packet_filter",
                    "prof",
                    "reporter",
                    "stderr",
                    "stdout",
                    "telemetry",
                    "weird_stats");

    private static final Map<String, Log> SPECIAL =
            Map.ofEntries(
                    Map.entry("conn", network(List.of("connection", "end"))),
                    Map.entry("http", network("web", PROTOCOL)),
                    Map.entry("smtp", network("email", PROTOCOL)),
                    Map.entry("mysql", network("database", PROTOCOL)),
                    Map.entry("postgresql", network("database", PROTOCOL)),
                    Map.entry("files", network("file", INFO)),
                    Map.entry("pe", network("file", INFO)),
                    Map.entry("x509", network("file", INFO)),
                    Map.entry("smb_files", network("file", PROTOCOL)),
                    Map.entry("smb_mapping", network("file", PROTOCOL)),
                    Map.entry("known_hosts", OTHER),
                    Map.entry("known_services", OTHER),
                    Map.entry("known_certs", OTHER),
                    Map.entry("software", OTHER),
                    Map.entry("dpd", network(List.of("error"))),
                    Map.entry("notice", ALERT),
                    Map.entry("intel", ALERT),
                    Map.entry("signatures", ALERT),
                    Map.entry("stats", METRIC),
                    Map.entry("capture_loss", METRIC),
                    Map.entry(
                            "weird",
                            new Log(
                                    Channel.PACKETS,
                                    "event",
                                    List.of("network"),
                                    List.of("error"))));

    private ZeekLogs() {}

    private static Log network(List<String> types) {
        return new Log(Channel.NETWORK, "event", List.of("network"), types);
    }

    private static Log network(String category, List<String> types) {
        return new Log(Channel.NETWORK, "event", List.of("network", category), types);
    }

    static boolean known(String path) {
        return SPECIAL.containsKey(path)
                || PROTOCOLS.contains(path)
                || AUTHENTICATION.contains(path)
                || OWN.contains(path);
    }

    static Log of(String path) {
        Log special = SPECIAL.get(path);
        if (special != null) {
            return special;
        }
        if (AUTHENTICATION.contains(path)) {
            return network("authentication", PROTOCOL);
        }
        if (OWN.contains(path)) {
            return SYSTEM;
        }
        return PROTOCOLS.contains(path) ? network(PROTOCOL) : OTHER;
    }

    /// The log a record is from, by what only that log has.
    ///
    /// @param otherwise the answer when it is none of these
    static String guess(Map<String, Object> record, String otherwise) {
        for (List<String> signs : SIGNS) {
            if (record.keySet().containsAll(signs.subList(1, signs.size()))) {
                return signs.getFirst();
            }
        }
        return otherwise;
    }

    private static final List<List<String>> SIGNS =
            List.of(
                    List.of("conn", "conn_state", "uid"),
                    List.of("dns", "trans_id", "uid", "rejected"),
                    List.of("http", "trans_depth", "request_body_len"),
                    List.of("ssl", "established", "resumed"),
                    List.of("files", "fuid", "seen_bytes"),
                    List.of("x509", "certificate_subject", "certificate_serial"),
                    List.of("notice", "note", "actions"),
                    List.of("weird", "name", "notice"),
                    List.of("ssh", "auth_attempts", "uid"),
                    List.of("smtp", "trans_depth", "helo"),
                    List.of("ftp", "command", "uid", "user"),
                    List.of("kerberos", "request_type", "uid"),
                    List.of("ntlm", "domainname", "uid"),
                    List.of("dce_rpc", "endpoint", "operation"),
                    List.of("smb_files", "action", "path", "name"),
                    List.of("smb_mapping", "share_type", "path"),
                    List.of("dhcp", "msg_types", "mac"),
                    List.of("capture_loss", "percent_lost", "gaps"),
                    List.of("stats", "pkts_proc", "mem"));
}
