package io.netsentinel.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading some fields says of them what reading all says.
final class PartReaderTest {
    private static final List<String> PATHS =
            List.of(
                    "@timestamp",
                    "id",
                    "message",
                    "source.ip",
                    "source.port",
                    "source",
                    "ns.score",
                    "ns.ftp.reply_code",
                    "destination.geo.country_iso_code",
                    "raw",
                    "a",
                    "a.b",
                    "a.b.c",
                    "ä.ö",
                    "x y.\"q\"");

    @Test
    void someFieldsOfAnyEventAreThoseOfTheWholeEvent() {
        for (int seed = 0; seed < 5_000; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Event.Builder builder = Event.builder();
            for (String path : PATHS) {
                if (random.nextBoolean()) {
                    builder.put(path, value(random, 2));
                }
            }
            List<String> wanted = new ArrayList<>(PATHS);
            wanted.removeIf(_ -> random.nextInt(3) == 0);
            byte[] json = builder.build().toJson();
            // beside a path that is a value, what would lie below it is written with dots
            Event.Builder expected = Event.builder();
            Event.fromJson(json)
                    .forEach((path, value) -> {
                        if (wanted.contains(path) && nested(json, path)) {
                            expected.put(path, value);
                        }
                    });

            assertThat(Event.partFromJson(json, FieldSet.of(wanted)))
                    .as("seed %d: %s", seed, new String(json, UTF_8))
                    .isEqualTo(expected.part());
        }
    }

    /// Whether no segment of the path was written together with the next.
    private static boolean nested(byte[] json, String path) {
        List<String> segments = List.of(path.split("\\.", -1));
        String text = new String(json, UTF_8);
        for (int i = 0; i + 1 < segments.size(); i++) {
            for (int end = i + 2; end <= segments.size(); end++) {
                if (text.contains("\"" + String.join(".", segments.subList(i, end)) + "\":")) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Object value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> (long) random.nextInt(-1_000, 1_000);
            case 2 -> random.nextBoolean();
            case 3 -> random.nextDouble() * 1e6;
            case 4 -> "plain text";
            case 5 -> "\"quoted\" \\ \n\t\u0001 \uD83D\uDE00 ü";
            case 6 -> "x".repeat(random.nextInt(50));
            case 7 -> List.of(value(random, depth - 1), value(random, depth - 1));
            case 8 -> List.of();
            default -> List.of(Map.of("k", value(random, depth - 1), "a", "b"));
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " { \"source\" : { \"ip\" : \"10.0.0.1\" , \"port\" : 7 } , \"z\" : [ 1 , { \"ip\" : 2 } ] } ",
                "{\"source\":{\"ip\":null,\"port\":-0},\"id\":1e3,\"ns\":{\"score\":1.50}}",
                "{\"id\":123456789012345678901234567890,\"ns\":{\"score\":9223372036854775807}}",
                "{\"\\u0069d\":\"\\u00e4\\ud83d\\ude00\",\"sour\\u0063e\":{\"ip\":\"\\/\"}}",
                "{\"id\":1,\"id\":2,\"source\":{\"ip\":\"a\"},\"source\":{\"ip\":\"b\",\"port\":3}}",
                "{\"source\":{},\"ns\":{\"ftp\":{}}}",
                "{\"source\":\"text\",\"id\":[[],[1,[2]],{\"a\":{}}]}",
                "{}"
            })
    void whatIsWrittenInAnotherWayIsReadTheSame(String json) {
        List<String> wanted = List.of("id", "source.ip", "source.port", "ns.score");
        Event.Builder expected = Event.builder();
        Event.fromJson(json.getBytes(UTF_8))
                .forEach((path, value) -> {
                    if (wanted.contains(path)) {
                        expected.put(path, value);
                    }
                });

        assertThat(Event.partFromJson(json.getBytes(UTF_8), FieldSet.of(wanted)))
                .isEqualTo(expected.part());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{",
                "{\"id\"",
                "{\"id\":",
                "{\"id\":\"",
                "{\"id\":\"\\",
                "{\"id\":[1,",
                "{\"id\":1}x",
                "{\"id\":1",
                "{\"id\":?}",
                "{\"id\":+1}",
                "{\"id\":[?]}",
                "{\"source\":{\"ip\":1}"
            })
    void whatIsNoObjectIsRefusedAndNeverReadBeyondItsEnd(String json) {
        FieldSet wanted = FieldSet.of(List.of("id", "source.ip"));

        assertThatThrownBy(() -> Event.partFromJson(json.getBytes(UTF_8), wanted))
                .isInstanceOf(MalformedEventException.class);
    }
}
