package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.Units;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.transport.Json;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Options as they stand in JSON: under the names of the configuration, values as there, numbers
/// and flags as JSON has them too.
final class GivenOptions {
    private static final int LONGEST = 4_096;
    private static final int MOST = 1_000;
    private static final String MASK = "********";

    private GivenOptions() {}

    /// The values of those that are known; others are left for somebody else to refuse.
    ///
    /// @throws IllegalArgumentException when a value is not of its option's type or lies outside of
    ///   the limits, naming the option; a secret is not repeated
    static Options read(String name, List<Option> known, ObjectNode given, Limits limits) {
        Map<String, Object> values = new TreeMap<>();
        for (Option option : known) {
            JsonNode value = given.path(option.name());
            if (!value.isMissingNode() && !value.isNull()) {
                values.put(option.name(), value(option, value, limits));
            }
        }
        return new Options(name, values, limits);
    }

    private static Object value(Option option, JsonNode value, Limits limits) {
        return switch (option.type()) {
            case Option.Type.Text _ -> text(option, value);
            case Option.Type.Texts _ -> texts(option, value);
            case Option.Type.Flag _ -> flag(option, value);
            case Option.Type.Count count -> count(option, count, value);
            case Option.Type.Size _ ->
                    value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                            ? value.longValue()
                            : Units.size(text(option, value))
                                    .orElseThrow(() -> wrong(option, "a size such as 64KiB"));
            case Option.Type.Time _ ->
                    Units.duration(text(option, value))
                            .orElseThrow(() -> wrong(option, "a time such as 30s"));
            case Option.Type.File _ -> {
                Path path = path(option, value);
                limits.check(option.name(), path);
                yield path;
            }
            case Option.Type.Files _ -> {
                limits.check(option.name(), path(option, value));
                yield text(option, value);
            }
            case Option.Type.Choice choice ->
                    Optional.of(text(option, value))
                            .filter(choice.words()::contains)
                            .orElseThrow(() -> wrong(option, String.join(" or ", choice.words())));
        };
    }

    private static String text(Option option, JsonNode value) {
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > LONGEST
                || value.textValue().chars().anyMatch(Character::isISOControl)) {
            throw wrong(option, "a text of one line, up to " + LONGEST + " characters");
        }
        return value.textValue();
    }

    private static List<String> texts(Option option, JsonNode value) {
        if (!(value instanceof ArrayNode array) || array.size() > MOST) {
            throw wrong(option, "a list of texts");
        }
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(text(option, one)));
        return texts;
    }

    private static Boolean flag(Option option, JsonNode value) {
        if (!value.isBoolean()) {
            throw wrong(option, "true or false");
        }
        return value.booleanValue();
    }

    private static Integer count(Option option, Option.Type.Count count, JsonNode value) {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < count.least()
                || value.intValue() > count.most()) {
            throw wrong(
                    option, "%s, %d to %d".formatted(count.words(), count.least(), count.most()));
        }
        return value.intValue();
    }

    private static Path path(Option option, JsonNode value) {
        try {
            return Path.of(text(option, value));
        } catch (InvalidPathException _) {
            throw wrong(option, "a path");
        }
    }

    private static IllegalArgumentException wrong(Option option, String expected) {
        return new IllegalArgumentException(option.name() + ": expected " + expected);
    }

    /// What may be shown: secrets are masked, and so is what stands in an address besides scheme,
    /// host and path.
    static ObjectNode shown(List<Option> known, ObjectNode given) {
        ObjectNode shown = Json.object();
        given.properties()
                .forEach(entry -> {
                    boolean secret =
                            known.stream()
                                    .filter(option -> option.name().equals(entry.getKey()))
                                    .findFirst()
                                    .map(Option::secret)
                                    .orElse(true);
                    if (secret) {
                        shown.put(entry.getKey(), MASK);
                    } else if (entry.getValue().isTextual()) {
                        shown.put(entry.getKey(), address(entry.getValue().textValue()));
                    } else {
                        shown.set(entry.getKey(), entry.getValue());
                    }
                });
        return shown;
    }

    private static String address(String text) {
        return text.replaceFirst("^([a-z][a-z0-9+.-]*://)[^/?#]*@", "$1" + MASK + "@")
                .replaceFirst("^([a-z][a-z0-9+.-]*://[^?]*)\\?.*", "$1?…");
    }
}
