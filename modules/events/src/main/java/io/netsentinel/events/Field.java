package io.netsentinel.events;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A path, taken apart once: its segments and their keys as JSON bytes. Known fields have an
/// ordinal by which they sort; so writing an event's nested JSON is one walk over a sorted array.
final class Field implements Comparable<Field> {
    private static final int UNKNOWN = -1;
    private static final Set<String> LENGTHY =
            Set.of(Fields.RAW, "ns.packet", "ns.payload", "ns.payload_printable");
    private static final Field[] ORDERED = ordered();
    private static final Map<String, Field> KNOWN = byPath();

    private final String path;
    private final String[] segments;
    private final byte[][] keys;
    private final int ordinal;
    private final boolean lengthy;

    private Field(String path, int ordinal) {
        this.path = path;
        this.segments = path.split("\\.", -1);
        this.keys = Arrays.stream(segments).map(Field::key).toArray(byte[][]::new);
        this.ordinal = ordinal;
        this.lengthy = LENGTHY.contains(path);
        if (ordinal != UNKNOWN) {
            // equal segments of known fields are one object: most comparisons end with that
            Arrays.setAll(segments, i -> segments[i].intern());
        }
    }

    static Field of(String path) {
        Field known = KNOWN.get(path);
        return known == null ? new Field(path, UNKNOWN) : known;
    }

    private static Field[] ordered() {
        List<String> paths =
                Stream.concat(
                                Arrays.stream(Fields.class.getFields()).map(Field::constant),
                                SensorPaths.all().stream())
                        .distinct()
                        .map(path -> new Field(path, UNKNOWN))
                        .sorted()
                        .map(Field::path)
                        .toList();
        Field[] ordered = new Field[paths.size()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = new Field(paths.get(i), i);
        }
        return ordered;
    }

    private static Map<String, Field> byPath() {
        Map<String, Field> byPath = new HashMap<>();
        for (Field field : ORDERED) {
            byPath.put(field.path, field);
        }
        return byPath;
    }

    /// All known fields, sorted.
    static List<Field> all() {
        return List.of(ORDERED);
    }

    static int knownCount() {
        return ORDERED.length;
    }

    static Field known(int ordinal) {
        return ORDERED[ordinal];
    }

    /// Whether it has an ordinal.
    boolean known() {
        return ordinal != UNKNOWN;
    }

    int ordinal() {
        return ordinal;
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

    List<String> segments() {
        return List.of(segments);
    }

    /// Whether it may hold long text that only a view of the whole event shows.
    boolean lengthy() {
        return lengthy;
    }

    int depth() {
        return segments.length;
    }

    byte[] key(int level) {
        return keys[level];
    }

    /// The segments from `level` on as one dotted key. Needed only when a shorter path is a value
    /// itself (`a` beside `a.b`), which nested JSON cannot say otherwise.
    byte[] dottedKey(int level) {
        return level == keys.length - 1
                ? keys[level]
                : key(String.join(".", Arrays.asList(segments).subList(level, segments.length)));
    }

    /// How many leading segments both paths share.
    int common(Field other) {
        int limit = Math.min(segments.length, other.segments.length);
        int i = 0;
        while (i < limit && segments[i].equals(other.segments[i])) {
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
        int limit = Math.min(segments.length, other.segments.length);
        for (int i = 0; i < limit; i++) {
            int order = segments[i].compareTo(other.segments[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(segments.length, other.segments.length);
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
