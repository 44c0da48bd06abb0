package io.netsentinel.events;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A path, taken apart once: its segments and their keys as JSON bytes. Known fields have an
/// ordinal by which they sort; so writing an event's nested JSON is one walk over a sorted array.
final class Field implements Comparable<Field> {
    private static final int UNKNOWN = -1;
    private static final Map<String, Field> KNOWN = known();

    private final String path;
    private final List<String> segments;
    private final byte[][] keys;
    private final int ordinal;

    private Field(String path, int ordinal) {
        this.path = path;
        this.segments = List.of(path.split("\\.", -1));
        this.keys = segments.stream().map(Field::key).toArray(byte[][]::new);
        this.ordinal = ordinal;
    }

    static Field of(String path) {
        Field known = KNOWN.get(path);
        return known == null ? new Field(path, UNKNOWN) : known;
    }

    private static Map<String, Field> known() {
        List<Field> fields =
                Stream.concat(
                                Arrays.stream(Fields.class.getFields()).map(Field::constant),
                                SensorPaths.all().stream())
                        .map(path -> new Field(path, UNKNOWN))
                        .sorted()
                        .toList();
        Map<String, Field> byPath = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            String path = fields.get(i).path;
            byPath.put(path, new Field(path, i));
        }
        return byPath;
    }

    private static String constant(java.lang.reflect.Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("constant " + field.getName() + " is not readable", e);
        }
    }

    private static byte[] key(String segment) {
        JsonWriter writer = new JsonWriter(segment.length() + 8);
        writer.string(segment);
        writer.raw(':');
        return writer.toBytes();
    }

    String path() {
        return path;
    }

    int depth() {
        return segments.size();
    }

    byte[] key(int level) {
        return keys[level];
    }

    /// The segments from `level` on as one dotted key. Needed only when a shorter path is a value
    /// itself (`a` beside `a.b`), which nested JSON cannot say otherwise.
    byte[] dottedKey(int level) {
        return level == keys.length - 1
                ? keys[level]
                : key(String.join(".", segments.subList(level, segments.size())));
    }

    /// How many leading segments both paths share.
    int common(Field other) {
        int limit = Math.min(segments.size(), other.segments.size());
        int i = 0;
        while (i < limit && segments.get(i).equals(other.segments.get(i))) {
            i++;
        }
        return i;
    }

    /// By segments: a path stands before those it is a prefix of, and these stand together.
    @Override
    public int compareTo(Field other) {
        if (ordinal != UNKNOWN && other.ordinal != UNKNOWN) {
            return Integer.compare(ordinal, other.ordinal);
        }
        int limit = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < limit; i++) {
            int order = segments.get(i).compareTo(other.segments.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(segments.size(), other.segments.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Field that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
