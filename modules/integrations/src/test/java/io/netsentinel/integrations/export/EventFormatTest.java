package io.netsentinel.integrations.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.channels.HistoryPage;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.LineLab;
import io.netsentinel.integrations.SampleData;
import io.netsentinel.integrations.cowrie.CowrieNormalizer;
import io.netsentinel.integrations.eve.EveNormalizer;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Routed;
import io.netsentinel.integrations.syslog.SyslogNormalizer;
import io.netsentinel.integrations.zeek.ZeekNormalizer;
import io.netsentinel.queuing.LogRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFormatTest {
    private static final Set<String> ALWAYS =
            Set.of(
                    "activity_id",
                    "category_uid",
                    "class_uid",
                    "metadata",
                    "severity_id",
                    "time",
                    "type_uid");

    /// What OCSF 1.3 requires of a class besides that, and of the objects in it.
    private static final Map<Integer, List<String>> REQUIRED =
            Map.of(
                    0, List.of(),
                    2004, List.of("finding_info/title", "finding_info/uid"),
                    3002, List.of("user/name", "service/name"),
                    4001, List.of("dst_endpoint/ip", "connection_info/direction_id"),
                    4002, List.of("dst_endpoint/ip", "http_request"),
                    4003, List.of("dst_endpoint/ip", "query/hostname"));

    private static JsonNode ocsf(Event event) {
        JsonNode out = new OcsfFormat().write(event, "network", 7);
        int type = out.path("class_uid").asInt(-1);
        assertThat(REQUIRED).containsKey(type);
        assertThat(ALWAYS).allMatch(out::has);
        REQUIRED.getOrDefault(type, List.of())
                .forEach(path ->
                        assertThat(out.at("/" + path).isMissingNode())
                                .as(path + " of " + out)
                                .isFalse());
        assertThat(out.path("category_uid").asInt()).isEqualTo(type / 1_000);
        assertThat(out.path("type_uid").asLong())
                .isEqualTo(type * 100L + out.path("activity_id").asInt());
        assertThat(out.path("time").isIntegralNumber()).isTrue();
        assertThat(out.path("severity_id").asInt()).isBetween(1, 5);
        assertThat(out.at("/metadata/version").asText()).isEqualTo("1.3.0");
        assertThat(out.at("/metadata/product/vendor_name").asText()).isNotEmpty();
        out.path("answers")
                .forEach(answer -> assertThat(answer.path("rdata").isTextual()).isTrue());
        if (out.has("http_response")) {
            assertThat(out.at("/http_response/code").isIntegralNumber()).isTrue();
        }
        return out;
    }

    private static Event eve(String text) {
        return LineLab.event(new EveNormalizer().reader(Origin.UNKNOWN), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"event_type\":\"alert\",\"alert\":{\"signature_id\":1,\"signature\":\"ET X\",\"severity\":1} | 2004 | 1",
                "\"event_type\":\"flow\",\"proto\":\"TCP\",\"flow\":{\"bytes_toserver\":1} | 4001 | 2",
                "\"event_type\":\"http\",\"http\":{\"http_method\":\"POST\",\"url\":\"/x\",\"status\":404} | 4002 | 6",
                "\"event_type\":\"dns\",\"dns\":{\"type\":\"query\",\"rrname\":\"a.example\",\"rrtype\":\"A\"} | 4003 | 1",
                "\"event_type\":\"stats\",\"stats\":{\"uptime\":1} | 0 | 0"
            })
    void everyKindHasItsClassAndActivity(String fields, int type, int activity) {
        String ends =
                type == 0
                        ? ""
                        : ",\"src_ip\":\"192.0.2.1\",\"src_port\":1,\"dest_ip\":\"192.0.2.2\",\"dest_port\":80";
        JsonNode out =
                ocsf(eve("{\"timestamp\":\"2026-06-01T12:00:00.5+0000\"," + fields + ends + "}"));

        assertThat(out.path("class_uid").asInt()).isEqualTo(type);
        assertThat(out.path("activity_id").asInt()).isEqualTo(activity);
        assertThat(out.path("time").asLong()).isEqualTo(1_780_315_200_500L);
        assertThat(out.path("raw_data").asText()).contains("event_type");
    }

    @Test
    void aFailedSignInIsAnAuthentication() {
        Event event =
                LineLab.event(
                        new SyslogNormalizer().reader(Origin.UNKNOWN),
                        "<38>Jun  1 12:00:00 h sshd[7]: Failed password for root from 192.0.2.7 port 4 ssh2");

        JsonNode out = ocsf(event);

        assertThat(out.path("class_uid").asInt()).isEqualTo(3002);
        assertThat(out.at("/user/name").asText()).isEqualTo("root");
        assertThat(out.path("status_id").asInt()).isEqualTo(2);
        assertThat(out.at("/src_endpoint/ip").asText()).isEqualTo("192.0.2.7");
    }

    @Test
    void whatIsHostileStaysText() {
        Event event =
                Event.builder()
                        .put(Fields.EVENT_KIND, "alert")
                        .put(Fields.RULE_NAME, "\"}]\n<script>\u202e\u0000")
                        .build();
        HistoryPage page = page(event.toJson(), "\"no event\"".getBytes(UTF_8));

        for (String name : List.of("ecs", "ocsf")) {
            String lines = new String(EventFormat.of(name).orElseThrow().write(page), UTF_8);
            assertThat(lines.lines()).hasSize(1);
        }
        assertThat(ocsf(event).at("/finding_info/title").asText())
                .isEqualTo("\"}]\n<script>\u202e\u0000");
    }

    private static HistoryPage page(byte[]... payloads) {
        List<LogRecord> records =
                java.util.stream.IntStream.range(0, payloads.length)
                        .mapToObj(i -> new LogRecord(i + 1, 0, 0, 0, payloads[i]))
                        .toList();
        return new HistoryPage("alerts", "e", records, List.of(), OptionalLong.empty());
    }

    @Test
    void anEcsDocumentHasItsVersionIdAndOriginal() {
        Event event =
                eve(
                        "{\"timestamp\":\"2026-06-01T12:00:00.5+0000\",\"event_type\":\"flow\",\"flow_id\":7}");

        JsonNode out = new EcsFormat().write(event, "network", 12);

        assertThat(out.at("/ecs/version").asText()).isEqualTo("9.0.0");
        assertThat(out.at("/event/id").asText()).isEqualTo(event.id());
        assertThat(out.at("/event/original").asText()).contains("\"flow_id\":7");
        assertThat(out.at("/event/sequence").asLong()).isEqualTo(12);
        assertThat(out.has("id")).isFalse();
        assertThat(out.has("raw")).isFalse();
        assertThat(out.path("@timestamp").asText()).isEqualTo(event.text(Fields.TIMESTAMP));
    }

    @Test
    @EnabledIf(
            value = "io.netsentinel.integrations.SampleData#present",
            disabledReason = "the sample data is not beside the checkout")
    void everySampleEventHasWhatItsClassRequires() {
        Map<Integer, Integer> classes = new TreeMap<>();
        count(classes, SampleData.EVE.resolve("demo-1h.eve.json"), new EveNormalizer()::normalize);
        Path cowrie = SampleData.file("cowrie", ".").toAbsolutePath().normalize();
        for (var file : java.util.Objects.requireNonNull(cowrie.toFile().listFiles())) {
            if (file.getName().endsWith(".json")) {
                count(classes, file.toPath(), new CowrieNormalizer()::normalize);
            }
        }
        Path zeek = SampleData.file("zeek", ".").toAbsolutePath().normalize();
        for (var file : java.util.Objects.requireNonNull(zeek.toFile().listFiles())) {
            if (file.isFile()) {
                count(
                        classes,
                        file.toPath(),
                        new ZeekNormalizer().reader(Origin.file(file.getName())));
            }
        }

        assertThat(classes.keySet()).containsExactly(0, 2004, 3002, 4001, 4002, 4003);
        assertThat(classes.get(2004)).isGreaterThan(700);
    }

    private static void count(Map<Integer, Integer> classes, Path file, LineReader reader) {
        for (byte[] line : SampleData.rawLines(file)) {
            if (LineLab.read(reader, line) instanceof Normalized.Accepted(List<Routed> events)) {
                JsonNode out = ocsf(events.getFirst().event());
                classes.merge(out.path("class_uid").asInt(), 1, Integer::sum);
            }
        }
    }
}
