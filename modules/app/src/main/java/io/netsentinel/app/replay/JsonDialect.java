package io.netsentinel.app.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Suricata's, Cowrie's, Zeek's and our own JSON. A line that is no JSON is sent as it is: the
/// server says what is wrong with it.
final class JsonDialect implements Dialect {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Objects that hold a start and an end, by format.
    private static final Map<String, List<String>> PERIODS =
            Map.of("eve", List.of("flow", "netflow"), "event", List.of("event"));

    private final String format;
    private final String log;

    /// @param log name of the Zeek log, which each line gets that does not say one; else empty
    private JsonDialect(String format, String log) {
        this.format = format;
        this.log = log;
    }

    static Dialect eve() {
        return new JsonDialect("eve", "");
    }

    /// Events as NetSentinel itself writes them.
    static Dialect event() {
        return new JsonDialect("event", "");
    }

    static Dialect cowrie() {
        return new JsonDialect("cowrie", "");
    }

    static Dialect zeek(String log) {
        return new JsonDialect("zeek", log);
    }

    /// What a first line shows; empty when it is none of these.
    ///
    /// @param file name of the file
    static Optional<Dialect> of(String line, String file) {
        if (!(parsed(line) instanceof ObjectNode object)) {
            return Optional.empty();
        }
        if (object.has("event_type")) {
            return Optional.of(eve());
        }
        if (object.has("@timestamp")) {
            return Optional.of(event());
        }
        if (object.has("eventid")) {
            return Optional.of(cowrie());
        }
        boolean zeek = object.has("ts") || object.has("_path") || object.has("@stream");
        int dot = file.indexOf('.');
        return zeek ? Optional.of(zeek(dot < 0 ? file : file.substring(0, dot))) : Optional.empty();
    }

    private static JsonNode parsed(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node == null ? JSON.missingNode() : node;
        } catch (JsonProcessingException _) {
            return JSON.missingNode();
        }
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Optional<Line> line(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (!(parsed(text) instanceof ObjectNode object)) {
            return Optional.of(new Plain(text));
        }
        if (format.equals("zeek") && !object.has("_path") && !object.has("@stream")) {
            object.put("_path", log);
        }
        return Optional.of(new JsonLine(format, object));
    }

    private record JsonLine(String format, ObjectNode object) implements Line {
        private String key() {
            return switch (format) {
                case "zeek" -> "ts";
                case "event" -> "@timestamp";
                default -> "timestamp";
            };
        }

        @Override
        public Optional<Instant> time() {
            return time(object.path(key()));
        }

        private static Optional<Instant> time(JsonNode value) {
            return value.isNumber() ? Stamps.number(value.asDouble()) : Stamps.text(value.asText());
        }

        @Override
        public String at(UnaryOperator<Instant> change) {
            Function<Instant, String> writer = format.equals("eve") ? Stamps::eve : Stamps::iso;
            change(object, key(), change, writer);
            for (String part : PERIODS.getOrDefault(format, List.of())) {
                if (object.get(part) instanceof ObjectNode period) {
                    change(period, "start", change, writer);
                    change(period, "end", change, writer);
                }
            }
            return object.toString();
        }

        private static void change(
                ObjectNode object,
                String key,
                UnaryOperator<Instant> change,
                Function<Instant, String> writer) {
            JsonNode value = object.path(key);
            time(value)
                    .map(change)
                    .ifPresent(time -> {
                        if (value.isNumber()) {
                            object.put(key, new BigDecimal(Stamps.seconds(time)));
                        } else {
                            object.put(key, writer.apply(time));
                        }
                    });
        }
    }
}
