package io.netsentinel.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;

/// Reads some fields of an event's JSON by its bytes. Detectors, scores and outlets look at every
/// event that is committed and at a tenth of its bytes; a parser that makes names and tokens of all
/// of them took more time than the detectors themselves.
///
/// For JSON that was checked when it was taken in: what is passed over is not checked again.
final class PartReader {
    private static final int SURE_DIGITS = 18;

    private final byte[] in;
    private final JsonScanner scan;
    private Field[] fields = new Field[16];
    private Object[] values = new Object[16];
    private int size;

    private PartReader(byte[] json) {
        this.in = json;
        this.scan = new JsonScanner(json);
    }

    /// @throws MalformedEventException when the bytes are no JSON object, as far as that shows
    static Event read(byte[] json, FieldTree wanted) {
        try {
            return new PartReader(json).read(wanted);
        } catch (IndexOutOfBoundsException _) {
            throw new MalformedEventException("the JSON is not complete");
        }
    }

    private Event read(FieldTree wanted) {
        if (scan.peek() != '{') {
            throw new MalformedEventException("not a JSON object");
        }
        object(wanted);
        scan.peek();
        if (scan.at() < in.length) {
            throw new MalformedEventException("text after the JSON object");
        }
        return new Event(Arrays.copyOf(fields, size), Arrays.copyOf(values, size));
    }

    private void object(FieldTree place) {
        boolean more = scan.open('{', '}');
        Field field = place.field();
        if (!more && field != null) {
            put(field, Map.of());
        }
        while (more) {
            member(place);
            more = scan.more('}');
        }
    }

    private void member(FieldTree place) {
        scan.peek();
        int from = scan.at() + 1;
        boolean escaped = scan.string();
        int to = scan.at() - 1;
        scan.expect(':');
        FieldTree below =
                escaped
                        ? place.child(new String(scan.unescaped(from, to), UTF_8))
                        : place.child(in, from, to);
        int first = scan.peek();
        Field field = below == null ? null : below.field();
        if (below != null && first == '{') {
            object(below);
        } else if (field != null && first != 'n') {
            put(field, value(first));
        } else {
            scan.value();
        }
    }

    private Object value(int first) {
        int from = scan.at();
        if (first == '"') {
            return scan.string()
                    ? new String(scan.unescaped(from + 1, scan.at() - 1), UTF_8)
                    : new String(in, from + 1, scan.at() - from - 2, UTF_8);
        }
        if (first == 't' || first == 'f') {
            scan.value();
            return first == 't';
        }
        if (first != '[' && scan.number() && scan.at() - from <= SURE_DIGITS) {
            return whole(from, scan.at());
        }
        if (first == '[') {
            scan.value();
        }
        // lists, fractions and very large numbers are rare: a parser knows what they mean
        return EventReader.value(Json.sensors(), in, from, scan.at() - from);
    }

    private Object whole(int from, int to) {
        boolean negative = in[from] == '-';
        long number = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            if (in[i] < '0') {
                throw new MalformedEventException(
                        "not a number: " + new String(in, from, to - from, ISO_8859_1));
            }
            number = number * 10 + in[i] - '0';
        }
        return negative ? -number : number;
    }

    /// Mostly they come sorted, as they were written; of a doubled one the last counts.
    private void put(Field field, Object value) {
        int place = size;
        if (size > 0 && fields[size - 1].compareTo(field) >= 0) {
            int found = Arrays.binarySearch(fields, 0, size, field);
            if (found >= 0) {
                values[found] = value;
                return;
            }
            place = -found - 1;
        }
        if (size == fields.length) {
            fields = Arrays.copyOf(fields, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        System.arraycopy(fields, place, fields, place + 1, size - place);
        System.arraycopy(values, place, values, place + 1, size - place);
        fields[place] = field;
        values[place] = value;
        size++;
    }
}
