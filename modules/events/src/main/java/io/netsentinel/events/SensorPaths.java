package io.netsentinel.events;

import java.util.List;

/// Paths that sensors fill and nobody needs a constant for. Knowing them makes them as fast as
/// those of [Fields]; it changes nothing else.
final class SensorPaths {
    private static final String PATHS =
            """
            client.ip
            client.port
            ns.anomaly.code
            ns.bittorrent.client
            ns.bittorrent.info_hash
            ns.change.status
            ns.dcerpc.interfaces
            ns.dcerpc.opnum
            ns.dcerpc.response
            ns.dhcp.assigned_ip
            ns.dhcp.client_ip
            ns.dhcp.client_mac
            ns.dhcp.lease_time
            ns.dhcp.type
            ns.dhcp.vendor_class
            ns.dnp3.function
            ns.dns.rdata
            ns.dns.ttl
            ns.enip.status
            ns.event_type
            ns.file.state
            ns.file.stored
            ns.flow.bits
            ns.flow.parent_id
            ns.ftp.argument
            ns.ftp.reply
            ns.ftp.reply_code
            ns.http.forwarded_for
            ns.http.header_names
            ns.http.redirect
            ns.ike.encryption
            ns.ike.exchange_type
            ns.ike.initiator_spi
            ns.ike.responder_spi
            ns.ike.role
            ns.ike.version
            ns.krb5.encryption
            ns.krb5.error
            ns.krb5.failed_request
            ns.krb5.service
            ns.krb5.weak_encryption
            ns.ldap.base_object
            ns.ldap.response
            ns.ldap.result
            ns.modbus.exception
            ns.modbus.function
            ns.modbus.unit
            ns.mqtt.client_id
            ns.mqtt.return_code
            ns.mqtt.topic
            ns.nfs.status
            ns.nfs.version
            ns.pgsql.code
            ns.pgsql.database
            ns.pgsql.query
            ns.pop3.success
            ns.quic.version
            ns.rdp.client_build
            ns.rdp.protocol
            ns.rfb.security_result
            ns.rfb.security_type
            ns.rpc.status
            ns.rpc.uid
            ns.rule.affected_product
            ns.rule.attack_target
            ns.rule.attacker.ip
            ns.rule.attacker.port
            ns.rule.confidence
            ns.rule.created
            ns.rule.deployment
            ns.rule.signature_severity
            ns.rule.tags
            ns.rule.target.ip
            ns.rule.target.port
            ns.rule.text
            ns.rule.updated
            ns.sip.code
            ns.sip.uri
            ns.smb.access
            ns.smb.dialect
            ns.smb.disposition
            ns.smb.named_pipe
            ns.smb.share
            ns.smb.share_type
            ns.smb.status
            ns.snmp.community
            ns.snmp.user
            ns.snmp.vars
            ns.snmp.version
            ns.ssh.client.hassh
            ns.ssh.client.software
            ns.ssh.client.version
            ns.ssh.server.hassh
            ns.ssh.server.software
            ns.ssh.server.version
            ns.stats.alerts
            ns.stats.capture_errors
            ns.stats.decoder_invalid
            ns.stats.flow_memcap
            ns.stats.reassembly_gaps
            ns.tftp.mode
            ns.tls.from_protocol
            ns.websocket.payload
            rule.reference
            server.ip
            server.port
            """;

    private SensorPaths() {}

    static List<String> all() {
        return PATHS.lines().toList();
    }
}
