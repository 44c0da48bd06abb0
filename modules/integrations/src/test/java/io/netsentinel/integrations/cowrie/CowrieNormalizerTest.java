package io.netsentinel.integrations.cowrie;

import static io.netsentinel.integrations.LineLab.accepted;
import static io.netsentinel.integrations.LineLab.event;
import static io.netsentinel.integrations.LineLab.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.LineLab;
import io.netsentinel.integrations.SampleData;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Routed;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class CowrieNormalizerTest {
    private static final String HEAD =
            "\"timestamp\":\"2026-06-01T12:00:00.123456Z\",\"src_ip\":\"198.51.100.7\",\"session\":\"a1b2c3\",\"sensor\":\"pot-1\"";

    private final LineReader reader = new CowrieNormalizer().reader(Origin.UNKNOWN);

    private static String line(String id, String rest) {
        return "{\"eventid\":\"" + id + "\"," + HEAD + rest + "}";
    }

    @Test
    void aFailedLoginIsARecognisableFailure() {
        Routed routed =
                accepted(
                        reader,
                        line(
                                "cowrie.login.failed",
                                ",\"username\":\"root\",\"password\":\"x\",\"message\":\"login attempt [root/x] failed\""));
        Event event = routed.event();

        assertThat(routed.channels()).containsExactly(Channel.HONEYPOT);
        assertThat(event.text(Fields.EVENT_CATEGORY)).contains("authentication");
        assertThat(event.text(Fields.EVENT_OUTCOME)).isEqualTo("failure");
        assertThat(event.text(Fields.USER_NAME)).isEqualTo("root");
        assertThat(event.text(Fields.SOURCE_IP)).isEqualTo("198.51.100.7");
        assertThat(event.text(Fields.SESSION_ID)).isEqualTo("a1b2c3");
        assertThat(event.text(Fields.OBSERVER_NAME)).isEqualTo("pot-1");
        assertThat(event.text(Fields.TIMESTAMP)).isEqualTo("2026-06-01T12:00:00.123456Z");
        assertThat(event.score()).isEqualTo(18);
    }

    @Test
    void loginsThatSucceedCommandsAndDownloadsAreThreats() {
        for (String id :
                new String[] {
                    "cowrie.login.success", "cowrie.command.input", "cowrie.session.file_download"
                }) {
            assertThat(accepted(reader, line(id, "")).channels())
                    .as(id)
                    .containsExactly(Channel.HONEYPOT, Channel.THREATS);
        }
    }

    @Test
    void aDownloadNamesTheFileAndItsHash() {
        Event event =
                event(
                        reader,
                        line(
                                "cowrie.session.file_download",
                                ",\"url\":\"http://192.0.2.9/x.sh\",\"shasum\":\"ab12\",\"destfile\":\"/tmp/x.sh\""));

        assertThat(event.text(Fields.URL_FULL)).isEqualTo("http://192.0.2.9/x.sh");
        assertThat(event.text(Fields.FILE_HASH_SHA256)).isEqualTo("ab12");
        assertThat(event.text(Fields.FILE_NAME)).isEqualTo("x.sh");
    }

    @Test
    void durationsAreReadAsNumbersAndAsText() {
        assertThat(
                        event(reader, line("cowrie.session.closed", ",\"duration\":1.5"))
                                .number(Fields.EVENT_DURATION, 0))
                .isEqualTo(1_500_000_000L);
        assertThat(
                        event(reader, line("cowrie.session.closed", ",\"duration\":\"2.0\""))
                                .number(Fields.EVENT_DURATION, 0))
                .isEqualTo(2_000_000_000L);
    }

    @Test
    void anUnknownIdIsKeptWithItsLine() {
        String line = line("cowrie.something.new", ",\"x\":{\"y\":[1,{\"z\":2}]}");
        Routed routed = accepted(reader, line);

        assertThat(routed.channels()).containsExactly(Channel.HONEYPOT);
        assertThat(routed.event().text(Fields.EVENT_DATASET)).isEqualTo("cowrie.something.new");
        assertThat(routed.event().text(Fields.RAW)).isEqualTo(line);
    }

    @Test
    void whatIsNoRecordIsRefusedWithAReason() {
        assertThat(rejected(reader, "nonsense")).isEqualTo("not a JSON object");
        assertThat(rejected(reader, "{\"a\":1}")).isEqualTo("no eventid: not a Cowrie record");
        assertThat(rejected(reader, "{\"eventid\":\"x\"} {}"))
                .isEqualTo("text after the JSON object");
        assertThat(rejected(reader, "{\"eventid\":" + "[".repeat(200)))
                .contains("a limit is exceeded");
    }

    @Test
    void invalidUtf8IsReplacedAndNoted() {
        byte[] line =
                line("cowrie.command.input", ",\"input\":\"caf?\"")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        line[new String(line, java.nio.charset.StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xE9;
        Event event = accepted(reader, line).event();

        assertThat(event.text(Fields.PROCESS_COMMAND_LINE)).isEqualTo("caf\uFFFD");
        assertThat(event.text(Fields.NS_NOTE)).isEqualTo("invalid UTF-8 was replaced");
    }

    @Test
    @EnabledIf(
            value = "io.netsentinel.integrations.SampleData#present",
            disabledReason = "the sample data ../shared/data is not there")
    void everyLineOfTheSampleIsTakenAndCounted() {
        Path file = SampleData.file("cowrie", "do-2020-03-19.cowrie.json");
        Map<String, Integer> counts = new TreeMap<>();
        for (byte[] line : SampleData.rawLines(file)) {
            Routed routed = accepted(reader, line);
            assertThat(routed.event().has(Fields.NS_NOTE)).isFalse();
            counts.merge(routed.event().text(Fields.EVENT_ACTION), 1, Integer::sum);
            routed.channels().forEach(channel -> counts.merge("#" + channel, 1, Integer::sum));
        }
        assertThat(counts)
                .containsEntry("#honeypot", 301)
                .containsEntry("#threats", 10 + 11 + 2 + 5 + 2)
                .containsEntry("login.failed", 22)
                .containsEntry("session.connect", 68);
        LineLab.fuzz(reader, SampleData.rawLines(file), 5_000);
    }
}
