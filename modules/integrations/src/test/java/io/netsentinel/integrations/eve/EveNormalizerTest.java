package io.netsentinel.integrations.eve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.record.RecordTime;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveNormalizerTest {
    private static final String RECEIVED = "2026-06-01T13:00:00Z";
    private static final LineContext CONTEXT = LineContext.of("lab", Instant.parse(RECEIVED));

    private final EveNormalizer normalizer = new EveNormalizer();

    private Normalized normalize(byte[] line) {
        return normalizer.normalize(line, 0, line.length, CONTEXT);
    }

    private Routed accept(byte[] line) {
        Normalized result = normalize(line);
        assertThat(result).isInstanceOf(Normalized.Accepted.class);
        return ((Normalized.Accepted) result).events().getFirst();
    }

    private Routed accept(String line) {
        return accept(line.getBytes(UTF_8));
    }

    private Event event(String type, String rest) {
        return accept(
                        """
                        {"timestamp":"2026-06-01T12:00:00.123456+0000","event_type":"%s",\
                        "src_ip":"10.0.0.1","src_port":40000,"dest_ip":"10.0.0.2","dest_port":80,\
                        "proto":"TCP"%s}\
                        """
                                .formatted(type, rest))
                .event();
    }

    private String reason(String line) {
        Normalized result = normalize(line.getBytes(UTF_8));
        assertThat(result).isInstanceOf(Normalized.Rejected.class);
        return ((Normalized.Rejected) result).reason();
    }

    @Test
    void anAlertHasRuleScoreAndGroup() {
        Routed routed =
                accept(
                        """
                        {"timestamp":"2026-06-01T12:00:00.123456+0000","flow_id":123,"in_iface":"eth0",
                        "event_type":"alert","host":"edge-1","src_ip":"198.51.100.7","src_port":4711,
                        "dest_ip":"2001:0db8:0000:0000:0000:0000:0000:0001","dest_port":80,"proto":"TCP",
                        "community_id":"1:x=","app_proto":"http","direction":"to_server",
                        "payload":"R0VUIC8=","packet":"AAAA","packet_info":{"linktype":1},
                        "alert":{"action":"blocked","gid":1,"signature_id":2034647,"rev":3,
                        "signature":"ET EXPLOIT Something (CVE-2021-44228)","category":"Attempted Admin",
                        "severity":1,"rule":"alert tcp any any -> any any (sid:2034647;)",
                        "metadata":{"signature_severity":["Major"],"confidence":["High"],
                        "tag":["CISA_KEV"],"mitre_tactic_id":["TA0001"],"mitre_technique_id":["T1190"]}},
                        "flow":{"pkts_toserver":4,"pkts_toclient":3,"bytes_toserver":700,
                        "bytes_toclient":300,"start":"2026-06-01T11:59:59.000000+0000",
                        "src_ip":"198.51.100.7","dest_ip":"2001:db8::1"}}\
                        """
                                .replace("\n", ""));
        Event event = routed.event();

        assertThat(routed.channels()).containsExactly(Channel.ALERTS, Channel.THREATS);
        assertThat(event.text(Fields.TIMESTAMP)).isEqualTo("2026-06-01T12:00:00.123456Z");
        assertThat(event.text(Fields.EVENT_INGESTED)).isEqualTo(RECEIVED);
        assertThat(event.text(Fields.EVENT_DATASET)).isEqualTo("suricata.alert");
        assertThat(event.kind()).isEqualTo("alert");
        assertThat(event.text(Fields.OBSERVER_NAME)).isEqualTo("edge-1");
        assertThat(event.text(Fields.OBSERVER_INGRESS_INTERFACE_NAME)).isEqualTo("eth0");
        assertThat(event.text(Fields.DESTINATION_IP)).isEqualTo("2001:db8::1");
        assertThat(event.value(Fields.FLOW_ID)).contains("123");
        assertThat(event.value(Fields.RULE_ID)).contains("2034647");
        assertThat(event.text(Fields.RULE_RULESET)).isEqualTo("et/open");
        assertThat(event.text(Fields.EVENT_ACTION)).isEqualTo("blocked");
        assertThat(event.value(Fields.VULNERABILITY_ID)).contains(List.of("CVE-2021-44228"));
        assertThat(event.value(Fields.THREAT_TECHNIQUE_ID)).contains(List.of("T1190"));
        assertThat(event.number(Fields.NETWORK_BYTES, 0)).isEqualTo(1000);
        assertThat(event.text(Fields.NS_PAYLOAD)).isEqualTo("R0VUIC8=");
        assertThat(event.score()).isEqualTo(59);
        assertThat(event.text(Fields.NS_SCORE_WHY))
                .isEqualTo(
                        "Major 73 x confidence High 1.0 x blocked 0.6"
                                + " + known exploited (CISA KEV) 15 = 59");
        assertThat(event.text(Fields.NS_SEVERITY)).isEqualTo("high");
        assertThat(event.text(Fields.NS_DEDUP_KEY)).isEqualTo("2034647|198.51.100.7|2001:db8::1");
        assertThat(event.text(Fields.MESSAGE)).startsWith("ET EXPLOIT");
        assertThat(event.text(Fields.RAW)).startsWith("{\"timestamp\"").endsWith("}}");
        assertThat(event.id()).hasSize(26);
    }

    @Test
    void bytesFollowThePacketWhenItGoesToTheClient() {
        Event event =
                event(
                        "alert",
                        """
                        ,"direction":"to_client","alert":{"severity":3},\
                        "flow":{"pkts_toserver":1,"pkts_toclient":2,"bytes_toserver":10,"bytes_toclient":20}\
                        """);

        assertThat(event.number(Fields.SOURCE_BYTES, 0)).isEqualTo(20);
        assertThat(event.number(Fields.DESTINATION_BYTES, 0)).isEqualTo(10);
        assertThat(event.number(Fields.NETWORK_PACKETS, 0)).isEqualTo(3);
    }

    @Test
    void aLowAlertIsNoThreat() {
        Event event = event("alert", ",\"alert\":{\"severity\":3,\"signature\":\"x\"}");

        assertThat(event.score()).isEqualTo(18);
        assertThat(accept("{\"event_type\":\"alert\",\"alert\":{\"severity\":3}}").channels())
                .containsExactly(Channel.ALERTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // DNS versions 1, 2 and 3
                "dns | \"dns\":{\"type\":\"answer\",\"id\":7,\"rcode\":\"NOERROR\",\"rrname\":\"a.b\",\"rrtype\":\"A\",\"ttl\":5,\"rdata\":\"192.0.2.1\"} | dns.resolved_ip | 192.0.2.1",
                "dns | \"dns\":{\"version\":2,\"type\":\"query\",\"id\":7,\"rrname\":\"a.b\",\"rrtype\":\"A\"} | dns.question.name | a.b",
                "dns | \"dns\":{\"version\":2,\"type\":\"answer\",\"rrname\":\"a.b\",\"rcode\":\"NXDOMAIN\"} | event.outcome | failure",
                "dns | \"dns\":{\"version\":3,\"type\":\"request\",\"queries\":[{\"rrname\":\"a.b\",\"rrtype\":\"AAAA\"}]} | dns.type | query",
                "dns | \"dns\":{\"version\":3,\"type\":\"response\",\"queries\":[{\"rrname\":\"a.b\",\"rrtype\":\"AAAA\"}],\"answers\":[{\"rrname\":\"a.b\",\"rrtype\":\"AAAA\",\"rdata\":\"2001:0db8::1\"}]} | dns.resolved_ip | 2001:db8::1",
                "dns | \"dns\":{\"version\":3,\"type\":\"response\",\"answers\":[{\"rrname\":\"a\",\"rrtype\":\"SOA\",\"rdata\":{\"x\":1}}]} | dns.type | answer",
                "alert | \"dns\":{\"version\":2,\"query\":[{\"type\":\"query\",\"rrname\":\"a.b\",\"rrtype\":\"A\"}]},\"alert\":{} | dns.question.name | a.b",
                "http | \"http\":{\"hostname\":\"h\",\"url\":\"/p?q=1\",\"status\":404,\"protocol\":\"HTTP/1.1\"} | event.outcome | failure",
                "http | \"http\":{\"hostname\":\"h\",\"url\":\"/p?q=1\",\"http_method\":\"GET\"} | url.query | q=1",
                "http | \"http\":{\"hostname\":\"h\",\"url\":\"/p?q=1\",\"http_method\":\"GET\",\"status\":200} | message | GET h/p 200",
                "http | \"http\":{\"protocol\":\"HTTP/1.1\"} | http.version | 1.1",
                "tls | \"tls\":{\"version\":\"TLS 1.3\",\"sni\":\"h\",\"fingerprint\":\"be:73\"} | tls.version | 1.3",
                "tls | \"tls\":{\"version\":\"TLS 1.3\",\"sni\":\"h\",\"fingerprint\":\"be:73\"} | tls.server.hash.sha1 | BE73",
                "tls | \"tls\":{\"notbefore\":\"2019-10-10T20:58:42\"} | tls.server.not_before | 2019-10-10T20:58:42Z",
                "tls | \"tls\":{\"client\":{\"subject\":\"CN=c\"}} | tls.client.subject | CN=c",
                "quic | \"quic\":{\"version\":1,\"sni\":\"h\"} | tls.client.server_name | h",
                "fileinfo | \"fileinfo\":{\"filename\":\"/a/b.exe\",\"size\":3,\"sha256\":\"ff\"} | file.name | b.exe",
                "alert | \"files\":[{\"filename\":\"one\"},{\"filename\":\"two\"}],\"alert\":{} | file.path | one",
                "ssh | \"ssh\":{\"client\":{\"software_version\":\"OpenSSH_9\",\"proto_version\":\"2.0\"}} | ns.ssh.client.software | OpenSSH_9",
                "ftp | \"ftp\":{\"command\":\"USER\",\"command_data\":\"bob\",\"completion_code\":[\"331\"]} | user.name | bob",
                "ftp | \"ftp\":{\"command\":\"PASS\",\"command_data\":\"s3\",\"completion_code\":[\"530\"]} | event.outcome | failure",
                "ftp_data | \"ftp_data\":{\"filename\":\"f\",\"command\":\"RETR\"} | file.path | f",
                "smtp | \"smtp\":{\"helo\":\"h\",\"mail_from\":\"<a@b>\",\"rcpt_to\":[\"<c@d>\"]} | email.to.address | c@d",
                "smb | \"smb\":{\"command\":\"SMB2_COMMAND_SESSION_SETUP\",\"status\":\"STATUS_LOGON_FAILURE\",\"ntlmssp\":{\"user\":\"u\",\"domain\":\"D\"}} | event.outcome | failure",
                "dcerpc | \"dcerpc\":{\"request\":\"BIND\",\"interfaces\":[{\"uuid\":\"x\"},{\"uuid\":\"y\"}]} | ns.dcerpc.interfaces | x,y",
                "krb5 | \"krb5\":{\"msg_type\":\"KRB_ERROR\",\"error_code\":\"KDC_ERR_PREAUTH_FAILED\",\"cname\":\"<empty>\"} | event.outcome | failure",
                "krb5 | \"krb5\":{\"msg_type\":\"KRB_TGS_REP\",\"cname\":\"u5\"} | user.name | u5",
                "ldap | \"ldap\":{\"request\":{\"operation\":\"bind_request\",\"bind_request\":{\"name\":\"cn=x\"}},\"responses\":[{\"operation\":\"bind_response\",\"bind_response\":{\"result_code\":\"invalid_credentials\"}}]} | event.outcome | failure",
                "snmp | \"snmp\":{\"version\":1,\"pdu_type\":\"get_request\",\"community\":\"public\",\"vars\":[\"1.2\"]} | ns.snmp.community | public",
                "tftp | \"tftp\":{\"packet\":\"read\",\"file\":\"rfc\"} | file.path | rfc",
                "nfs | \"rpc\":{\"creds\":{\"machine_name\":\"m\",\"uid\":0}},\"nfs\":{\"procedure\":\"LOOKUP\",\"status\":\"ERR_NOENT\"} | event.outcome | failure",
                "rdp | \"rdp\":{\"event_type\":\"initial_request\",\"cookie\":\"adm\"} | user.name | adm",
                "sip | \"sip\":{\"code\":\"403\",\"reason\":\"Forbidden\"} | event.outcome | failure",
                "mqtt | \"mqtt\":{\"connect\":{\"client_id\":\"c\",\"username\":\"u\"}} | user.name | u",
                "dhcp | \"dhcp\":{\"dhcp_type\":\"ack\",\"client_mac\":\"90:b1:1c:99:49:29\",\"hostname\":\"pc\"} | ns.dhcp.client_mac | 90-B1-1C-99-49-29",
                "ike | \"ike\":{\"exchange_type\":34,\"init_spi\":\"05\"} | network.protocol | ike",
                "modbus | \"modbus\":{\"request\":{\"unit_id\":1,\"function_code\":\"RdCoils\"}} | ns.modbus.function | RdCoils",
                "bittorrent_dht | \"bittorrent_dht\":{\"request_type\":\"get_peers\"} | event.action | get_peers",
                "pgsql | \"pgsql\":{\"request\":{\"simple_query\":\"select 1\"}} | ns.pgsql.query | select 1",
                "websocket | \"websocket\":{\"opcode\":\"TEXT\"} | event.action | text",
                "arp | \"arp\":{\"opcode\":\"request\",\"src_mac\":\"00:00:00:00:00:01\",\"src_ip\":\"10.9.9.9\"} | source.ip | 10.9.9.9",
                "drop | \"drop\":{\"len\":60,\"reason\":\"rules\"} | event.action | dropped",
                "netflow | \"netflow\":{\"pkts\":3,\"bytes\":99} | network.bytes | 99",
                "flow | \"flow\":{\"start\":\"2026-06-01T12:00:00.000000+0000\",\"end\":\"2026-06-01T12:00:02.500000+0000\"} | event.duration | 2500000000",
                "flow | \"app_proto\":\"failed\",\"icmp_type\":8 | ns.icmp.type | 8",
                "anomaly | \"anomaly\":{\"type\":\"decode\",\"event\":\"decoder.ipv4.trunc_pkt\"} | event.reason | decoder.ipv4.trunc_pkt",
                "stats | \"stats\":{\"capture\":{\"kernel_packets\":9,\"kernel_drops\":2}} | ns.stats.kernel_drops | 2",
                "flow | \"ether\":{\"src_mac\":\"aa:bb:cc:dd:ee:ff\"},\"vlan\":[5,6] | network.vlan.id | 5,6",
            })
    void theFieldsOfEveryKindHaveEcsNames(String type, String rest, String field, String value) {
        assertThat(event(type, "," + rest).text(field)).isEqualTo(value);
    }

    @Test
    void aPasswordIsNotRepeatedOutsideOfTheRawLine() {
        Event event = event("ftp", ",\"ftp\":{\"command\":\"PASS\",\"command_data\":\"s3cret\"}");

        event.forEach((path, value) -> {
            if (!path.equals(Fields.RAW)) {
                assertThat(value.toString()).doesNotContain("s3cret");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "decode, packets",
        "stream, packets",
        "applayer, network",
    })
    void anomaliesOfPacketsGoToPackets(String type, String channel) {
        Routed routed =
                accept("{\"event_type\":\"anomaly\",\"anomaly\":{\"type\":\"" + type + "\"}}");

        assertThat(routed.channels()).containsExactly(channel);
    }

    @Test
    void anUnknownTypeIsKeptWithItsRawLine() {
        String line =
                "{\"timestamp\":\"2026-06-01T12:00:00.1+0000\",\"event_type\":\"future\",\"x\":{\"y\":1}}";
        Routed routed = accept(line);

        assertThat(routed.channels()).containsExactly(Channel.NETWORK);
        assertThat(routed.event().text(Fields.EVENT_DATASET)).isEqualTo("suricata.future");
        assertThat(routed.event().text(Fields.RAW)).isEqualTo(line);
    }

    @Test
    void aStrangeTypeIsNotRepeatedInTheDataset() {
        assertThat(accept("{\"event_type\":\"<script>\"}").event().text(Fields.EVENT_DATASET))
                .isEqualTo("suricata.unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"timestamp\":\"yesterday\",",
                "\"timestamp\":12345,",
                "\"timestamp\":null,",
                "\"timestamp\":\"2026-13-01T12:00:00.000000+0000\",",
                "\"timestamp\":\"2026-02-30T12:00:00.000000+0000\",",
                "\"timestamp\":\"2026-01-01T12:00:0x.000000+0000\","
            })
    void withoutAUsableTimeTheTimeOfReceiptIsGiven(String timestamp) {
        Event event = accept("{" + timestamp + "\"event_type\":\"flow\"}").event();

        assertThat(event.text(Fields.TIMESTAMP)).isEqualTo(RECEIVED);
        assertThat(event.text(Fields.NS_NOTE)).contains("no usable timestamp");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:00:00.123456+0000, 2026-06-01T12:00:00.123456Z",
        "2026-06-01T12:00:00.123456+0200, 2026-06-01T10:00:00.123456Z",
        "2026-06-01T12:00:00+0000, 2026-06-01T12:00:00Z",
        "2026-06-01T12:00:00.5Z, 2026-06-01T12:00:00.500Z",
        "2026-06-01T12:00:00.5-03:30, 2026-06-01T15:30:00.500Z",
        "2026-05-31T12:00:00.000001+0000, 2026-05-31T12:00:00.000001Z",
        "2026-06-01T12:00:00, 2026-06-01T12:00:00Z",
    })
    void timesOfAnyZoneBecomeUtc(String written, String expected) {
        assertThat(RecordTime.parse(written)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{",
                "{}",
                "[]",
                "null",
                "{\"a\":1}",
                "{\"event_type\":\"flow\"",
                "not json at all",
                "{\"event_type\":\"flow\"}{\"event_type\":\"flow\"}",
                "{\"event_type\":\"flow\"} x",
                "{\"event_type\":\"\"}",
                "{\"event_type\":\"flow\",}",
                "{\"event_type\":\"fl\u0000ow\"}"
            })
    void whatIsNoRecordIsRefusedWithAReason(String line) {
        assertThat(reason(line)).isNotBlank().doesNotContain("Exception").doesNotContain("flow");
    }

    @Test
    void utf16IsRefused() {
        byte[] line =
                "{\"event_type\":\"flow\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);

        assertThat(normalize(line)).isInstanceOf(Normalized.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostname", "unmapped_key"})
    void aBadByteDoesNotHideTheEvent(String key) {
        byte[] line =
                ("{\"event_type\":\"http\",\"http\":{\"" + key + "\":\"a\u00ffb\"}}")
                        .getBytes(ISO_8859_1);
        Event event = accept(line).event();

        assertThat(event.text(Fields.NS_NOTE)).startsWith("invalid UTF-8 was replaced");
        assertThat(event.text(Fields.RAW)).contains("a\uFFFDb");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(
                        reason(
                                "{\"event_type\":\"flow\",\"x\":"
                                        + "[".repeat(100)
                                        + "]".repeat(100)
                                        + "}"))
                .contains("limit");
    }

    @Test
    void longValuesAndLinesAreCut() {
        Event event =
                event(
                        "http",
                        ",\"http\":{\"hostname\":\""
                                + "é".repeat(30_000)
                                + "\"},\"payload\":\""
                                + "A".repeat(300_000)
                                + "\"");

        assertThat(event.text(Fields.URL_DOMAIN)).hasSize(8_192);
        assertThat(event.text(Fields.NS_PAYLOAD)).hasSize(131_072);
        assertThat(event.text(Fields.RAW).getBytes(UTF_8).length).isBetween(32_765, 32_768);
        assertThat(event.text(Fields.RAW)).doesNotContain("\uFFFD");
        assertThat(event.value(Fields.NS_RAW_TRUNCATED)).contains(true);
    }

    @Test
    void listsAreBounded() {
        Event event =
                event(
                        "snmp",
                        ",\"snmp\":{\"vars\":["
                                + "1,".repeat(5)
                                + "\"x\""
                                + ",\"y\"".repeat(300)
                                + "]}");

        assertThat(event.value("ns.snmp.vars")).contains(List.of("1", "x", "y"));
        StringBuilder many = new StringBuilder("0");
        for (int i = 1; i < 500; i++) {
            many.append(',').append(i);
        }
        List<?> kept =
                (List<?>)
                        event("snmp", ",\"snmp\":{\"vars\":[" + many + "]}")
                                .value("ns.snmp.vars")
                                .orElseThrow();
        assertThat(kept).hasSize(100);
    }

    @Test
    void valuesOfTheWrongTypeDoNoHarm() {
        Event event =
                event(
                        "alert",
                        """
                        ,"src_ip":7,"src_port":{"a":1},"dest_port":"x","alert":{"severity":"high",\
                        "signature":5,"metadata":"none","action":["a"]},"flow":[1,2],"dns":true,"vlan":{}\
                        """);

        assertThat(event.score()).isEqualTo(4);
        assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
    }

    @Test
    void answersAreKeptAsRecords() {
        Event event =
                event(
                        "dns",
                        ",\"dns\":{\"answers\":[{\"rrname\":\"a\",\"rrtype\":\"A\",\"ttl\":5,\"rdata\":\"192.0.2.1\"},7]}");

        assertThat(event.value(Fields.DNS_ANSWERS))
                .contains(
                        List.of(Map.of("name", "a", "type", "A", "ttl", 5L, "data", "192.0.2.1")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:00:00Z,2026-06-01T12:00:00Z",
        "2026-06-01T12:00:00.000001Z,2026-06-01T12:00:00Z",
        "2026-06-01T00:00:00.5Z,2026-06-01T23:59:59.123456789Z",
        "2026-06-01T23:59:59.999999Z,2026-06-02T00:00:00Z",
        "2026-01-31T23:59:59Z,2026-01-31T23:59:59.1Z",
        "2024-02-29T00:00:00Z,2024-03-01T00:00:00.000Z",
        "2026-06-02T00:00:00Z,2026-06-01T00:00:00Z"
    })
    void theTimeBetweenTwoTimesIsExact(String start, String end) {
        assertThat(RecordTime.between(start, end))
                .isEqualTo(
                        java.time.Duration.between(
                                java.time.Instant.parse(start), java.time.Instant.parse(end)));
    }
}
