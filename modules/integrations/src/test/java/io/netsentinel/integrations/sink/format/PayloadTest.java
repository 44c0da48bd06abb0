package io.netsentinel.integrations.sink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

final class PayloadTest {
    private static final String NAME = "ET \"x\" |=\\]\nend\u202e";

    private static SinkRecord record(Event event) {
        return new SinkRecord("alerts", "abcdefgh", 7, 1_767_225_600_123L, event.toJson());
    }

    private static Event.Builder alert() {
        return Event.builder()
                .put(Fields.ID, "01ID")
                .put(Fields.TIMESTAMP, "2026-06-01T12:00:00.123456Z")
                .put(Fields.EVENT_KIND, "alert")
                .put(Fields.EVENT_DATASET, "suricata.alert")
                .put(Fields.OBSERVER_NAME, "sensor one")
                .put(Fields.RULE_ID, "2001")
                .put(Fields.RULE_NAME, NAME)
                .put(Fields.SOURCE_IP, "192.0.2.1")
                .put(Fields.SOURCE_PORT, 1234)
                .put(Fields.NS_SCORE, 99)
                .put(Fields.NS_SEVERITY, "critical")
                .put(Fields.RAW, "the line");
    }

    private static String text(String payload, Event event) {
        return new String(Payload.of(payload, true).write(record(event)), UTF_8);
    }

    @Test
    void cefIsOneLineWithEverythingEscaped() {
        assertThat(text("cef", alert().build()))
                .isEqualTo(
                        "CEF:0|NetSentinel|NetSentinel|1|2001|ET \"x\" \\|=\\\\] end\\\\u202e|10|rt=1780315200123"
                                + " src=192.0.2.1 spt=1234 dvchost=sensor one externalId=01ID cn1Label=score cn1=99"
                                + " cs1Label=channel cs1=alerts cs2Label=position cs2=alerts-abcdefgh-7");
    }

    @Test
    void leefIsOneLineOfTabbedAttributes() {
        String text = text("leef", alert().build());
        assertThat(text)
                .startsWith(
                        "LEEF:2.0|NetSentinel|NetSentinel|1|2001|x09|devTime=2026-06-01T12:00:00.123Z\tdevTimeFormat=")
                .contains(
                        "\tsrc=192.0.2.1\tsrcPort=1234\t",
                        "\tsignature=ET \"x\" |=\\] end\\u202e\t")
                .endsWith("\tposition=alerts-abcdefgh-7")
                .doesNotContain("\n");
    }

    @Test
    void syslogMessagesHaveTheHeaderOfRfc5424() {
        SyslogMessage message = new SyslogMessage(16, "net sentinel", Payload.json(true));
        String text = new String(message.write(record(alert().build())), UTF_8);
        assertThat(text)
                .startsWith(
                        "<130>1 2026-06-01T12:00:00.123456Z sensor_one net_sentinel - suricata.alert"
                                + " [netsentinel@32473 channel=\"alerts\" epoch=\"abcdefgh\" offset=\"7\" id=\"01ID\"] {")
                .doesNotContain("\n", "\u202e");
    }

    @Test
    void theLengthBeforeAMessageCountsItsBytes() {
        SyslogMessage message = new SyslogMessage(16, "a", Payload.json(true));
        Event event = alert().put(Fields.RULE_NAME, "日本").build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.frame(record(event), out);
        String frame = out.toString(UTF_8);
        int length = Integer.parseInt(frame.substring(0, frame.indexOf(' ')));
        assertThat(out.size()).isEqualTo(length + Integer.toString(length).length() + 1);
    }

    @Test
    void aTimeNoFormatCanWriteIsTheTimeOfTheCommit() {
        for (String time : new String[] {"+99999-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "x"}) {
            Event event = alert().put(Fields.TIMESTAMP, time).build();
            assertThat(EventWords.time(record(event), event).toEpochMilli())
                    .as(time)
                    .isEqualTo(1_767_225_600_123L);
        }
    }

    @Test
    void theSensorsLineCanBeLeftOut() {
        SinkRecord record = record(alert().build());
        assertThat(new String(Payload.json(true).write(record), UTF_8)).contains("the line");
        assertThat(new String(Payload.json(false).write(record), UTF_8))
                .doesNotContain("the line")
                .contains("2001");
    }

    @Test
    void whatIsNoEventIsSentAsItIsWhereThatIsPossible() {
        SinkRecord record = new SinkRecord("lab", "abcdefgh", 1, 0, "{no json}".getBytes(UTF_8));
        SyslogMessage message = new SyslogMessage(1, "a", Payload.json(false));
        assertThat(new String(message.write(record), UTF_8)).endsWith(" {no json}");
        assertThatThrownBy(() -> Payload.of("cef", true).write(record))
                .isInstanceOf(io.netsentinel.events.MalformedEventException.class);
    }

    @Test
    void anUnknownPayloadIsNamed() {
        assertThatThrownBy(() -> Payload.of("xml", true))
                .hasMessage("payload: expected json, cef or leef, found \"xml\"");
    }
}
