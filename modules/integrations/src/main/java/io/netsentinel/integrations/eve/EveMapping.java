package io.netsentinel.integrations.eve;

/// Which EVE key becomes which field: `EVE path -> field [conversion]`, see [Conversion]. The same
/// table is explained in `docs/sources/suricata.md`. What is not named here stays in `raw`.
final class EveMapping {
    static final EveNode ROOT =
            EveNode.tree(
                    EveMapping.COMMON,
                    EveMapping.ALERT,
                    EveMapping.FLOW,
                    EveMapping.WEB,
                    EveMapping.NAMES,
                    EveMapping.WINDOWS,
                    EveMapping.REMOTE,
                    EveMapping.SMALL,
                    EveMapping.STATS);

    private static final String COMMON =
            """
            timestamp -> @timestamp time
            event_type -> ns.event_type
            host -> observer.name
            flow_id -> flow.id text
            parent_id -> ns.flow.parent_id text
            in_iface -> observer.ingress.interface.name
            src_ip -> source.ip ip
            src_port -> source.port
            dest_ip -> destination.ip ip
            dest_port -> destination.port
            proto -> network.transport lower
            app_proto -> network.protocol protocol
            community_id -> network.community_id
            vlan -> network.vlan.id list
            direction -> ns.direction
            icmp_type -> ns.icmp.type
            icmp_code -> ns.icmp.code
            ether.src_mac -> source.mac mac
            ether.dest_mac -> destination.mac mac
            payload -> ns.payload long
            payload_printable -> ns.payload_printable long
            packet -> ns.packet long
            packet_info.linktype -> ns.packet_linktype
            metadata.flowbits -> ns.flow.bits list
            """;

    private static final String ALERT =
            """
            alert.action -> event.action lower
            alert.signature_id -> rule.id text
            alert.signature -> rule.name
            alert.category -> rule.category
            alert.rev -> rule.version text
            alert.severity -> event.severity
            alert.rule -> ns.rule.text
            alert.references -> rule.reference first
            alert.source.ip -> ns.rule.attacker.ip ip
            alert.source.port -> ns.rule.attacker.port
            alert.target.ip -> ns.rule.target.ip ip
            alert.target.port -> ns.rule.target.port
            alert.metadata.signature_severity -> ns.rule.signature_severity first
            alert.metadata.confidence -> ns.rule.confidence first
            alert.metadata.tag -> ns.rule.tags list
            alert.metadata.affected_product -> ns.rule.affected_product list
            alert.metadata.attack_target -> ns.rule.attack_target list
            alert.metadata.deployment -> ns.rule.deployment list
            alert.metadata.created_at -> ns.rule.created first
            alert.metadata.updated_at -> ns.rule.updated first
            alert.metadata.cve -> vulnerability.id cve
            alert.metadata.mitre_tactic_id -> threat.tactic.id list
            alert.metadata.mitre_tactic_name -> threat.tactic.name list
            alert.metadata.mitre_technique_id -> threat.technique.id list
            alert.metadata.mitre_technique_name -> threat.technique.name list
            alert.metadata.malware_family -> threat.software.name list
            anomaly.type -> ns.anomaly.type lower
            anomaly.event -> event.reason
            anomaly.code -> ns.anomaly.code
            anomaly.layer -> ns.anomaly.layer
            anomaly.app_proto -> network.protocol protocol
            drop.reason -> event.reason
            """;

    private static final String FLOW =
            """
            flow.pkts_toserver -> source.packets
            flow.pkts_toclient -> destination.packets
            flow.bytes_toserver -> source.bytes
            flow.bytes_toclient -> destination.bytes
            flow.start -> event.start time
            flow.end -> event.end time
            flow.state -> ns.flow.state
            flow.reason -> event.reason
            flow.alerted -> ns.flow.alerted
            flow.src_ip -> client.ip ip
            flow.src_port -> client.port
            flow.dest_ip -> server.ip ip
            flow.dest_port -> server.port
            netflow.pkts -> source.packets
            netflow.bytes -> source.bytes
            netflow.start -> event.start time
            netflow.end -> event.end time
            tcp.tcp_flags -> ns.tcp.flags
            tcp.state -> ns.tcp.state
            """;

    private static final String WEB =
            """
            http.hostname -> url.domain
            http.http_port -> url.port
            http.url -> url.original
            http.http_method -> http.request.method
            http.http_refer -> http.request.referrer
            http.http_user_agent -> user_agent.original
            http.http_content_type -> http.response.mime_type
            http.protocol -> http.version
            http.status -> http.response.status_code
            http.length -> http.response.body.bytes
            http.redirect -> ns.http.redirect
            http.xff -> ns.http.forwarded_for
            http.http_request_body_printable -> http.request.body.content
            http.http_response_body_printable -> http.response.body.content
            http2.request_headers.name -> ns.http.header_names list
            tls.sni -> tls.client.server_name
            tls.version -> tls.version
            tls.subject -> tls.server.subject
            tls.issuerdn -> tls.server.issuer
            tls.serial -> tls.server.x509.serial_number hex
            tls.fingerprint -> tls.server.hash.sha1 hex
            tls.notbefore -> tls.server.not_before time
            tls.notafter -> tls.server.not_after time
            tls.session_resumed -> tls.resumed
            tls.ja3.hash -> tls.client.ja3
            tls.ja3s.hash -> tls.server.ja3s
            tls.ja4 -> ns.ja4
            tls.server_alpns -> tls.next_protocol first
            tls.client.subject -> tls.client.subject
            tls.client.issuerdn -> tls.client.issuer
            tls.from_proto -> ns.tls.from_protocol
            quic.version -> ns.quic.version text
            quic.sni -> tls.client.server_name
            quic.ua -> user_agent.original
            quic.ja3.hash -> tls.client.ja3
            quic.ja3s.hash -> tls.server.ja3s
            quic.ja4 -> ns.ja4
            websocket.opcode -> event.action lower
            websocket.payload_printable -> ns.websocket.payload
            fileinfo.filename -> file.path
            fileinfo.size -> file.size
            fileinfo.magic -> file.mime_type
            fileinfo.state -> ns.file.state lower
            fileinfo.stored -> ns.file.stored
            fileinfo.md5 -> file.hash.md5
            fileinfo.sha1 -> file.hash.sha1
            fileinfo.sha256 -> file.hash.sha256
            files.filename -> file.path soft
            files.size -> file.size soft
            files.magic -> file.mime_type soft
            files.md5 -> file.hash.md5 soft
            files.sha1 -> file.hash.sha1 soft
            files.sha256 -> file.hash.sha256 soft
            """;

    private static final String NAMES =
            """
            dns.type -> dns.type lower
            dns.id -> dns.id text
            dns.opcode -> dns.op_code text
            dns.rrname -> dns.question.name
            dns.rrtype -> dns.question.type
            dns.rcode -> dns.response_code
            dns.ttl -> ns.dns.ttl
            dns.rdata -> ns.dns.rdata
            dns.answers -> dns.answers records
            dns.query.type -> dns.type soft
            dns.query.id -> dns.id text
            dns.query.rrname -> dns.question.name soft
            dns.query.rrtype -> dns.question.type soft
            dns.queries.rrname -> dns.question.name soft
            dns.queries.rrtype -> dns.question.type soft
            dns.answer.rcode -> dns.response_code soft
            dns.answer.rrname -> dns.question.name soft
            dns.answer.rrtype -> dns.question.type soft
            dns.answer.answers -> dns.answers records
            mdns.type -> dns.type lower
            mdns.queries.rrname -> dns.question.name soft
            mdns.queries.rrtype -> dns.question.type soft
            mdns.answers -> dns.answers records
            dhcp.type -> ns.dhcp.type
            dhcp.dhcp_type -> event.action lower
            dhcp.client_mac -> ns.dhcp.client_mac mac
            dhcp.assigned_ip -> ns.dhcp.assigned_ip ip
            dhcp.client_ip -> ns.dhcp.client_ip ip
            dhcp.hostname -> host.hostname
            dhcp.lease_time -> ns.dhcp.lease_time
            dhcp.vendor_class_identifier -> ns.dhcp.vendor_class
            """;

    private static final String WINDOWS =
            """
            smb.command -> event.action lower
            smb.dialect -> ns.smb.dialect
            smb.status -> ns.smb.status
            smb.filename -> file.path
            smb.share -> ns.smb.share
            smb.share_type -> ns.smb.share_type
            smb.named_pipe -> ns.smb.named_pipe
            smb.access -> ns.smb.access
            smb.disposition -> ns.smb.disposition
            smb.session_id -> session.id text
            smb.ntlmssp.user -> user.name
            smb.ntlmssp.domain -> user.domain
            smb.ntlmssp.host -> host.hostname
            smb.dcerpc.interfaces.uuid -> ns.dcerpc.interfaces list
            smb.dcerpc.opnum -> ns.dcerpc.opnum
            dcerpc.request -> event.action lower
            dcerpc.response -> ns.dcerpc.response lower
            dcerpc.interfaces.uuid -> ns.dcerpc.interfaces list
            dcerpc.req.opnum -> ns.dcerpc.opnum
            krb5.msg_type -> event.action lower
            krb5.cname -> user.name known
            krb5.realm -> user.domain known
            krb5.sname -> ns.krb5.service known
            krb5.encryption -> ns.krb5.encryption known
            krb5.weak_encryption -> ns.krb5.weak_encryption
            krb5.error_code -> ns.krb5.error
            krb5.failed_request -> ns.krb5.failed_request
            ldap.request.operation -> event.action lower
            ldap.request.bind_request.name -> user.name
            ldap.request.search_request.base_object -> ns.ldap.base_object
            ldap.responses.operation -> ns.ldap.response soft
            ldap.responses.bind_response.result_code -> ns.ldap.result soft
            ldap.responses.search_result_done.result_code -> ns.ldap.result soft
            """;

    private static final String REMOTE =
            """
            ssh.client.software_version -> ns.ssh.client.software
            ssh.client.proto_version -> ns.ssh.client.version text
            ssh.client.hassh.hash -> ns.ssh.client.hassh
            ssh.server.software_version -> ns.ssh.server.software
            ssh.server.proto_version -> ns.ssh.server.version text
            ssh.server.hassh.hash -> ns.ssh.server.hassh
            ftp.command -> event.action lower
            ftp.command_data -> ns.ftp.argument
            ftp.completion_code -> ns.ftp.reply_code list
            ftp.reply -> ns.ftp.reply list
            ftp_data.command -> event.action lower
            ftp_data.filename -> file.path
            rdp.event_type -> event.action lower
            rdp.cookie -> user.name
            rdp.protocol -> ns.rdp.protocol
            rdp.client.build -> ns.rdp.client_build
            rdp.client.client_name -> host.hostname
            rfb.authentication.security_result -> ns.rfb.security_result lower
            rfb.authentication.security_type -> ns.rfb.security_type text
            smtp.helo -> source.domain
            smtp.mail_from -> email.from.address address
            smtp.rcpt_to -> email.to.address address
            email.from -> email.from.address address
            email.to -> email.to.address address
            email.cc -> email.cc.address address
            email.subject -> email.subject
            email.message_id -> email.message_id
            email.attachment -> email.attachments.file.name list
            pop3.request.command -> event.action lower
            pop3.response.success -> ns.pop3.success
            tftp.packet -> event.action lower
            tftp.file -> file.path
            tftp.mode -> ns.tftp.mode
            telnet.username -> user.name
            nfs.procedure -> event.action lower
            nfs.filename -> file.path
            nfs.status -> ns.nfs.status
            nfs.version -> ns.nfs.version
            rpc.creds.machine_name -> host.hostname
            rpc.creds.uid -> ns.rpc.uid
            rpc.status -> ns.rpc.status lower
            """;

    private static final String SMALL =
            """
            sip.method -> event.action lower
            sip.uri -> ns.sip.uri
            sip.code -> ns.sip.code number
            sip.reason -> event.reason
            snmp.version -> ns.snmp.version
            snmp.pdu_type -> event.action lower
            snmp.community -> ns.snmp.community
            snmp.usm -> ns.snmp.user
            snmp.vars -> ns.snmp.vars list
            snmp.error -> event.reason
            mqtt.connect.client_id -> ns.mqtt.client_id
            mqtt.connect.username -> user.name
            mqtt.connack.return_code -> ns.mqtt.return_code
            mqtt.publish.topic -> ns.mqtt.topic
            mqtt.subscribe.topics.topic -> ns.mqtt.topic soft
            ike.exchange_type -> ns.ike.exchange_type
            ike.init_spi -> ns.ike.initiator_spi
            ike.resp_spi -> ns.ike.responder_spi
            ike.role -> ns.ike.role
            ike.version_major -> ns.ike.version
            ike.alg_enc -> ns.ike.encryption
            ikev2.exchange_type -> ns.ike.exchange_type
            ikev2.init_spi -> ns.ike.initiator_spi
            ikev2.resp_spi -> ns.ike.responder_spi
            modbus.request.function.code -> ns.modbus.function
            modbus.request.function_code -> ns.modbus.function
            modbus.request.unit_id -> ns.modbus.unit
            modbus.response.exception.code -> ns.modbus.exception
            modbus.function_code -> ns.modbus.function
            dnp3.request.application.function_code -> ns.dnp3.function
            dnp3.response.application.function_code -> ns.dnp3.function
            dnp3.application.function_code -> ns.dnp3.function
            enip.request.command -> event.action lower
            enip.response.status -> ns.enip.status
            bittorrent_dht.request_type -> event.action lower
            bittorrent_dht.client_version -> ns.bittorrent.client
            bittorrent_dht.request.info_hash -> ns.bittorrent.info_hash
            pgsql.request.message -> event.action lower
            pgsql.request.simple_query -> ns.pgsql.query
            pgsql.request.startup_parameters.user -> user.name
            pgsql.request.startup_parameters.optional_parameters.database -> ns.pgsql.database
            pgsql.response.code -> ns.pgsql.code
            pgsql.response.message -> event.reason
            arp.opcode -> event.action lower
            arp.src_mac -> source.mac mac
            arp.dest_mac -> destination.mac mac
            arp.src_ip -> source.ip ip
            arp.dest_ip -> destination.ip ip
            """;

    private static final String STATS =
            """
            stats.uptime -> ns.stats.uptime
            stats.capture.kernel_packets -> ns.stats.kernel_packets
            stats.capture.kernel_drops -> ns.stats.kernel_drops
            stats.capture.errors -> ns.stats.capture_errors
            stats.decoder.pkts -> ns.stats.decoder_packets
            stats.decoder.bytes -> ns.stats.decoder_bytes
            stats.decoder.invalid -> ns.stats.decoder_invalid
            stats.flow.memcap -> ns.stats.flow_memcap
            stats.tcp.reassembly_gap -> ns.stats.reassembly_gaps
            stats.detect.alert -> ns.stats.alerts
            """;

    private EveMapping() {}
}
