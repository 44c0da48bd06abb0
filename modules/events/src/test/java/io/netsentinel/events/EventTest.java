package io.netsentinel.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    private static String json(Event event) {
        return new String(event.toJson(), UTF_8);
    }

    private static Event.Builder plain() {
        return Event.builder().put("id", "1").put("@timestamp", "2026-06-01T12:00:00Z");
    }

    private static Event read(String json) {
        return Event.fromJson(json.getBytes(UTF_8));
    }

    @Test
    void dottedPathsBecomeOneNestedObject() {
        Event event =
                plain().put(Fields.SOURCE_PORT, 443)
                        .put("destination.ip", "10.0.0.2")
                        .put("source.geo.country_iso_code", "DE")
                        .put("source.ip", "10.0.0.1")
                        .put("ns.made_up.field", true)
                        .put("event.category", List.of("network", "web"))
                        .build();

        assertThat(json(event))
                .isEqualTo(
                        """
                        {"@timestamp":"2026-06-01T12:00:00Z","destination":{"ip":"10.0.0.2"},\
                        "event":{"category":["network","web"]},"id":"1",\
                        "ns":{"made_up":{"field":true}},\
                        "source":{"geo":{"country_iso_code":"DE"},"ip":"10.0.0.1","port":443}}\
                        """);
    }

    @Test
    void whatIsWrittenIsReadBackEqual() {
        Event event =
                plain().put("a.b", 1.5)
                        .put("a.c", Long.MIN_VALUE)
                        .put("list", List.of(1, "x", Map.of("k", false)))
                        .put("empty", Map.of())
                        .put("text", "tab\t quote\" back\\ nul\0 ü € 𝄞 del\u007f")
                        .build();

        assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
    }

    @Test
    void aValueBesideLongerPathsOfTheSameNameLosesNothing() {
        Event event = plain().put("a", 1).put("a.b", 2).put("a.b.c", 3).put("a-b", 4).build();

        assertThat(json(event)).contains("\"a\":1,\"a.b\":2,\"a.b.c\":3,\"a-b\":4");
        assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
    }

    @Test
    void anyMixOfPathsIsReadBackEqual() {
        Random random = new Random(7);
        String[] names = {"a", "b", "source", "ip", "ns", "é\"", "x.y"};
        for (int round = 0; round < 2000; round++) {
            Event.Builder builder = plain();
            for (int i = random.nextInt(8); i >= 0; i--) {
                List<String> path = new ArrayList<>();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    path.add(names[random.nextInt(names.length)]);
                }
                builder.put(String.join(".", path), random.nextLong());
            }
            Event event = builder.build();
            assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
        }
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacter() {
        Event event = read("{\"a\":\"x\\ud800y\\udc00\"}");

        assertThat(json(event)).isEqualTo("{\"a\":\"x\uFFFDy\uFFFD\"}");
    }

    @Test
    void controlCharactersAreEscapedOnTheWire() {
        assertThat(json(read("{\"a\":\"\\u0000\\u001b[31m\\n\"}")))
                .isEqualTo("{\"a\":\"\\u0000\\u001b[31m\\n\"}");
    }

    @Test
    void aNumberBeyondSixtyFourBitsKeepsItsDigits() {
        assertThat(read("{\"a\":18446744073709551615,\"b\":1e999}").text("a"))
                .isEqualTo("18446744073709551615");
        assertThat(json(read("{\"b\":1e999}"))).isEqualTo("{\"b\":\"Infinity\"}");
    }

    @Test
    void valuesAreReadInTheTypeThatIsAskedFor() {
        Event event = read("{\"a\":\"12\",\"b\":[1,2],\"c\":3.7,\"d\":null,\"e\":true}");

        assertThat(event.number("a", -1)).isEqualTo(12);
        assertThat(event.number("b", -1)).isEqualTo(-1);
        assertThat(event.number("c", -1)).isEqualTo(3);
        assertThat(event.text("b")).isEqualTo("1,2");
        assertThat(event.text("e")).isEqualTo("true");
        assertThat(event.has("d")).isFalse();
        assertThat(event.text("nothing")).isEmpty();
        assertThat(event.value("e")).contains(true);
    }

    @Test
    void anObjectThatIsNoEventOfOursHasSafeDefaults() {
        Event event = read("{\"@timestamp\":\"yesterday\",\"ns\":{\"score\":4711}}");

        assertThat(event.timestamp()).isEqualTo(Instant.EPOCH);
        assertThat(event.id()).isEmpty();
        assertThat(event.kind()).isEmpty();
        assertThat(event.score()).isEqualTo(100);
        assertThat(event.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aBuiltEventHasAnIdAndATime() {
        Event event = Event.builder().put("message", "x").build();

        assertThat(event.id()).hasSize(26);
        assertThat(event.timestamp()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void aBuilderReplacesAndRemoves() {
        Event event = plain().put("a", 1).put("a", 2).put("b", 1).remove("b").remove("c").build();

        assertThat(event.number("a", 0)).isEqualTo(2);
        assertThat(event.has("b")).isFalse();
        assertThat(event.toBuilder().build()).isEqualTo(event);
    }

    @Test
    void manyFieldsFit() {
        Event.Builder builder = plain();
        for (int i = 0; i < 500; i++) {
            builder.put("f" + i, i);
        }
        Event event = builder.build();
        assertThat(event.number("f499", 0)).isEqualTo(499);
        assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "1", "{", "{\"a\":}", "{} x", "{\"a\":1", "{\"\":1}", "nul", "{]"})
    void whatIsNoObjectIsRefusedWithoutRepeatingIt(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageNotContaining("nul\"")
                .hasNoCause();
    }

    @Test
    void theReasonNamesTheColumnAndNotTheText() {
        assertThatThrownBy(() -> read("{\"a\":evil<script>}"))
                .hasMessageStartingWith("not valid JSON at column")
                .hasMessageNotContaining("evil");
    }

    @Test
    void nestingIsLimitedAndClientsHaveLess() {
        String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
        assertThat(read(deep).has("a" + ".a".repeat(39))).isTrue();
        assertThatThrownBy(() -> Event.fromClientJson(deep.getBytes(UTF_8)))
                .hasMessageContaining("limit");
        String deeper = "{\"a\":".repeat(65) + "1" + "}".repeat(65);
        assertThatThrownBy(() -> read(deeper)).hasMessageContaining("limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1},\"a.b\":2}",
                "{\"x\":[{\"a\":1,\"a\":2}]}"
            })
    void aClientMustNotSayAFieldTwice(String json) {
        assertThatThrownBy(() -> Event.fromClientJson(json.getBytes(UTF_8)))
                .hasMessageContaining("twice");
    }

    @Test
    void theTextFormShowsNoForeignText() {
        assertThat(plain().put("message", "\u001b[2J").build().toString()).isEqualTo("Event[1 ]");
    }

    @Test
    void knownAndUnknownFieldsStandInOneOrderHoweverTheyAreSet() {
        List<String> paths =
                new ArrayList<>(
                        List.of(
                                "@timestamp",
                                "aaa",
                                "event.kind",
                                "event.made.up",
                                "event.zzz",
                                "id",
                                "ns.made_up",
                                "ns.score",
                                "raw",
                                "source.ip",
                                "source.ip.odd",
                                "zzz.last"));
        Event expected = shuffled(paths, 1);
        List<String> seen = new ArrayList<>();
        expected.forEach((path, _) -> seen.add(path));
        assertThat(seen).isEqualTo(paths);
        for (int seed = 2; seed < 20; seed++) {
            assertThat(shuffled(paths, seed)).isEqualTo(expected);
        }
    }

    private static Event shuffled(List<String> paths, int seed) {
        List<String> order = new ArrayList<>(paths);
        java.util.Collections.shuffle(order, new Random(seed));
        Event.Builder builder = Event.builder();
        order.forEach(path -> builder.put(path, "not the last value"));
        order.forEach(path -> builder.remove(path).remove(path).put(path, "value of " + path));
        return builder.build();
    }

    @Test
    void aRemovedFieldIsGoneAndMayComeBack() {
        Event.Builder builder = plain().put("source.ip", "192.0.2.1").put("made.up", 1);
        builder.remove("source.ip").remove("made.up").remove("never.there");

        assertThat(builder.build()).isEqualTo(plain().build());
        assertThat(builder.has("source.ip") || builder.has("made.up")).isFalse();
        assertThat(builder.put("source.ip", "x").build().text("source.ip")).isEqualTo("x");
    }

    @Test
    void readingBrieflyLeavesOutOnlyLengthyText() {
        Event.Builder builder =
                plain().put("source.ip", "192.0.2.1")
                        .put("made.up.field", List.of(1, Map.of("k", "v")))
                        .put("ns.rule.tags", List.of("a"));
        Event brief = builder.build();
        Event whole =
                builder.put("raw", "{\"quotes\":\"\\\" and more\"}")
                        .put("ns.payload", "AAAA".repeat(1_000))
                        .put("ns.payload_printable", "..")
                        .put("ns.packet", "BBBB")
                        .build();

        assertThat(Event.briefFromJson(whole.toJson())).isEqualTo(brief);
        assertThat(Event.briefFromJson(brief.toJson())).isEqualTo(brief);
        assertThat(
                        Event.briefFromJson("{\"raw\":{\"a\":1},\"x\":2}".getBytes(UTF_8))
                                .number("x", 0))
                .isEqualTo(2);
        assertThatThrownBy(() -> Event.briefFromJson("{\"raw\":\"".getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class);
    }

    @Test
    void aReaderOfSomeFieldsPassesOverAllOthers() {
        FieldSet wanted = FieldSet.of(java.util.List.of("source.ip", "ns.ftp.reply_code", "none"));
        String json =
                "{\"destination\":{\"ip\":\"192.0.2.1\"},\"list\":[{\"source\":1}],\"source\":"
                        + "{\"geo\":{\"ip\":\"x\"},\"ip\":\"192.0.2.2\",\"port\":1},"
                        + "\"ns\":{\"ftp\":{\"reply_code\":[\"530\",\"5\"]},\"score\":7}}";

        java.util.Map<String, Object> read = new java.util.TreeMap<>();
        Event.partFromJson(json.getBytes(UTF_8), wanted).forEach(read::put);

        assertThat(read)
                .isEqualTo(
                        java.util.Map.of(
                                "source.ip",
                                "192.0.2.2",
                                "ns.ftp.reply_code",
                                java.util.List.of("530", "5")));
        assertThatThrownBy(() -> Event.partFromJson("[]".getBytes(UTF_8), wanted))
                .isInstanceOf(MalformedEventException.class);
        assertThatThrownBy(() -> Event.partFromJson("{\"a\":\"".getBytes(UTF_8), wanted))
                .isInstanceOf(MalformedEventException.class);
    }

    @Test
    void anEncoderMakesTheSameBytesAsTheEventAgainAndAgain() {
        EventEncoder encoder = new EventEncoder();
        for (int size : new int[] {10, 1_000_000, 10, 5_000, 0}) {
            Event event =
                    plain().put("message", "ü\"".repeat(size))
                            .put("n", Long.MIN_VALUE + size)
                            .put("m", -size)
                            .build();

            assertThat(encoder.encode(event)).isEqualTo(event.toJson());
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                9,
                10,
                -1,
                -10,
                99_999,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1
            })
    void numbersAreWrittenWithAllTheirDigits(long number) {
        assertThat(json(Event.builder().put("n", number).asItIs()))
                .isEqualTo("{\"n\":" + number + "}");
    }
}
