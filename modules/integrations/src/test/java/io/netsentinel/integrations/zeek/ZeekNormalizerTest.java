package io.netsentinel.integrations.zeek;

import static io.netsentinel.integrations.LineLab.accepted;
import static io.netsentinel.integrations.LineLab.event;
import static io.netsentinel.integrations.LineLab.read;
import static io.netsentinel.integrations.LineLab.rejected;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.LineLab;
import io.netsentinel.integrations.SampleData;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Routed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeekNormalizerTest {
    private static final String TSV =
            """
            #separator \\x09
            #set_separator\t,
            #empty_field\t(empty)
            #unset_field\t-
            #path\tconn
            #open\t2026-06-01-12-00-00
            #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tconn_state\tlocal_orig\ttunnel_parents
            #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tstring\tbool\tset[string]
            1780315200.500000\tCabc1\t192.0.2.1\t40000\t198.51.100.2\t443\ttcp\tssl\t1.25\t300\tSF\tT\t(empty)
            1780315201.000001\tCabc2\t2001:db8::1\t40001\t2001:db8:0:0:0:0:0:2\t53\tudp\t-\t-\t-\tS0\tF\tCx,Cy
            #close\t2026-06-01-13-00-00
            """;

    private final LineReader reader = new ZeekNormalizer().reader(Origin.UNKNOWN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_path\":\"conn\",\"ts\":1780315200.5,\"uid\":\"C1\",\"id.orig_h\":\"192.0.2.1\",\"id.orig_p\":1000,\"id.resp_h\":\"198.51.100.2\",\"id.resp_p\":443,\"proto\":\"tcp\",\"conn_state\":\"SF\",\"duration\":1.5,\"orig_ip_bytes\":10,\"resp_ip_bytes\":20}",
                "{\"@stream\":\"conn\",\"ts\":\"2026-06-01T12:00:00.500000Z\",\"uid\":\"C1\",\"id_orig_h\":\"192.0.2.1\",\"id_orig_p\":1000,\"id_resp_h\":\"198.51.100.2\",\"id_resp_p\":443,\"proto\":\"tcp\",\"conn_state\":\"SF\",\"duration\":1.5,\"orig_ip_bytes\":10,\"resp_ip_bytes\":20}",
                "{\"ts\":1780315200500,\"uid\":\"C1\",\"id\":{\"orig_h\":\"192.0.2.1\",\"orig_p\":1000,\"resp_h\":\"198.51.100.2\",\"resp_p\":443},\"proto\":\"tcp\",\"conn_state\":\"SF\",\"duration\":1.5,\"orig_ip_bytes\":10,\"resp_ip_bytes\":20}",
            })
    void theThreeDialectsMeanTheSame(String line) {
        Event event = event(reader, line);

        assertThat(event.text(Fields.EVENT_DATASET)).isEqualTo("zeek.conn");
        assertThat(event.timestamp()).isEqualTo("2026-06-01T12:00:00.500Z");
        assertThat(event.text(Fields.SOURCE_IP)).isEqualTo("192.0.2.1");
        assertThat(event.number(Fields.SOURCE_PORT, 0)).isEqualTo(1000);
        assertThat(event.text(Fields.DESTINATION_IP)).isEqualTo("198.51.100.2");
        assertThat(event.number(Fields.DESTINATION_PORT, 0)).isEqualTo(443);
        assertThat(event.text(Fields.FLOW_ID)).isEqualTo("C1");
        assertThat(event.number(Fields.NETWORK_BYTES, 0)).isEqualTo(30);
        assertThat(event.number(Fields.EVENT_DURATION, 0)).isEqualTo(1_500_000_000L);
        assertThat(event.text(Fields.OBSERVER_NAME)).isEqualTo("lab");
    }

    @Test
    void tabSeparatedLinesAreReadByTheirHeader() {
        List<Event> events =
                TSV.lines()
                        .map(line -> read(reader, line))
                        .filter(result -> result instanceof Normalized.Accepted)
                        .map(result -> ((Normalized.Accepted) result).events().getFirst().event())
                        .toList();

        assertThat(events).hasSize(2);
        Event first = events.getFirst();
        assertThat(first.timestamp()).isEqualTo("2026-06-01T12:00:00.500Z");
        assertThat(first.text(Fields.NETWORK_PROTOCOL)).isEqualTo("ssl");
        assertThat(first.number(Fields.SOURCE_BYTES, 0)).isEqualTo(300);
        assertThat(first.text(Fields.RAW)).startsWith("1780315200.500000\tCabc1");
        Event second = events.getLast();
        assertThat(second.text(Fields.TIMESTAMP)).isEqualTo("2026-06-01T12:00:01.000001Z");
        assertThat(second.text(Fields.DESTINATION_IP)).isEqualTo("2001:db8::2");
        assertThat(second.has(Fields.EVENT_DURATION)).isFalse();
        assertThat(second.text("ns.flow.state")).isEqualTo("S0");
    }

    @Test
    void aLaterHeaderReplacesAnEarlierOne() {
        TSV.lines().forEach(line -> read(reader, line));
        String header =
                "#separator \\x7c\n#path|weird\n#fields|ts|uid|name\n#types|time|string|string";
        header.lines()
                .forEach(line -> assertThat(read(reader, line)).isEqualTo(Normalized.SKIPPED));
        Routed weird = accepted(reader, "1780315200.5|C9|a\\x7cb");

        assertThat(weird.channels()).containsExactly(Channel.PACKETS);
        assertThat(weird.event().text(Fields.EVENT_REASON)).isEqualTo("a|b");
        assertThat(weird.event().score()).isEqualTo(9);
    }

    @Test
    void aLineWithoutItsColumnsIsRefused() {
        assertThat(rejected(reader, "1780315200.5\tC9")).contains("nor below a #fields line");
        TSV.lines().forEach(line -> read(reader, line));
        assertThat(rejected(reader, "1780315200.5\tC9"))
                .contains("not as many columns")
                .endsWith("13");
    }

    @Test
    void theFilesNameSaysTheLogWhenTheLineDoesNot() {
        String line =
                "{\"ts\":1780315200.5,\"uid\":\"C1\",\"id.orig_h\":\"192.0.2.1\",\"endpoint\":\"x\"}";
        LineReader named =
                new ZeekNormalizer().reader(Origin.file("dce_rpc.2026-06-01-12-00-00.log"));

        assertThat(event(named, line).text(Fields.EVENT_DATASET)).isEqualTo("zeek.dce_rpc");
        assertThat(event(reader, line).text(Fields.EVENT_DATASET)).isEqualTo("zeek.unknown");
    }

    @Test
    void noticesAreAlertsAndScansAreThreats() {
        String line =
                "{\"_path\":\"notice\",\"ts\":1780315200.5,\"note\":\"%s\",\"msg\":\"192.0.2.1 did it\",\"src\":\"192.0.2.1\",\"dst\":\"198.51.100.2\",\"actions\":[\"Notice::ACTION_LOG\"]}";
        Routed plain = accepted(reader, line.formatted("SSL::Invalid_Server_Cert"));
        Routed scan = accepted(reader, line.formatted("Scan::Port_Scan"));
        Routed guess = accepted(reader, line.formatted("SSH::Password_Guessing"));

        assertThat(plain.channels()).containsExactly(Channel.ALERTS);
        assertThat(plain.event().kind()).isEqualTo("alert");
        assertThat(plain.event().text(Fields.RULE_NAME)).isEqualTo("SSL::Invalid_Server_Cert");
        assertThat(plain.event().text(Fields.SOURCE_IP)).isEqualTo("192.0.2.1");
        assertThat(plain.event().score()).isEqualTo(40);
        assertThat(scan.channels()).containsExactly(Channel.ALERTS, Channel.THREATS);
        assertThat(guess.event().score()).isEqualTo(62);
    }

    @Test
    void aFailedSshLoginIsAFailureAndAnAnswerHasItsAddresses() {
        Event ssh =
                event(
                        reader,
                        "{\"_path\":\"ssh\",\"ts\":1780315200.5,\"uid\":\"C1\",\"id.orig_h\":\"192.0.2.1\",\"auth_success\":false,\"auth_attempts\":3}");
        Event dns =
                event(
                        reader,
                        "{\"_path\":\"dns\",\"ts\":1780315200.5,\"uid\":\"C1\",\"query\":\"a.example\",\"qtype_name\":\"A\",\"rcode_name\":\"NOERROR\",\"RD\":true,\"answers\":[\"b.example\",\"192.0.2.5\"]}");

        assertThat(ssh.text(Fields.EVENT_CATEGORY)).isEqualTo("network,authentication");
        assertThat(ssh.text(Fields.EVENT_OUTCOME)).isEqualTo("failure");
        assertThat(dns.text(Fields.DNS_RESOLVED_IP)).isEqualTo("192.0.2.5");
        assertThat(dns.text(Fields.DNS_TYPE)).isEqualTo("answer");
        assertThat(dns.text(Fields.DNS_HEADER_FLAGS)).isEqualTo("RD");
    }

    @Test
    void anUnknownLogIsKeptAndWhatIsNoRecordIsNot() {
        String line = "{\"_path\":\"my_new_log\",\"ts\":1780315200.5,\"anything\":{\"x\":1}}";
        Routed routed = accepted(reader, line);

        assertThat(routed.channels()).containsExactly(Channel.NETWORK);
        assertThat(routed.event().text(Fields.EVENT_DATASET)).isEqualTo("zeek.my_new_log");
        assertThat(routed.event().text(Fields.RAW)).isEqualTo(line);
        assertThat(rejected(reader, "{\"a\":1}")).contains("not a Zeek record");
        assertThat(rejected(reader, "{\"a\":")).isEqualTo("the JSON is not complete");
        assertThat(rejected(reader, "[1]")).contains("not a Zeek record");
    }

    @Test
    void absurdTimesBecomeTheTimeOfReceipt() {
        for (String time : new String[] {"-1", "1e300", "99999999999999999999", "\"x\"", "true"}) {
            Event event =
                    event(
                            reader,
                            "{\"_path\":\"conn\",\"uid\":\"C1\",\"ts\":"
                                    + time
                                    + ",\"duration\":1e308}");
            assertThat(event.timestamp()).as(time).isEqualTo("2026-06-01T13:00:00Z");
            assertThat(event.text(Fields.NS_NOTE)).contains("no usable timestamp");
        }
    }

    @Test
    @EnabledIf(
            value = "io.netsentinel.integrations.SampleData#present",
            disabledReason = "the sample data ../shared/data is not there")
    void everyLineOfTheSampleIsTakenAndCounted() {
        Path file = SampleData.file("zeek", "apt29-day1.zeek.json");
        Map<String, Integer> counts = new TreeMap<>();
        for (byte[] line : SampleData.rawLines(file)) {
            Routed routed = accepted(reader, line);
            assertThat(routed.event().has(Fields.NS_NOTE)).isFalse();
            counts.merge(routed.event().text(Fields.EVENT_DATASET), 1, Integer::sum);
            routed.channels().forEach(channel -> counts.merge("#" + channel, 1, Integer::sum));
        }
        assertThat(counts)
                .containsEntry("#network", 2_140 - 2 - 12)
                .containsEntry("#alerts", 2)
                .containsEntry("#packets", 12)
                .containsEntry("zeek.conn", 613)
                .containsEntry("zeek.x509", 378)
                .doesNotContainKey("zeek.unknown");
        LineLab.fuzz(reader, SampleData.rawLines(file), 5_000);
    }

    @Test
    void spoiltTabSeparatedLinesNeverThrow() {
        TSV.lines().forEach(line -> read(reader, line));
        LineLab.fuzz(reader, TSV.lines().map(line -> line.getBytes(UTF_8)).toList(), 5_000);
    }
}
