package io.netsentinel.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One event: immutable, a set of fields named by dotted ECS paths (see [Fields]).
///
/// A value is a `String`, `Long`, `Double`, `Boolean`, a `List` of such values, or a `Map` of such
/// values (only inside lists, or an empty object). All text in it was written by whoever was on the
/// wire: escape it where it is shown.
///
/// Its JSON is nested as ECS documents are; the fields are held sorted so that writing it is one
/// walk. That JSON is what the log stores.
public final class Event {
    private static final int JSON_OVERHEAD = 256;
    private static final int JSON_PER_FIELD = 40;

    private final Field[] fields;
    private final Object[] values;

    /// @param fields sorted, without doubles
    /// @param values of the permitted types, one for each field
    Event(Field[] fields, Object[] values) {
        this.fields = fields;
        this.values = values;
    }

    /// An empty builder.
    public static Builder builder() {
        return new Builder();
    }

    /// A builder with all fields of this event.
    public Builder toBuilder() {
        Builder builder = new Builder();
        forEach(builder::put);
        return builder;
    }

    /// The event's `id`, empty when it has none.
    public String id() {
        return text(Fields.ID);
    }

    /// When it happened, by the sensor's clock; [Instant#EPOCH] when `@timestamp` is missing or no
    /// ISO 8601 time.
    public Instant timestamp() {
        try {
            return IsoTime.parse(text(Fields.TIMESTAMP));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /// The value as text; empty when the field is missing. The elements of a list are joined by a
    /// comma.
    public String text(String path) {
        return Values.text(get(path));
    }

    /// The value as a whole number; `absent` when the field is missing or is none. Text that holds
    /// a number counts.
    public long number(String path, long absent) {
        return Values.number(get(path), absent);
    }

    /// The value of a field, empty when it is missing.
    public Optional<Object> value(String path) {
        return Optional.ofNullable(get(path));
    }

    /// Whether the field is there.
    public boolean has(String path) {
        return get(path) != null;
    }

    /// `ns.severity`, or the band of the score when that is missing.
    public Severity severity() {
        return Severity.parse(text(Fields.NS_SEVERITY)).orElse(Severity.ofScore(score()));
    }

    /// The threat score, 0 to 100; 0 when the event has none.
    public int score() {
        return Math.clamp(number(Fields.NS_SCORE, 0), 0, 100);
    }

    /// `event.kind`, empty when it is missing.
    public String kind() {
        return text(Fields.EVENT_KIND);
    }

    /// Hands every field over, sorted by path segments.
    public void forEach(BiConsumer<String, Object> action) {
        for (int i = 0; i < fields.length; i++) {
            action.accept(fields[i].path(), values[i]);
        }
    }

    /// The nested JSON object: UTF-8, one line, no line end.
    public byte[] toJson() {
        return writeTo(new JsonWriter(estimate()));
    }

    byte[] writeTo(JsonWriter out) {
        return new EventWriter(out).write(fields, values);
    }

    private int estimate() {
        int size = JSON_OVERHEAD + fields.length * JSON_PER_FIELD;
        for (Object value : values) {
            if (value instanceof String text) {
                size += text.length() + (text.length() >> 2);
            }
        }
        return size;
    }

    /// Reads a nested JSON object. Keys that hold dots mean the same as nesting; `null` values are
    /// left out. Of a doubled key the last one counts.
    ///
    /// @throws MalformedEventException when the bytes are no JSON object or break a limit of [Json]
    public static Event fromJson(byte[] json) {
        return EventReader.read(Json.sensors(), json, EventReader.Kind.ALL);
    }

    /// Reads a nested JSON object as [#fromJson(byte[])] does, but leaves out the fields that hold
    /// the whole record and its payload: `raw`, `ns.packet`, `ns.payload`, `ns.payload_printable`.
    /// They are most of the bytes, and lists and counts do not need them.
    ///
    /// @throws MalformedEventException when the bytes are no JSON object or break a limit of [Json]
    public static Event briefFromJson(byte[] json) {
        return EventReader.read(Json.sensors(), json, EventReader.Kind.BRIEF);
    }

    /// Reads some fields of a nested JSON object that was checked before, such as one from the log,
    /// as [#fromJson(byte[])] does for all, and several times as fast. A key that holds dots is not
    /// looked into, and what is not wanted is passed over unchecked.
    ///
    /// @throws MalformedEventException when the bytes are no JSON object, as far as that shows
    public static Event partFromJson(byte[] json, FieldSet wanted) {
        return PartReader.read(json, wanted.tree());
    }

    /// Reads a nested JSON object from a client: with the narrower limits of [Json#clients()], and
    /// a doubled key is an error, also when one is written with dots and the other nested.
    ///
    /// @throws MalformedEventException when the bytes are no JSON object or break a rule
    public static Event fromClientJson(byte[] json) {
        return EventReader.read(Json.clients(), json, EventReader.Kind.STRICT);
    }

    /// This event and the fields of the parts that it does not have; of two parts that have the
    /// same field the first counts. Costs little: nothing is copied but references.
    ///
    /// @param parts made by [Builder#part()]
    public Event completedBy(List<Event> parts) {
        int missing = 0;
        for (Event part : parts) {
            missing += part.fields.length;
        }
        Field[] allFields = Arrays.copyOf(fields, fields.length + missing);
        Object[] allValues = Arrays.copyOf(values, values.length + missing);
        int size = fields.length;
        for (Event part : parts) {
            for (int i = 0; i < part.fields.length; i++) {
                int place = Arrays.binarySearch(allFields, 0, size, part.fields[i]);
                if (place < 0) {
                    int at = -place - 1;
                    System.arraycopy(allFields, at, allFields, at + 1, size - at);
                    System.arraycopy(allValues, at, allValues, at + 1, size - at);
                    allFields[at] = part.fields[i];
                    allValues[at] = part.values[i];
                    size++;
                }
            }
        }
        return size == allFields.length
                ? new Event(allFields, allValues)
                : new Event(Arrays.copyOf(allFields, size), Arrays.copyOf(allValues, size));
    }

    private @Nullable Object get(String path) {
        return get(Field.of(path));
    }

    @Nullable Object get(Field field) {
        int low = 0;
        int high = fields.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = fields[middle].compareTo(field);
            if (order == 0) {
                return values[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Event that
                && Arrays.equals(fields, that.fields)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(fields) + Arrays.hashCode(values);
    }

    /// Id and dataset only: the rest is foreign text.
    @Override
    public String toString() {
        return "Event[" + id() + " " + text(Fields.EVENT_DATASET) + "]";
    }

    /// Collects fields for an [Event]. Not for several threads; can be used again after `build`.
    public static final class Builder {
        private final FieldValues values = new FieldValues();

        private Builder() {}

        /// Sets a field, replacing an earlier value. `Integer` and `Short` become `Long`, `Float`
        /// becomes `Double`; lists and maps are copied; a number JSON has no form for, and any
        /// other type, becomes text. An empty path is refused.
        ///
        /// @throws IllegalArgumentException when the path is empty
        public Builder put(String path, Object value) {
            if (path.isEmpty()) {
                throw new IllegalArgumentException("a field needs a path");
            }
            set(Field.of(path), Values.freeze(value));
            return this;
        }

        /// Sets a whole number.
        public Builder put(String path, long value) {
            set(Field.of(path), value);
            return this;
        }

        /// Sets a time, as ISO 8601 text in UTC.
        public Builder put(String path, Instant value) {
            set(Field.of(path), value.toString());
            return this;
        }

        /// Sets the text unless it is empty.
        public Builder putText(String path, String value) {
            return value.isEmpty() ? this : put(path, value);
        }

        /// Sets `@timestamp`.
        public Builder timestamp(Instant value) {
            return put(Fields.TIMESTAMP, value);
        }

        /// Sets score, reason and severity from a threat score.
        public Builder score(ThreatScore.Score score) {
            put(Fields.NS_SCORE, score.value());
            put(Fields.EVENT_RISK_SCORE_NORM, score.value());
            put(Fields.NS_SCORE_WHY, score.why());
            return put(Fields.NS_SEVERITY, Severity.ofScore(score.value()).text());
        }

        /// Takes a field out, if it is there.
        public Builder remove(String path) {
            values.remove(Field.of(path));
            return this;
        }

        /// Whether the field is set.
        public boolean has(String path) {
            return get(path) != null;
        }

        /// The value set so far as text, empty when there is none.
        public String text(String path) {
            return Values.text(get(path));
        }

        /// The value set so far as a whole number; `absent` when there is none.
        public long number(String path, long absent) {
            return Values.number(get(path), absent);
        }

        /// The value set so far.
        public Optional<Object> value(String path) {
            return Optional.ofNullable(get(path));
        }

        private @Nullable Object get(String path) {
            return values.get(Field.of(path));
        }

        /// The event. It gets a new `id` and the present time as `@timestamp` when it has none.
        public Event build() {
            if (!has(Fields.ID)) {
                put(Fields.ID, Ulid.next());
            }
            if (!has(Fields.TIMESTAMP)) {
                timestamp(Instant.now());
            }
            return asItIs();
        }

        /// The fields that are set and nothing else: a part to complete events with.
        public Event part() {
            return asItIs();
        }

        /// The event without anything added.
        Event asItIs() {
            return values.event();
        }

        boolean has(Field field) {
            return values.get(field) != null;
        }

        void set(Field field, Object value) {
            values.set(field, value);
        }
    }
}
