package io.netsentinel.queuing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A named table of rows, ordered by key (by UTF-16 code units, as `String.compareTo`). A read sees
/// every batch submitted before it.
public final class Table {

    /// A key above every key in use: keys must not begin with U+FFFF.
    public static final String END = "\uffff";

    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final int LONGEST_KEY = 1024;
    private static final int LARGEST_VALUE = 1024 * 1024;

    private final String name;
    private final Store store;

    Table(String name, Store store) {
        this.name = name;
        this.store = store;
    }

    /// Its name.
    public String name() {
        return name;
    }

    /// The value of a key.
    public Optional<byte[]> get(String key) {
        return store.get(name, key);
    }

    /// The values of those of the keys that are there, in one step: each single [#get(String)]
    /// waits for the store's thread.
    public Map<String, byte[]> getAll(Collection<String> keys) {
        return store.getAll(name, keys);
    }

    /// Rows in ascending order.
    ///
    /// @param fromInclusive smallest key; `""` for the beginning
    /// @param toExclusive key to stop before; [#END] for the end
    /// @param limit most rows
    public List<Row> scan(String fromInclusive, String toExclusive, int limit) {
        return store.scan(name, fromInclusive, toExclusive, limit);
    }

    /// Rows of the same range in descending order.
    public List<Row> scanReverse(String fromInclusive, String toExclusive, int limit) {
        return store.scanReverse(name, fromInclusive, toExclusive, limit);
    }

    static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a table's name is 1 to 64 characters of a-z 0-9 . _ -");
        }
        return name;
    }

    static void check(String key, byte[] value) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || key.startsWith(END)) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + LONGEST_KEY + " characters and not U+FFFF first");
        }
        if (value.length > LARGEST_VALUE) {
            throw new IllegalArgumentException(
                    "value of " + value.length + " bytes, the most is " + LARGEST_VALUE);
        }
    }
}
