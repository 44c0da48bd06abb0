package io.netsentinel.events;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The values of an event that is being made. A known field has its place by ordinal, so setting
/// and asking cost one step however many fields there are; the others, which are rare, are kept
/// sorted.
final class FieldValues {
    private final @Nullable Object[] known = new Object[Field.knownCount()];
    private final long[] present = new long[(known.length + Long.SIZE - 1) / Long.SIZE];
    private final Map<Field, Object> others = new TreeMap<>();

    @Nullable Object get(Field field) {
        return field.known() ? known[field.ordinal()] : others.get(field);
    }

    void set(Field field, Object value) {
        if (field.known()) {
            int ordinal = field.ordinal();
            known[ordinal] = value;
            present[ordinal / Long.SIZE] |= 1L << ordinal;
        } else {
            others.put(field, value);
        }
    }

    void remove(Field field) {
        if (field.known()) {
            int ordinal = field.ordinal();
            known[ordinal] = null;
            present[ordinal / Long.SIZE] &= ~(1L << ordinal);
        } else {
            others.remove(field);
        }
    }

    /// All that is set, sorted.
    Event event() {
        int size = others.size();
        for (long word : present) {
            size += Long.bitCount(word);
        }
        Sorted sorted = new Sorted(size);
        Iterator<Map.Entry<Field, Object>> rest = others.entrySet().iterator();
        Map.@Nullable Entry<Field, Object> other = next(rest);
        for (int word = 0; word < present.length; word++) {
            for (long bits = present[word]; bits != 0; bits &= bits - 1) {
                int ordinal = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                Field field = Field.known(ordinal);
                while (other != null && other.getKey().compareTo(field) < 0) {
                    sorted.add(other.getKey(), other.getValue());
                    other = next(rest);
                }
                Object value = known[ordinal];
                if (value != null) {
                    sorted.add(field, value);
                }
            }
        }
        while (other != null) {
            sorted.add(other.getKey(), other.getValue());
            other = next(rest);
        }
        return new Event(sorted.fields, sorted.values);
    }

    private static Map.@Nullable Entry<Field, Object> next(
            Iterator<Map.Entry<Field, Object>> entries) {
        return entries.hasNext() ? entries.next() : null;
    }

    private static final class Sorted {
        private final Field[] fields;
        private final Object[] values;
        private int size;

        Sorted(int size) {
            fields = new Field[size];
            values = new Object[size];
        }

        void add(Field field, Object value) {
            fields[size] = field;
            values[size++] = value;
        }
    }
}
