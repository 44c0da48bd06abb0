package io.netsentinel.events;

/// The dotted paths of the fields used here: names of ECS 9, and under `ns` what ECS does not have.
/// An event may hold any other field too.
public final class Fields {
    /// Id of the event (ULID), the same in every channel that holds it.
    public static final String ID = "id";

    /// When it happened, by the sensor's clock. ISO 8601, UTC.
    public static final String TIMESTAMP = "@timestamp";

    /// One line for people.
    public static final String MESSAGE = "message";

    /// The input line as it came, cut at the size limit.
    public static final String RAW = "raw";

    /// When this server took it in. ISO 8601, UTC.
    public static final String EVENT_INGESTED = "event.ingested";

    /// Product it came from, for example `suricata`.
    public static final String EVENT_MODULE = "event.module";

    /// Product and kind of record, for example `suricata.alert`.
    public static final String EVENT_DATASET = "event.dataset";

    /// `alert`, `event`, `metric` or `state`.
    public static final String EVENT_KIND = "event.kind";

    /// ECS categories, a list.
    public static final String EVENT_CATEGORY = "event.category";

    /// ECS types, a list.
    public static final String EVENT_TYPE = "event.type";

    /// What was done: the protocol's verb, or for an alert `allowed` or `blocked`.
    public static final String EVENT_ACTION = "event.action";

    /// `success`, `failure` or `unknown`.
    public static final String EVENT_OUTCOME = "event.outcome";

    /// Why, in the sensor's words.
    public static final String EVENT_REASON = "event.reason";

    /// The source's own severity number.
    public static final String EVENT_SEVERITY = "event.severity";

    /// The threat score, 0 to 100.
    public static final String EVENT_RISK_SCORE_NORM = "event.risk_score_norm";

    /// Start of what is reported. ISO 8601, UTC.
    public static final String EVENT_START = "event.start";

    /// End of what is reported. ISO 8601, UTC.
    public static final String EVENT_END = "event.end";

    /// Nanoseconds from start to end.
    public static final String EVENT_DURATION = "event.duration";

    /// The sensor.
    public static final String OBSERVER_NAME = "observer.name";

    /// What kind of sensor, for example `ids`.
    public static final String OBSERVER_TYPE = "observer.type";

    /// The sensor's product.
    public static final String OBSERVER_PRODUCT = "observer.product";

    /// Interface it was seen on.
    public static final String OBSERVER_INGRESS_INTERFACE_NAME = "observer.ingress.interface.name";

    /// `tcp`, `udp`, `icmp`, … in lower case.
    public static final String NETWORK_TRANSPORT = "network.transport";

    /// Application protocol, in lower case.
    public static final String NETWORK_PROTOCOL = "network.protocol";

    /// `ipv4` or `ipv6`.
    public static final String NETWORK_TYPE = "network.type";

    /// Community ID of the flow.
    public static final String NETWORK_COMMUNITY_ID = "network.community_id";

    /// Bytes in both directions.
    public static final String NETWORK_BYTES = "network.bytes";

    /// Packets in both directions.
    public static final String NETWORK_PACKETS = "network.packets";

    /// Direction of the traffic.
    public static final String NETWORK_DIRECTION = "network.direction";

    /// VLAN tags, a list, outermost first.
    public static final String NETWORK_VLAN_ID = "network.vlan.id";

    /// Address of the source.
    public static final String SOURCE_IP = "source.ip";

    /// Port of the source.
    public static final String SOURCE_PORT = "source.port";

    /// Bytes the source sent.
    public static final String SOURCE_BYTES = "source.bytes";

    /// Packets the source sent.
    public static final String SOURCE_PACKETS = "source.packets";

    /// Hardware address of the source.
    public static final String SOURCE_MAC = "source.mac";

    /// Name of the source.
    public static final String SOURCE_DOMAIN = "source.domain";

    /// Country of the source.
    public static final String SOURCE_GEO_COUNTRY_ISO_CODE = "source.geo.country_iso_code";

    /// Address of the destination.
    public static final String DESTINATION_IP = "destination.ip";

    /// Port of the destination.
    public static final String DESTINATION_PORT = "destination.port";

    /// Bytes the destination sent.
    public static final String DESTINATION_BYTES = "destination.bytes";

    /// Packets the destination sent.
    public static final String DESTINATION_PACKETS = "destination.packets";

    /// Hardware address of the destination.
    public static final String DESTINATION_MAC = "destination.mac";

    /// Name of the destination.
    public static final String DESTINATION_DOMAIN = "destination.domain";

    /// Country of the destination.
    public static final String DESTINATION_GEO_COUNTRY_ISO_CODE =
            "destination.geo.country_iso_code";

    /// What kind of address the source's is: `private`, `public`, `loopback`, `link-local`,
    /// `multicast`, `documentation` or `reserved`.
    public static final String NS_SOURCE_SCOPE = "ns.source.scope";

    /// Name of the source in the list of assets.
    public static final String NS_SOURCE_ASSET = "ns.source.asset";

    /// Who is responsible for the source.
    public static final String NS_SOURCE_OWNER = "ns.source.owner";

    /// How much depends on the source: `low`, `medium`, `high` or `critical`.
    public static final String NS_SOURCE_CRITICALITY = "ns.source.criticality";

    /// What kind of address the destination's is, as of the source.
    public static final String NS_DESTINATION_SCOPE = "ns.destination.scope";

    /// Name of the destination in the list of assets.
    public static final String NS_DESTINATION_ASSET = "ns.destination.asset";

    /// Who is responsible for the destination.
    public static final String NS_DESTINATION_OWNER = "ns.destination.owner";

    /// How much depends on the destination, as of the source.
    public static final String NS_DESTINATION_CRITICALITY = "ns.destination.criticality";

    /// The sensor's number of the flow, as text.
    public static final String FLOW_ID = "flow.id";

    /// The session it belongs to.
    public static final String SESSION_ID = "session.id";

    /// Number of the rule that fired, as text.
    public static final String RULE_ID = "rule.id";

    /// Its text.
    public static final String RULE_NAME = "rule.name";

    /// Its class.
    public static final String RULE_CATEGORY = "rule.category";

    /// The rule set it is from, for example `ET`.
    public static final String RULE_RULESET = "rule.ruleset";

    /// Its revision.
    public static final String RULE_VERSION = "rule.version";

    /// ATT&CK tactics, a list.
    public static final String THREAT_TACTIC_ID = "threat.tactic.id";

    /// Their names, a list.
    public static final String THREAT_TACTIC_NAME = "threat.tactic.name";

    /// ATT&CK techniques, a list.
    public static final String THREAT_TECHNIQUE_ID = "threat.technique.id";

    /// Their names, a list.
    public static final String THREAT_TECHNIQUE_NAME = "threat.technique.name";

    /// Malware families, a list.
    public static final String THREAT_SOFTWARE_NAME = "threat.software.name";

    /// CVE numbers, a list.
    public static final String VULNERABILITY_ID = "vulnerability.id";

    /// Id of the DNS message, as text.
    public static final String DNS_ID = "dns.id";

    /// `query` or `answer`.
    public static final String DNS_TYPE = "dns.type";

    /// DNS operation.
    public static final String DNS_OP_CODE = "dns.op_code";

    /// Name asked for.
    public static final String DNS_QUESTION_NAME = "dns.question.name";

    /// Record type asked for.
    public static final String DNS_QUESTION_TYPE = "dns.question.type";

    /// DNS result.
    public static final String DNS_RESPONSE_CODE = "dns.response_code";

    /// DNS flags that are set, a list.
    public static final String DNS_HEADER_FLAGS = "dns.header_flags";

    /// Records answered, a list of objects `name`, `type`, `data`, `ttl`.
    public static final String DNS_ANSWERS = "dns.answers";

    /// Addresses answered, a list.
    public static final String DNS_RESOLVED_IP = "dns.resolved_ip";

    /// HTTP version.
    public static final String HTTP_VERSION = "http.version";

    /// HTTP method.
    public static final String HTTP_REQUEST_METHOD = "http.request.method";

    /// HTTP referrer.
    public static final String HTTP_REQUEST_REFERRER = "http.request.referrer";

    /// Size of the request's body.
    public static final String HTTP_REQUEST_BODY_BYTES = "http.request.body.bytes";

    /// Text of the request's body, when the sensor logs it.
    public static final String HTTP_REQUEST_BODY_CONTENT = "http.request.body.content";

    /// HTTP status.
    public static final String HTTP_RESPONSE_STATUS_CODE = "http.response.status_code";

    /// Content type of the response.
    public static final String HTTP_RESPONSE_MIME_TYPE = "http.response.mime_type";

    /// Size of the response's body.
    public static final String HTTP_RESPONSE_BODY_BYTES = "http.response.body.bytes";

    /// Text of the response's body, when the sensor logs it.
    public static final String HTTP_RESPONSE_BODY_CONTENT = "http.response.body.content";

    /// The URL as it was sent.
    public static final String URL_ORIGINAL = "url.original";

    /// The whole URL.
    public static final String URL_FULL = "url.full";

    /// Scheme of the URL.
    public static final String URL_SCHEME = "url.scheme";

    /// Host of the URL.
    public static final String URL_DOMAIN = "url.domain";

    /// Port of the URL.
    public static final String URL_PORT = "url.port";

    /// Path of the URL.
    public static final String URL_PATH = "url.path";

    /// Query of the URL.
    public static final String URL_QUERY = "url.query";

    /// The user agent.
    public static final String USER_AGENT_ORIGINAL = "user_agent.original";

    /// TLS version number.
    public static final String TLS_VERSION = "tls.version";

    /// `tls` or `ssl`.
    public static final String TLS_VERSION_PROTOCOL = "tls.version_protocol";

    /// Whether the session was resumed.
    public static final String TLS_RESUMED = "tls.resumed";

    /// Whether the handshake was finished.
    public static final String TLS_ESTABLISHED = "tls.established";

    /// Protocol agreed by ALPN.
    public static final String TLS_NEXT_PROTOCOL = "tls.next_protocol";

    /// Server name the client asked for.
    public static final String TLS_CLIENT_SERVER_NAME = "tls.client.server_name";

    /// JA3 hash of the client.
    public static final String TLS_CLIENT_JA3 = "tls.client.ja3";

    /// Subject of the client's certificate.
    public static final String TLS_CLIENT_SUBJECT = "tls.client.subject";

    /// Issuer of the client's certificate.
    public static final String TLS_CLIENT_ISSUER = "tls.client.issuer";

    /// JA3S hash of the server.
    public static final String TLS_SERVER_JA3S = "tls.server.ja3s";

    /// Subject of the server's certificate.
    public static final String TLS_SERVER_SUBJECT = "tls.server.subject";

    /// Issuer of the server's certificate.
    public static final String TLS_SERVER_ISSUER = "tls.server.issuer";

    /// SHA-1 of the server's certificate.
    public static final String TLS_SERVER_HASH_SHA1 = "tls.server.hash.sha1";

    /// Begin of the certificate's validity.
    public static final String TLS_SERVER_NOT_BEFORE = "tls.server.not_before";

    /// End of the certificate's validity.
    public static final String TLS_SERVER_NOT_AFTER = "tls.server.not_after";

    /// Serial number of the server's certificate.
    public static final String TLS_SERVER_X509_SERIAL_NUMBER = "tls.server.x509.serial_number";

    /// Name of the file.
    public static final String FILE_NAME = "file.name";

    /// Path of the file.
    public static final String FILE_PATH = "file.path";

    /// Size in bytes.
    public static final String FILE_SIZE = "file.size";

    /// Type by content.
    public static final String FILE_MIME_TYPE = "file.mime_type";

    /// MD5 of the file.
    public static final String FILE_HASH_MD5 = "file.hash.md5";

    /// SHA-1 of the file.
    public static final String FILE_HASH_SHA1 = "file.hash.sha1";

    /// SHA-256 of the file.
    public static final String FILE_HASH_SHA256 = "file.hash.sha256";

    /// The user.
    public static final String USER_NAME = "user.name";

    /// The user's domain or realm.
    public static final String USER_DOMAIN = "user.domain";

    /// The user something is done to.
    public static final String USER_TARGET_NAME = "user.target.name";

    /// Name of the host.
    public static final String HOST_NAME = "host.name";

    /// Host name it gives itself.
    public static final String HOST_HOSTNAME = "host.hostname";

    /// Senders, a list.
    public static final String EMAIL_FROM_ADDRESS = "email.from.address";

    /// Recipients, a list.
    public static final String EMAIL_TO_ADDRESS = "email.to.address";

    /// Copy recipients, a list.
    public static final String EMAIL_CC_ADDRESS = "email.cc.address";

    /// Subject of the mail.
    public static final String EMAIL_SUBJECT = "email.subject";

    /// Id of the mail.
    public static final String EMAIL_MESSAGE_ID = "email.message_id";

    /// Names of attached files, a list.
    public static final String EMAIL_ATTACHMENTS_FILE_NAME = "email.attachments.file.name";

    /// A command that was given.
    public static final String PROCESS_COMMAND_LINE = "process.command_line";

    /// `info`, `low`, `medium`, `high` or `critical`.
    public static final String NS_SEVERITY = "ns.severity";

    /// The threat score, 0 to 100.
    public static final String NS_SCORE = "ns.score";

    /// How the score came about.
    public static final String NS_SCORE_WHY = "ns.score_why";

    /// The incident it belongs to.
    public static final String NS_INCIDENT_ID = "ns.incident_id";

    /// Events of the same key may be shown as one group; none is dropped for it.
    public static final String NS_DEDUP_KEY = "ns.dedup_key";

    /// Something had to be mended to take the event in; says what.
    public static final String NS_NOTE = "ns.note";

    /// True when `raw` is not the whole line.
    public static final String NS_RAW_TRUNCATED = "ns.raw_truncated";

    /// Payload the rule matched on, base 64.
    public static final String NS_PAYLOAD = "ns.payload";

    /// The same as printable text, when the sensor logs only that.
    public static final String NS_PAYLOAD_PRINTABLE = "ns.payload_printable";

    /// The packet, base 64.
    public static final String NS_PACKET = "ns.packet";

    /// Link type number of `ns.packet`.
    public static final String NS_PACKET_LINKTYPE = "ns.packet_linktype";

    /// `to_server` or `to_client`: the direction of the packet within its flow.
    public static final String NS_DIRECTION = "ns.direction";

    /// What a triage change did.
    public static final String NS_CHANGE_ACTION = "ns.change.action";

    /// The event a triage change is about.
    public static final String NS_CHANGE_ID = "ns.change.id";

    /// Note given with a triage change.
    public static final String NS_CHANGE_NOTE = "ns.change.note";

    /// When it was made. ISO 8601, UTC.
    public static final String NS_CHANGE_TIME = "ns.change.time";

    /// Who made a triage change.
    public static final String NS_CHANGE_USER = "ns.change.user";

    /// Number of the change for that event, from 1.
    public static final String NS_CHANGE_VERSION = "ns.change.version";

    /// What a rule of the house made of the event: `suppress` or `escalate`. Set by the server
    /// only.
    public static final String NS_HOUSE_ACTION = "ns.house.action";

    /// The id of that rule.
    public static final String NS_HOUSE_RULE = "ns.house.rule";

    /// Why that rule is there.
    public static final String NS_HOUSE_REASON = "ns.house.reason";

    /// State of the flow when it was reported.
    public static final String NS_FLOW_STATE = "ns.flow.state";

    /// Whether the flow had an alert.
    public static final String NS_FLOW_ALERTED = "ns.flow.alerted";

    /// TCP flags seen, hexadecimal.
    public static final String NS_TCP_FLAGS = "ns.tcp.flags";

    /// State of the TCP connection.
    public static final String NS_TCP_STATE = "ns.tcp.state";

    /// ICMP type.
    public static final String NS_ICMP_TYPE = "ns.icmp.type";

    /// ICMP code.
    public static final String NS_ICMP_CODE = "ns.icmp.code";

    /// `decode`, `stream` or `applayer`.
    public static final String NS_ANOMALY_TYPE = "ns.anomaly.type";

    /// Where an application layer anomaly was seen.
    public static final String NS_ANOMALY_LAYER = "ns.anomaly.layer";

    /// Seconds the sensor has been up.
    public static final String NS_STATS_UPTIME = "ns.stats.uptime";

    /// Packets the kernel gave the sensor since its start.
    public static final String NS_STATS_KERNEL_PACKETS = "ns.stats.kernel_packets";

    /// Packets the kernel dropped since the sensor's start.
    public static final String NS_STATS_KERNEL_DROPS = "ns.stats.kernel_drops";

    /// Packets the sensor decoded since its start.
    public static final String NS_STATS_DECODER_PACKETS = "ns.stats.decoder_packets";

    /// Bytes the sensor decoded since its start.
    public static final String NS_STATS_DECODER_BYTES = "ns.stats.decoder_bytes";

    /// JA4 fingerprint of the client.
    public static final String NS_JA4 = "ns.ja4";

    private Fields() {}
}
