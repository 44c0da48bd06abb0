package io.netsentinel.detection;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What alerts of a group have in common.
public enum GroupBy {
    /// The signature: number and name of the rule, or what stands in their place.
    SIGNATURE,
    /// Where it came from.
    SOURCE,
    /// Where it went.
    DESTINATION,
    /// Who saw it.
    SENSOR;

    /// A longer value would make a filter that is too long: there is none then.
    private static final int LONGEST = 500;

    /// What names an alert without a rule, the first of them that it has.
    private static final List<String> STAND_INS =
            List.of(Fields.MESSAGE, Fields.EVENT_ACTION, Fields.EVENT_DATASET);

    private List<String> fields() {
        return switch (this) {
            case SIGNATURE -> List.of(Fields.RULE_ID, Fields.RULE_NAME);
            case SOURCE -> List.of(Fields.SOURCE_IP);
            case DESTINATION -> List.of(Fields.DESTINATION_IP);
            case SENSOR -> List.of(Fields.OBSERVER_NAME);
        };
    }

    /// The name in addresses: `signature`, `source`, `destination`, `sensor`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of that name.
    public static Optional<GroupBy> parse(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
    }

    /// What tells the group of an alert from all others, whatever its values are: 64 characters,
    /// equal for alerts of a group and for no others.
    public String key(Event event) {
        return digest(identity(event));
    }

    /// Whether an alert belongs to the group of a key.
    public Predicate<Event> of(String key) {
        return event -> key(event).equals(key);
    }

    /// The filter that finds the group an alert belongs to. Empty when the filter language cannot
    /// say it: a value is a list, of which a filter tests each element, or too long.
    public Optional<String> filter(Event event) {
        List<String> looked = looked(event);
        boolean sayable =
                looked.stream()
                        .allMatch(field ->
                                event.text(field).length() <= LONGEST
                                        && !(event.value(field).orElse("") instanceof List<?> list
                                                && list.size() != 1));
        return sayable
                ? Optional.of(
                        looked.stream()
                                .map(field -> term(event, field))
                                .collect(Collectors.joining(" and ")))
                : Optional.empty();
    }

    /// The same for alerts of a group and no others: as long as their values are.
    String identity(Event event) {
        StringBuilder identity = new StringBuilder();
        for (String field : looked(event)) {
            identity.append(field);
            Object value = event.value(field).orElse(List.of());
            List<?> elements = value instanceof List<?> list ? list : List.of(value);
            for (Object element : elements) {
                String text = String.valueOf(element);
                // with its length: no text looks like the end of one and the beginning of another
                identity.append(' ').append(text.length()).append(':').append(text);
            }
            identity.append(';');
        }
        return identity.toString();
    }

    /// The fields that decide: those of a rule, and without one the first stand-in that says
    /// something, with those that do not.
    private List<String> looked(Event event) {
        List<String> fields = fields();
        if (this != SIGNATURE || fields.stream().anyMatch(field -> says(event, field))) {
            return fields;
        }
        List<String> looked = new ArrayList<>(fields);
        for (String field : STAND_INS) {
            looked.add(field);
            if (says(event, field)) {
                break;
            }
        }
        return looked;
    }

    private static boolean says(Event event, String field) {
        return !event.text(field).isEmpty();
    }

    private static String term(Event event, String field) {
        return event.has(field)
                ? field
                        + " = \""
                        + event.text(field).replace("\\", "\\\\").replace("\"", "\\\"")
                        + '"'
                : "not " + field + " exists";
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
