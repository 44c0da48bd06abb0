package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.detection.Alert;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RowsTest {
    /// A row is nothing but such tags and text without a bracket or a quote.
    private static final Pattern TAGS =
            Pattern.compile("<(/?)([a-z]+)((?: [a-z-]+(?:='[^'<>\"]*')?)*)>");

    private final HtmlCodec codec = new HtmlCodec();

    @Test
    void aPushedRowIsTheRowOfThePage() {
        Event event = Samples.event(3);
        Alert alert = new Alert(event, "epoch", 7, 0, Status.OPEN, 0, List.of());
        assertThat(pushed(event, "html:alert")).isEqualTo(AlertsModel.rows(List.of(alert)).html());
        assertThat(pushed(event, "html:feed")).isEqualTo(AlertsModel.feed(List.of(alert)).html());
    }

    @Test
    void aRecordOfTheNetworkIsPushedAsARowThatLeadsToItselfAndHostileTextStaysText() {
        Event event =
                Samples.event(3).toBuilder()
                        .put(Fields.OBSERVER_NAME, "<b onclick='x'>")
                        .put(Fields.SOURCE_IP, "10.0.0.7")
                        .put(Fields.SOURCE_PORT, 443)
                        .build();
        for (NetworkView.Kind kind : NetworkView.Kind.values()) {
            String row = pushed(event, kind.format());
            assertThat(row)
                    .matches("<tr id='n-\\d+'><td .*</td></tr>")
                    .contains("<a class='text' data-in='yes' href='/network?", "event=")
                    .contains("10.0.0.7:443", "&lt;b onclick=&#39;x&#39;&gt;")
                    .doesNotContain("<b ");
        }
        assertThat(codec.supports("html:nothing")).isFalse();
    }

    @Test
    void aRowOfTheMapSaysFromWhereToWhereAndIsOtherwiseThatOfThePage() {
        Event event =
                Samples.event(3).toBuilder()
                        .put(Fields.SOURCE_GEO_COUNTRY_ISO_CODE, "CH")
                        .put(Fields.DESTINATION_GEO_COUNTRY_ISO_CODE, "")
                        .build();
        Html cells = new Html();
        SheetRow.write(cells, MapPage.line(event));
        assertThat(pushed(event, "html:map"))
                .isEqualTo(
                        "<tr data-severity='"
                                + event.severity().text()
                                + "' data-time='"
                                + event.timestamp().toEpochMilli()
                                + "' data-from='CH' data-to=''"
                                + cells.markup().html().substring("<tr".length()));
    }

    @Test
    void aTopologyIsPushedAsWhatThePageDrawsAndListsWithoutAPlace() {
        String host =
                "{'ip':'10.0.0.9','inside':true,'role':'web','cluster':'10.0.0.0/24','x':0.25,'y':0.75,"
                        + "'first':'2026-06-01T12:00:00Z','last':'2026-06-01T13:00:00Z','bytes_out':2048,'bytes_in':1,"
                        + "'services':[{'transport':'tcp','port':443,'protocol':'tls'}]}";
        String rows =
                pushed(
                        topology(
                                "'size':{'hosts':7,'edges':5},'hosts':["
                                        + host
                                        + "],'edges':[{'source':'10.0.0.7','destination':'10.0.0.9',"
                                        + "'first':'2026-06-01T12:00:00Z','last':'2026-06-01T13:00:00Z','connections':3}],"
                                        + "'gone':{'hosts':['10.0.0.1'],'edges':[{'source':'10.0.0.1','destination':'10.0.0.9'}]}"),
                        "html:topology");
        assertThat(rows)
                .startsWith("<svg data-action='new' data-hosts='7' data-edges='5'><g class='host'")
                .contains("data-ip='10.0.0.9' data-network='10.0.0.0/24'")
                .contains("data-x='0.25' data-y='0.75'", "href='#i-role_web'")
                .contains("<line class='edge' data-from='10.0.0.7' data-with='10.0.0.9'")
                .contains("<tr id='h-10.0.0.9'>", "<tr id='c-10.0.0.7-10.0.0.9'>", "2.0 KiB")
                .contains("<li data-ip='10.0.0.1'>", "<li data-from='10.0.0.1'")
                .doesNotContain("transform", "x1=");
    }

    private static Event topology(String members) {
        return Event.fromJson(
                ("{'id':'T1','event':{'action':'new'},'ns':{'topology':{" + members + "}}}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPushedRowThatARuleSuppressedIsNotOpen() {
        Event event =
                Samples.event(3).toBuilder()
                        .put(Fields.NS_HOUSE_ACTION, "suppress")
                        .put(Fields.NS_HOUSE_RULE, "01RULE")
                        .build();
        assertThat(pushed(event, "html:alert"))
                .contains("data-status='acknowledged' data-version='1'", "Ack by rule 01RULE");
    }

    @Test
    void aRowShowsWhoEndWhatAndHowBad() {
        String row = pushed(Samples.event(0), "html:alert");
        assertThat(row)
                .startsWith("<tr data-severity='")
                .contains(" data-time='1795405867214' data-id='01JD0000000000000000000000'")
                .contains("<td class='rule mono'>")
                .contains(
                        "<time datetime='2026-11-23T03:51:07.214Z' title='2026-11-23 03:51:07.214 UTC'>03:51:07</time>");
    }

    @Test
    void anIpV6AddressWithAPortHasBrackets() {
        assertThat(Rows.address("2001:db8::1", "443")).isEqualTo("[2001:db8::1]:443");
        assertThat(Rows.address("2001:db8::1", "")).isEqualTo("2001:db8::1");
        assertThat(Rows.address("192.0.2.1", "443")).isEqualTo("192.0.2.1:443");
    }

    @Test
    void hostileTextStaysText() {
        for (String evil :
                List.of(
                        "<script>alert(1)</script>",
                        "'><img src=x onerror=alert(1)>",
                        "\" onclick=\"alert(1)",
                        "__${7*7}__ [[${7*7}]] ${7*7}",
                        "\u202Eevil\u2066\u200B\u0000\u001b[31m\uD800",
                        "</td></tr></table><a href='javascript:alert(1)'>x</a>",
                        "&lt;script&gt; &#x3c;b&#x3e;")) {
            Event event = hostile(evil);
            for (String format : List.of("html:alert", "html:feed", "html:map")) {
                String row = pushed(event, format);
                assertThat(TAGS.matcher(row).replaceAll(""))
                        .as(row)
                        .doesNotContainPattern("[<>\"']");
                assertThat(row).doesNotContain("\u202E", "\u2066", "\u200B", "\u0000", "\u001b");
                assertThat(TAGS.matcher(row).results().map(tag -> tag.group(2)))
                        .doesNotContain("script", "img", "table");
                assertThat(
                                TAGS.matcher(row)
                                        .results()
                                        .map(tag -> tag.group(3).replaceAll("='[^']*'", "")))
                        .allSatisfy(names -> assertThat(names).doesNotContainPattern(" on"));
            }
        }
    }

    @Test
    void hostileNamesInATopologyStayText() {
        Event event =
                Event.fromJson(
                        ("{\"ns\":{\"topology\":{\"hosts\":[{\"ip\":\"'><b>\",\"role\":\"<script>\",\"cluster\":\"' onload='x\"}],"
                                        + "\"edges\":[{\"source\":\"<b>\",\"destination\":\"'\",\"protocols\":[\"<i>\"]}],"
                                        + "\"gone\":{\"hosts\":[\"<b>\"]}}}}")
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(pushed(event, "html:topology"))
                .doesNotContain("<b>", "<script>", "<i>", "' onload='");
    }

    @Test
    void anIdCannotLeaveItsPath() {
        Event event = Samples.event(1).toBuilder().put(Fields.ID, "../x?y#z/ä 'q").build();
        assertThat(pushed(event, "html:alert"))
                .contains("href='/alerts/..%2Fx%3Fy%23z%2F%C3%A4%20%27q'");
    }

    @Test
    void anEventWithoutAnythingIsStillARow() {
        String row = pushed(Event.fromJson("{}".getBytes(StandardCharsets.UTF_8)), "html:alert");
        assertThat(row).contains("Alert without a signature").contains("data-severity='info'");
    }

    @Test
    void aTriageChangeIsAnInvisibleRowThatNamesItsAlert() {
        Event change =
                Event.builder()
                        .put(Fields.EVENT_KIND, "state")
                        .put(Fields.NS_CHANGE_ID, "A1")
                        .put(Fields.NS_CHANGE_ACTION, "ack")
                        .put(Fields.NS_CHANGE_USER, "o'neill")
                        .put(Fields.NS_CHANGE_VERSION, 3L)
                        .put("ns.change.status", "acknowledged")
                        .build();
        assertThat(pushed(change, "html:alert"))
                .isEqualTo(
                        "<tr class='change' hidden data-id='A1' data-action='ack' data-status='acknowledged'"
                                + " data-user='o&#39;neill' data-note='' data-version='3'></tr>");
        assertThat(pushed(change, "html:feed")).startsWith("<li class='change' hidden");
    }

    @Test
    void theCodecKnowsItsFormats() {
        assertThat(codec.member()).isEqualTo("html");
        assertThat(codec.supports("html:alert")).isTrue();
        assertThat(codec.supports("html:feed")).isTrue();
        assertThat(codec.supports("html:other")).isFalse();
        assertThat(codec.supports("json")).isFalse();
    }

    private static Event hostile(String evil) {
        Event.Builder event = Event.builder().put(Fields.NS_SCORE, 99L);
        for (String path :
                List.of(
                        Fields.ID,
                        Fields.RULE_NAME,
                        Fields.RULE_ID,
                        Fields.SOURCE_IP,
                        Fields.SOURCE_PORT,
                        Fields.SOURCE_GEO_COUNTRY_ISO_CODE,
                        Fields.DESTINATION_IP,
                        Fields.OBSERVER_NAME,
                        Fields.NS_SCORE_WHY,
                        Fields.NS_SEVERITY)) {
            event.put(path, evil);
        }
        return event.build();
    }

    private String pushed(Event event, String format) {
        LogRecord stored = new LogRecord(7, 0, 1, 0, event.toJson());
        String literal =
                new String(
                        codec.encode(RecordView.of("alerts", stored), format),
                        StandardCharsets.UTF_8);
        assertThat(literal).startsWith("\"").endsWith("\"");
        return literal.substring(1, literal.length() - 1)
                .replace("\\\"", "\"")
                .replace("\\\\", "\\");
    }
}
