package io.netsentinel.webui;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.HouseMatch;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The form that makes a rule of the house out of an alert, as its template takes it.
///
/// @param alert id of the alert
/// @param title its signature
/// @param criteria what the rule can ask for
/// @param spans how long it can last
/// @param back where it leads when it is done
record Suppression(
        String alert, String title, List<Criterion> criteria, List<Span> spans, String back) {

    /// Something alerts have in common.
    ///
    /// @param name of its field
    /// @param on whether it is asked for at first
    record Criterion(String name, String label, String value, boolean on) {}

    /// How long a rule lasts.
    record Span(String key, String label, boolean chosen) {}

    /// Copies the lists.
    Suppression {
        criteria = List.copyOf(criteria);
        spans = List.copyOf(spans);
    }

    private enum Length {
        HOUR("1h", "1 hour", Duration.ofHours(1)),
        HOURS("8h", "8 hours", Duration.ofHours(8)),
        DAY("1d", "1 day", Duration.ofDays(1)),
        WEEK("7d", "7 days", Duration.ofDays(7)),
        MONTH("30d", "30 days", Duration.ofDays(30)),
        EVER("ever", "Until somebody ends it", Duration.ZERO);

        private final String key;
        private final String label;
        private final Duration length;

        Length(String key, String label, Duration length) {
            this.key = key;
            this.label = label;
            this.length = length;
        }
    }

    /// @param by what it is asked for at first: `signature`, `source`, `destination` or `sensor`;
    ///   else the signature from this source
    static Suppression of(Event event, String id, String by, String back) {
        boolean usual = by.isEmpty();
        List<Criterion> all =
                List.of(
                        new Criterion(
                                "signature",
                                "Signature",
                                event.text(Fields.RULE_ID),
                                usual || by.equals("signature")),
                        new Criterion(
                                "source",
                                "Source",
                                event.text(Fields.SOURCE_IP),
                                usual || by.equals("source")),
                        new Criterion(
                                "destination",
                                "Destination",
                                event.text(Fields.DESTINATION_IP),
                                by.equals("destination")),
                        new Criterion(
                                "sensor",
                                "Sensor",
                                event.text(Fields.OBSERVER_NAME),
                                by.equals("sensor")));
        return new Suppression(
                id,
                Visible.of(Rows.signature(event)),
                all.stream().filter(one -> !one.value().isEmpty()).toList(),
                Arrays.stream(Length.values())
                        .map(one -> new Span(one.key, one.label, one == Length.WEEK))
                        .toList(),
                back);
    }

    /// Which alerts the filled form means. A field counts when its box is ticked.
    ///
    /// @throws Problem 400 when a value is none, or nothing is ticked
    static HouseMatch match(Forms form) {
        try {
            return new HouseMatch(
                    ticked(form, "signature"),
                    Optional.empty(),
                    ticked(form, "source").map(Suppression::range),
                    ticked(form, "destination").map(Suppression::range),
                    ticked(form, "sensor"));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> ticked(Forms form, String name) {
        String value = form.first(name).strip();
        return form.all("by").contains(name) && !value.isEmpty()
                ? Optional.of(value)
                : Optional.empty();
    }

    private static Cidr range(String text) {
        return Cidr.parse(text)
                .orElseThrow(() ->
                        Problem.badRequest(
                                "\""
                                        + Visible.of(text)
                                        + "\" is no address and no network such as 10.0.0.0/8"));
    }

    /// When the rule of the filled form ends by itself.
    static Optional<Instant> expires(Forms form, Instant now) {
        Length length =
                Arrays.stream(Length.values())
                        .filter(one -> one.key.equals(form.first("span")))
                        .findFirst()
                        .orElseThrow(() -> Problem.badRequest("Choose how long the rule lasts."));
        return length == Length.EVER ? Optional.empty() : Optional.of(now.plus(length.length));
    }
}
