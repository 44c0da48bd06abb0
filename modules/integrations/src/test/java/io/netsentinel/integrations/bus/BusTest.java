package io.netsentinel.integrations.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.EventNormalizer;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Routed;
import io.netsentinel.integrations.spi.SinkRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BusTest {
    private static final BusReader.Doors DOORS =
            channel -> List.of("ml", "system").contains(channel) ? "" : "not " + channel;

    private static Outlet outlet(String node, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(more);
        options.put("node", node);
        return Outlet.of(new Options("lab", options));
    }

    private static SinkRecord record(String json) {
        return new SinkRecord("threats", "epoch", 7, 0, json.getBytes(UTF_8));
    }

    private static Optional<Outlet.Parcel> sent(String node, String json) {
        return outlet(node, Map.of("bus", "soc")).parcel(record(json));
    }

    private static Normalized read(String node, String passage, String channel, String json) {
        return read(node, "", passage, channel, json);
    }

    private static Normalized read(
            String node, String sole, String passage, String channel, String json) {
        BusReader reader =
                new BusReader("soc", node, DOORS, sole, new EventNormalizer()::normalize);
        reader.next(Passage.parse(passage), channel);
        byte[] line = json.getBytes(UTF_8);
        return reader.read(line, 0, line.length, LineContext.of("lab", Instant.EPOCH));
    }

    private static Routed accepted(Normalized normalized) {
        assertThat(normalized).isInstanceOf(Normalized.Accepted.class);
        return ((Normalized.Accepted) normalized).events().getFirst();
    }

    private static String refused(Normalized normalized) {
        assertThat(normalized).isInstanceOf(Normalized.Rejected.class);
        return ((Normalized.Rejected) normalized).reason();
    }

    @Test
    void whatIsSentSaysWhichServersItHasPassed() {
        Outlet.Parcel parcel =
                sent("b", "{\"id\":\"e1\",\"ns\":{\"origin\":[\"a\"]}}").orElseThrow();
        assertThat(parcel.id()).isEqualTo("e1");
        assertThat(parcel.passage()).isEqualTo("a,b");
        assertThat(Passage.of(Event.fromJson(parcel.body())).nodes()).containsExactly("a", "b");
    }

    @Test
    void whatCameByABusIsNotSentThereAgain() {
        assertThat(sent("b", "{\"id\":\"e1\",\"ns\":{\"bus\":\"soc\",\"origin\":[\"a\"]}}"))
                .isEmpty();
        assertThat(sent("b", "{\"id\":\"e1\",\"ns\":{\"bus\":\"lab\",\"origin\":[\"a\"]}}"))
                .isPresent();
    }

    @Test
    void whatIsOnlyTheServersOwnStaysThere() {
        assertThat(sent("b", "{\"id\":\"e1\",\"ns\":{\"change\":{\"action\":\"ack\"}}}")).isEmpty();
        Outlet.Parcel parcel =
                sent(
                                "b",
                                "{\"@timestamp\":\"t\",\"id\":\"e1\",\"ns\":{\"house\":{\"rule\":\"r\"},\"incident_id\":\"i\",\"bus\":\"x\"}}")
                        .orElseThrow();
        assertThat(new String(parcel.body(), UTF_8))
                .isEqualTo("{\"@timestamp\":\"t\",\"id\":\"e1\",\"ns\":{\"origin\":[\"b\"]}}");
    }

    @Test
    void aSinkThatIsNoPartOfABusSendsEverythingAsItIs() {
        String json =
                "{\"id\":\"e1\",\"ns\":{\"bus\":\"soc\",\"origin\":[\"a\"],\"house\":{\"rule\":\"r\"}}}";
        Outlet.Parcel parcel = outlet("b", Map.of()).parcel(record(json)).orElseThrow();
        assertThat(new String(parcel.body(), UTF_8)).isEqualTo(json);
        assertThat(parcel.passage()).isEqualTo("a,b");
    }

    @Test
    void whatIsNoEventIsSentUnderItsPlace() {
        Outlet.Parcel parcel = sent("b", "no json").orElseThrow();
        assertThat(parcel.id()).isEqualTo("threats-epoch-7");
        assertThat(parcel.passage()).isEqualTo("b");
    }

    @Test
    void whatComesInKeepsItsIdItsWayAndItsBus() {
        Routed routed =
                accepted(
                        read(
                                "b",
                                "a",
                                "ml",
                                "{\"id\":\"e1\",\"message\":\"drift\",\"ns\":{\"bus\":\"mine\",\"origin\":[\"z\"]}}"));
        assertThat(routed.channels()).containsExactly("ml");
        assertThat(routed.event().id()).isEqualTo("e1");
        assertThat(Passage.of(routed.event()).nodes()).containsExactly("a");
        assertThat(routed.event().text(BusFields.BUS)).isEqualTo("soc");
        assertThat(routed.event().text(Fields.MESSAGE)).isEqualTo("drift");
    }

    @Test
    void theWayInTheEventCountsWhenTheMessageHasNone() {
        Routed routed = accepted(read("b", "", "ml", "{\"ns\":{\"origin\":[\"a\",\"c\"]}}"));
        assertThat(Passage.of(routed.event()).nodes()).containsExactly("a", "c");
        assertThat(read("c", "", "ml", "{\"ns\":{\"origin\":[\"a\",\"c\"]}}"))
                .isEqualTo(Normalized.SKIPPED);
    }

    @Test
    void onlyTheChannelsThatAreAllowedCanBeReached() {
        assertThat(refused(read("b", "a", "alerts", "{}"))).contains("alerts");
        assertThat(refused(read("b", "a", "../x", "{}"))).contains("no name");
        assertThat(refused(read("b", "a", "", "{}"))).contains("network");
        assertThat(accepted(read("b", "ml", "a", "", "{}")).channels()).containsExactly("ml");
    }

    @Test
    void whatOnlyTheServerMaySayIsRefused() {
        assertThat(refused(read("b", "a", "ml", "{\"ns\":{\"change\":{\"action\":\"ack\"}}}")))
                .contains("ns.change");
        assertThat(refused(read("b", "a", "ml", "{\"ns\":{\"house\":{\"rule\":\"x\"}}}")))
                .contains("ns.house");
    }

    @Test
    void aWayIsReadWithWhateverStandsInIt() {
        assertThat(Passage.parse("").nodes()).isEmpty();
        assertThat(Passage.parse("a,,b\n,../c,d").nodes()).containsExactly("a", "d");
        assertThat(Passage.parse("x,".repeat(1_000)).closedTo("b")).isTrue();
        assertThat(Passage.parse("a,b").closedTo("b")).isTrue();
        assertThat(Passage.parse("a,b").closedTo("c")).isFalse();
        assertThat(Passage.of(Event.fromJson("{\"ns\":{\"origin\":7}}".getBytes(UTF_8))).nodes())
                .isEmpty();
    }
}
