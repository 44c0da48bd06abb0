package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProjectionTest {
    private static final String EVENT =
            """
            {"@timestamp":"2026-11-01T00:00:00Z","source":{"ip":"10.0.0.1","port":5,"geo":{"x":[1,{"ip":2}]}},\
            "destination":{"ip":"::1"},"rule.name":"a \\" b","rule":{"id":7},"tags":["x","}"],"ns":{"a":{}}}\
            """;

    private static String cut(String json, String... paths) {
        byte[] left = Projection.of(List.of(paths)).apply(json.getBytes(StandardCharsets.UTF_8));
        return new String(left, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "source.ip | {'source':{'ip':'10.0.0.1'}}",
                "source.port,destination.ip | {'source':{'port':5},'destination':{'ip':'::1'}}",
                "source | {'source':{'ip':'10.0.0.1','port':5,'geo':{'x':[1,{'ip':2}]}}}",
                "source.geo.x | {'source':{'geo':{'x':[1,{'ip':2}]}}}",
                "source.geo.x.ip | {}",
                "source.ip.more | {}",
                "rule.id | {'rule':{'id':7}}",
                "tags | {'tags':['x','}']}",
                "ns | {'ns':{'a':{}}}",
                "ns.a | {'ns':{'a':{}}}",
                "ns.a.b | {}",
                "nothing | {}",
                "@timestamp,nothing | {'@timestamp':'2026-11-01T00:00:00Z'}"
            })
    void onlyTheFieldsAreLeftAsTheyAre(String paths, String left) {
        assertThat(cut(EVENT, paths.split(","))).isEqualTo(left.replace('\'', '"'));
    }

    @Test
    void aKeyWithDotsIsThePathItSpells() {
        assertThat(cut(EVENT, "rule.name")).isEqualTo("{\"rule.name\":\"a \\\" b\"}");
        assertThat(cut(EVENT, "rule"))
                .isEqualTo("{\"rule.name\":\"a \\\" b\",\"rule\":{\"id\":7}}");
        assertThat(cut("{\"a.b\":{\"c.d\":1,\"c\":{\"e\":2}}}", "a.b.c.d", "a.x"))
                .isEqualTo("{\"a.b\":{\"c.d\":1}}");
        assertThat(cut("{\"a.b\":1,\"a.bc\":2,\"a\":{\"bc\":3}}", "a.bc"))
                .isEqualTo("{\"a.bc\":2,\"a\":{\"bc\":3}}");
    }

    @Test
    void aKeyWithEscapesIsFoundAndKeptAsItIs() {
        assertThat(cut("{\"s\\u006furce\":{\"i\\\\p\":1},\"x\":2}", "source.i\\p"))
                .isEqualTo("{\"s\\u006furce\":{\"i\\\\p\":1}}");
        assertThat(cut("{\"gr\u00fc\u00df\":1}", "gr\u00fc\u00df"))
                .isEqualTo("{\"gr\u00fc\u00df\":1}");
    }

    @Test
    void whiteSpaceDoesNotMatter() {
        assertThat(cut(" { \"a\" : { \"b\" : [ 1 , 2 ] , \"c\" : 3 } , \"d\" : 4 } ", "a.b", "d"))
                .isEqualTo("{\"a\":{\"b\" : [ 1 , 2 ]},\"d\" : 4}");
    }

    /// What is left says of every path asked for what the whole event says, as a filter reads it.
    @Test
    void aFilterReadsTheSameOutOfWhatIsLeft() {
        Random random = new Random(3);
        List<String> names = List.of("a", "b", "c", "a.b", "b.c");
        for (int i = 0; i < 500; i++) {
            String json = object(random, names, 3);
            Event whole = Event.fromJson(json.getBytes(StandardCharsets.UTF_8));
            List<String> paths = new ArrayList<>();
            for (int n = random.nextInt(3); n >= 0; n--) {
                paths.add(String.join(".", pick(random, List.of("a", "b", "c"))));
            }
            Projection projection = Projection.of(paths);
            Event left = Event.fromJson(projection.apply(json.getBytes(StandardCharsets.UTF_8)));
            for (String path : paths) {
                assertThat(left.text(path)).as("%s of %s", path, json).isEqualTo(whole.text(path));
            }
            List<String> kept = List.of(projection.text().split("\n"));
            List<String> there = new ArrayList<>();
            left.forEach((path, _) -> there.add(path));
            assertThat(there)
                    .as("%s of %s", paths, json)
                    .allMatch(
                            path -> kept.stream().anyMatch(k -> (path + ".").startsWith(k + ".")));
        }
    }

    private static List<String> pick(Random random, List<String> names) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> names.get(random.nextInt(names.size())))
                .toList();
    }

    private static String object(Random random, List<String> names, int depth) {
        List<String> keys = new ArrayList<>(names);
        Collections.shuffle(keys, random);
        StringBuilder json = new StringBuilder("{");
        for (String key : keys.subList(0, random.nextInt(4))) {
            boolean nested = depth > 0 && random.nextBoolean();
            json.append(json.length() > 1 ? "," : "").append('"').append(key).append("\":");
            json.append(nested ? object(random, names, depth - 1) : "" + random.nextInt(9));
        }
        return json.append('}').toString();
    }

    @Test
    void theSameFieldsAreTheSameProjection() {
        Projection one = Projection.of(List.of("b", "a.c", "a", "b", "a-b"));
        assertThat(one).isEqualTo(Projection.of(List.of("a", "a-b", "b")));
        assertThat(one.text()).isEqualTo("a\na-b\nb");
        assertThat(one).isNotEqualTo(Projection.of(List.of("a")));
        assertThat(one.whole()).isFalse();
        byte[] json = {'{', '}'};
        assertThat(Projection.all().apply(json)).isSameAs(json);
        assertThat(Projection.all().whole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a\nb", "a\u0000"})
    void aPathThatIsNoneIsNamed(String path) {
        assertThatThrownBy(() -> Projection.of(List.of("source.ip", path)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a path")
                .message()
                .doesNotContain("\n", "\u0000");
    }

    @Test
    void pathsAreBounded() {
        assertThatThrownBy(() -> Projection.of(List.of())).hasMessageContaining("1 to 64");
        assertThatThrownBy(
                        () -> Projection.of(IntStream.range(0, 65).mapToObj(i -> "a" + i).toList()))
                .hasMessageContaining("65");
        assertThatThrownBy(() -> Projection.of(List.of("x".repeat(257))))
                .hasMessageContaining("256");
        assertThatThrownBy(() -> Projection.of(List.of("x.".repeat(32) + "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":{\"b\":[", "[]", "{}x"})
    void whatIsNoObjectIsRefused(String json) {
        assertThatThrownBy(() -> cut(json, "a.b")).isInstanceOf(MalformedEventException.class);
    }
}
