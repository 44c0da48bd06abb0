package io.netsentinel.integrations.zeek;

import io.netsentinel.integrations.record.Mapping;
import java.util.Map;

/// Which Zeek key becomes which field, for each log: `key -> field [conversion]`. Keys are written
/// with `_` where Zeek has a dot. What is not named here stays in `raw`.
final class ZeekFields {
    static final Mapping COMMON =
            Mapping.of(
                    """
                    ts -> @timestamp time
                    @system -> observer.name
                    _system_name -> observer.name
                    uid -> flow.id text
                    id_orig_h -> source.ip ip
                    id_orig_p -> source.port
                    id_resp_h -> destination.ip ip
                    id_resp_p -> destination.port
                    proto -> network.transport lower
                    community_id -> network.community_id
                    vlan -> network.vlan.id list
                    orig_l2_addr -> source.mac mac
                    resp_l2_addr -> destination.mac mac
                    """);

    private static final Map<String, Mapping> BY_LOG =
            Map.ofEntries(
                    Map.entry("conn", conn()),
                    Map.entry("dns", dns()),
                    Map.entry("http", http()),
                    Map.entry("ssl", ssl()),
                    Map.entry("quic", quic()),
                    Map.entry("files", files()),
                    Map.entry("x509", x509()),
                    Map.entry("notice", notice()),
                    Map.entry("intel", intel()),
                    Map.entry("signatures", signatures()),
                    Map.entry("weird", weird()),
                    Map.entry("ssh", ssh()),
                    Map.entry("ftp", ftp()),
                    Map.entry("smtp", smtp()),
                    Map.entry("kerberos", kerberos()),
                    Map.entry("ntlm", ntlm()),
                    Map.entry(
                            "radius",
                            Mapping.of(
                                    "username -> user.name\nresult -> ns.radius.result lower\nmac -> source.mac mac")),
                    Map.entry("rdp", rdp()),
                    Map.entry("smb_files", smb()),
                    Map.entry("smb_mapping", smb()),
                    Map.entry("dce_rpc", dceRpc()),
                    Map.entry("dhcp", dhcp()),
                    Map.entry("sip", sip()),
                    Map.entry(
                            "snmp",
                            Mapping.of(
                                    "version -> ns.snmp.version text\ncommunity -> ns.snmp.community")),
                    Map.entry(
                            "mysql",
                            Mapping.of("cmd -> event.action lower\narg -> ns.mysql.argument")),
                    Map.entry("dpd", dpd()),
                    Map.entry("analyzer", dpd()),
                    Map.entry(
                            "modbus",
                            Mapping.of(
                                    "func -> event.action lower\nexception -> ns.modbus.exception\nunit -> ns.modbus.unit")),
                    Map.entry(
                            "dnp3",
                            Mapping.of(
                                    "fc_request -> event.action lower\nfc_reply -> ns.dnp3.function")),
                    Map.entry(
                            "irc",
                            Mapping.of(
                                    "nick -> user.name\nuser -> user.name\ncommand -> event.action lower")),
                    Map.entry(
                            "socks",
                            Mapping.of(
                                    "user -> user.name\nrequest_host -> destination.domain\nstatus -> event.reason")),
                    Map.entry(
                            "tunnel",
                            Mapping.of(
                                    "action -> event.action lower\ntunnel_type -> ns.tunnel.type lower")),
                    Map.entry(
                            "syslog",
                            Mapping.of(
                                    "facility -> log.syslog.facility.name lower\nseverity -> log.syslog.severity.name lower\nmessage -> message")),
                    Map.entry(
                            "software",
                            Mapping.of(
                                    "host -> source.ip ip\nhost_p -> source.port\nname -> ns.software.name\nunparsed_version -> ns.software.version\nsoftware_type -> ns.software.type lower")),
                    Map.entry("known_hosts", Mapping.of("host -> source.ip ip")),
                    Map.entry(
                            "known_services",
                            Mapping.of(
                                    "host -> source.ip ip\nport_num -> source.port\nport_proto -> network.transport lower\nservice -> ns.service list")),
                    Map.entry(
                            "pe",
                            Mapping.of(
                                    "id -> ns.file.id\nmachine -> ns.pe.machine\nos -> ns.pe.os\nsubsystem -> ns.pe.subsystem")),
                    Map.entry(
                            "capture_loss",
                            Mapping.of(
                                    "peer -> ns.zeek.peer\ngaps -> ns.capture_loss.gaps\nacks -> ns.capture_loss.acks\npercent_lost -> ns.capture_loss.percent")),
                    Map.entry(
                            "stats",
                            Mapping.of(
                                    "peer -> ns.zeek.peer\npkts_proc -> ns.stats.interval_packets\npkts_dropped -> ns.stats.interval_drops\npkts_link -> ns.stats.interval_link\nbytes_recv -> ns.stats.interval_bytes\nmem -> ns.stats.memory_mib")),
                    Map.entry(
                            "reporter",
                            Mapping.of(
                                    "level -> log.level lower\nmessage -> message\nlocation -> ns.zeek.location")));

    private ZeekFields() {}

    static Mapping of(String path) {
        return BY_LOG.getOrDefault(path, Mapping.none());
    }

    private static Mapping conn() {
        return Mapping.of(
                """
                service -> network.protocol lower
                orig_ip_bytes -> source.bytes
                orig_bytes -> source.bytes
                resp_ip_bytes -> destination.bytes
                resp_bytes -> destination.bytes
                orig_pkts -> source.packets
                resp_pkts -> destination.packets
                conn_state -> ns.flow.state
                history -> ns.flow.history
                missed_bytes -> ns.flow.missed_bytes
                ip_proto -> network.iana_number text
                """);
    }

    private static Mapping dns() {
        return Mapping.of(
                """
                query -> dns.question.name
                qtype_name -> dns.question.type
                qtype -> dns.question.type text
                trans_id -> dns.id text
                opcode_name -> dns.op_code
                rcode_name -> dns.response_code
                rejected -> ns.dns.rejected
                """);
    }

    private static Mapping http() {
        return Mapping.of(
                """
                method -> http.request.method
                host -> url.domain
                uri -> url.original
                referrer -> http.request.referrer
                version -> http.version text
                user_agent -> user_agent.original
                request_body_len -> http.request.body.bytes
                response_body_len -> http.response.body.bytes
                status_code -> http.response.status_code
                resp_mime_types -> http.response.mime_type
                username -> user.name
                proxied -> ns.http.forwarded_for list
                orig_filenames -> file.path
                """);
    }

    private static Mapping ssl() {
        return Mapping.of(
                """
                version -> tls.version
                cipher -> tls.cipher
                curve -> tls.curve
                server_name -> tls.client.server_name
                resumed -> tls.resumed
                established -> tls.established
                next_protocol -> tls.next_protocol
                subject -> tls.server.subject
                issuer -> tls.server.issuer
                client_subject -> tls.client.subject
                client_issuer -> tls.client.issuer
                resp_certificate_sha1 -> tls.server.hash.sha1
                ja3 -> tls.client.ja3
                ja3s -> tls.server.ja3s
                ja4 -> ns.ja4
                validation_status -> ns.tls.validation
                last_alert -> event.reason
                """);
    }

    private static Mapping quic() {
        return Mapping.of(
                """
                version -> ns.quic.version text
                server_name -> tls.client.server_name
                client_protocol -> tls.next_protocol
                history -> ns.flow.history
                """);
    }

    private static Mapping files() {
        return Mapping.of(
                """
                fuid -> ns.file.id
                tx_hosts -> source.ip ip
                rx_hosts -> destination.ip ip
                conn_uids -> flow.id text
                source -> network.protocol lower
                filename -> file.path
                mime_type -> file.mime_type
                total_bytes -> file.size
                seen_bytes -> file.size
                md5 -> file.hash.md5
                sha1 -> file.hash.sha1
                sha256 -> file.hash.sha256
                """);
    }

    private static Mapping x509() {
        return Mapping.of(
                """
                id -> ns.file.id
                fuid -> ns.file.id
                fingerprint -> tls.server.hash.sha256
                certificate_subject -> tls.server.subject
                certificate_issuer -> tls.server.issuer
                certificate_serial -> tls.server.x509.serial_number hex
                certificate_not_valid_before -> tls.server.not_before time
                certificate_not_valid_after -> tls.server.not_after time
                san_dns -> tls.server.x509.alternative_names list
                """);
    }

    private static Mapping notice() {
        return Mapping.of(
                """
                src -> source.ip ip
                dst -> destination.ip ip
                p -> destination.port
                note -> rule.name
                msg -> message
                sub -> event.reason
                n -> ns.notice.count
                fuid -> ns.file.id
                actions -> ns.notice.actions list
                peer_descr -> ns.zeek.peer
                """);
    }

    private static Mapping intel() {
        return Mapping.of(
                """
                seen_indicator -> threat.indicator.name
                seen_indicator_type -> threat.indicator.type lower
                seen_where -> event.reason
                matched -> ns.intel.matched list
                sources -> threat.indicator.provider
                fuid -> ns.file.id
                file_mime_type -> file.mime_type
                """);
    }

    private static Mapping signatures() {
        return Mapping.of(
                """
                src_addr -> source.ip ip
                src_port -> source.port
                dst_addr -> destination.ip ip
                dst_port -> destination.port
                note -> rule.category
                sig_id -> rule.name
                event_msg -> message
                sub_msg -> event.reason
                """);
    }

    private static Mapping weird() {
        return Mapping.of(
                """
                name -> event.reason
                addl -> ns.weird.detail
                notice -> ns.weird.notice
                peer -> ns.zeek.peer
                source -> network.protocol lower
                """);
    }

    private static Mapping ssh() {
        return Mapping.of(
                """
                version -> ns.ssh.server.version text
                auth_success -> ns.ssh.auth_success
                auth_attempts -> ns.ssh.auth_attempts
                client -> ns.ssh.client.software
                server -> ns.ssh.server.software
                hassh -> ns.ssh.client.hassh
                hasshServer -> ns.ssh.server.hassh
                """);
    }

    private static Mapping ftp() {
        return Mapping.of(
                """
                user -> user.name
                command -> event.action lower
                arg -> ns.ftp.argument
                mime_type -> file.mime_type
                file_size -> file.size
                reply_code -> ns.ftp.reply_code list
                reply_msg -> ns.ftp.reply list
                """);
    }

    private static Mapping smtp() {
        return Mapping.of(
                """
                helo -> source.domain
                mailfrom -> email.from.address address
                from -> email.from.address address
                rcptto -> email.to.address address
                to -> email.to.address address
                cc -> email.cc.address address
                subject -> email.subject
                msg_id -> email.message_id
                user_agent -> user_agent.original
                last_reply -> event.reason
                """);
    }

    private static Mapping kerberos() {
        return Mapping.of(
                """
                request_type -> event.action lower
                client -> user.name
                service -> ns.krb5.service
                success -> ns.krb5.success
                error_msg -> ns.krb5.error
                cipher -> ns.krb5.encryption
                """);
    }

    private static Mapping ntlm() {
        return Mapping.of(
                """
                username -> user.name
                domainname -> user.domain
                hostname -> host.hostname
                server_nb_computer_name -> destination.domain
                success -> ns.ntlm.success
                """);
    }

    private static Mapping rdp() {
        return Mapping.of(
                """
                cookie -> user.name
                result -> ns.rdp.result lower
                security_protocol -> ns.rdp.protocol
                client_build -> ns.rdp.client_build
                client_name -> host.hostname
                """);
    }

    private static Mapping smb() {
        return Mapping.of(
                """
                action -> event.action lower
                path -> ns.smb.share
                name -> file.path
                size -> file.size
                share_type -> ns.smb.share_type
                service -> ns.smb.service
                """);
    }

    private static Mapping dceRpc() {
        return Mapping.of(
                """
                operation -> event.action lower
                endpoint -> ns.dcerpc.endpoint
                named_pipe -> ns.smb.named_pipe
                """);
    }

    private static Mapping dhcp() {
        return Mapping.of(
                """
                client_addr -> source.ip ip
                server_addr -> destination.ip ip
                mac -> ns.dhcp.client_mac mac
                assigned_addr -> ns.dhcp.assigned_ip ip
                host_name -> host.hostname
                lease_time -> ns.dhcp.lease_time
                msg_types -> event.action lower
                """);
    }

    private static Mapping sip() {
        return Mapping.of(
                """
                method -> event.action lower
                uri -> ns.sip.uri
                status_code -> ns.sip.code
                status_msg -> event.reason
                user_agent -> user_agent.original
                """);
    }

    private static Mapping dpd() {
        return Mapping.of(
                """
                analyzer -> network.protocol lower
                analyzer_name -> network.protocol lower
                failure_reason -> event.reason
                """);
    }
}
