package io.netsentinel.detection;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /// A longer name would make a filter that is too long; the rule's number stands for it.
    private static final int LONGEST = 500;

    /// What names an alert without a rule.
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

    /// The filter that finds the group an alert belongs to, and no alert of another group. It is
    /// what tells groups apart.
    public String filter(Event event) {
        List<String> fields = fields();
        List<String> known = fields.stream().filter(field -> usable(event, field)).toList();
        if (known.isEmpty() && this == SIGNATURE) {
            known = STAND_INS.stream().filter(field -> usable(event, field)).limit(1).toList();
        }
        StringBuilder filter = new StringBuilder();
        for (String field : fields) {
            if (!known.contains(field) && !event.has(field)) {
                filter.append(and(filter)).append("not ").append(field).append(" exists");
            }
        }
        for (String field : known) {
            filter.append(and(filter)).append(field).append(" = ").append(quoted(event, field));
        }
        return filter.isEmpty() ? fields.getFirst() + " exists" : filter.toString();
    }

    private static boolean usable(Event event, String field) {
        String text = event.text(field);
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    private static String and(StringBuilder filter) {
        return filter.isEmpty() ? "" : " and ";
    }

    private static String quoted(Event event, String field) {
        return '"' + event.text(field).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
