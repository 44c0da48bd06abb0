package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/// One file of the main database: ordered maps in H2's storage engine. Values carry a checksum,
/// because H2 has none for them. Used by the store's thread alone.
final class MainFile implements AutoCloseable {

    private static final String TABLE = "table.";
    private static final String MARKS = "marks";
    private static final String COMPLETE = "complete";
    private static final String DERIVED = "derived.";
    private static final int CACHE_MIB = 16;
    private static final int PAGE_BYTES = 4096;
    private static final byte[] SET = {1};
    private static final int PERCENT = 100;

    private final Path path;
    private final MVStore store;
    private final MVMap<String, byte[]> marks;
    private final Map<String, MVMap<String, byte[]>> opened = new HashMap<>();

    private MainFile(Path path, MVStore store) {
        this.path = path;
        this.store = store;
        this.marks = open(MARKS);
    }

    /// @throws org.h2.mvstore.MVStoreException when it cannot be read or written
    static MainFile open(Path path) {
        MVStore store =
                new MVStore.Builder()
                        .fileName("retry:" + path)
                        .autoCommitDisabled()
                        .autoCommitBufferSize(0)
                        .cacheSize(CACHE_MIB)
                        .pageSplitSize(PAGE_BYTES)
                        .open();
        // As in the segments: after space was used again, H2 opens a file at an older state after
        // `kill -9`.
        store.setReuseSpace(false);
        store.setRetentionTime(0);
        store.setVersionsToKeep(0);
        try {
            Files0600.protect(path);
        } catch (IOException e) {
            store.closeImmediately();
            throw DataUtils.newMVStoreException(
                    DataUtils.ERROR_WRITING_FAILED, "cannot protect {0}", path, e);
        }
        return new MainFile(path, store);
    }

    private MVMap<String, byte[]> open(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    Path path() {
        return path;
    }

    /// Whether the file holds everything, and not only what an interrupted rewrite had copied.
    boolean complete() {
        return marks.containsKey(COMPLETE);
    }

    void markComplete() {
        marks.put(COMPLETE, SET);
    }

    /// Tables that projections can make again from the log.
    Set<String> derived() {
        Set<String> derived = new TreeSet<>();
        for (String mark : marks.keySet()) {
            if (mark.startsWith(DERIVED)) {
                derived.add(mark.substring(DERIVED.length()));
            }
        }
        return derived;
    }

    void markDerived(String table) {
        if (!marks.containsKey(DERIVED + table)) {
            marks.put(DERIVED + table, SET);
        }
    }

    Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        for (String name : store.getMapNames()) {
            if (name.startsWith(TABLE)) {
                tables.add(name.substring(TABLE.length()));
            }
        }
        return tables;
    }

    /// Opening a map looks its name up in the file, so each is opened once.
    private MVMap<String, byte[]> table(String name) {
        return opened.computeIfAbsent(name, _ -> open(TABLE + name));
    }

    void apply(List<StoreBatch.Change> changes) {
        for (StoreBatch.Change change : changes) {
            MVMap<String, byte[]> table = table(change.table());
            change.value()
                    .ifPresentOrElse(
                            value -> table.put(change.key(), seal(value)),
                            () -> table.remove(change.key()));
        }
    }

    Optional<byte[]> get(String table, String key) {
        byte @Nullable [] sealed = table(table).get(key);
        return sealed == null ? Optional.empty() : Optional.of(unseal(sealed));
    }

    Map<String, byte[]> getAll(String table, Collection<String> keys) {
        Map<String, byte[]> found = new HashMap<>();
        for (String key : keys) {
            get(table, key).ifPresent(value -> found.put(key, value));
        }
        return found;
    }

    List<Row> scan(String table, String from, String to, int limit) {
        return from.compareTo(to) >= 0
                ? List.of()
                : rows(table(table).cursor(from), limit, key -> key.compareTo(to) < 0);
    }

    List<Row> scanReverse(String table, String from, String to, int limit) {
        MVMap<String, byte[]> map = table(table);
        @Nullable String last = map.lowerKey(to);
        return last == null || from.compareTo(to) >= 0
                ? List.of()
                : rows(map.cursor(last, null, true), limit, key -> key.compareTo(from) >= 0);
    }

    private static List<Row> rows(
            Cursor<String, byte[]> cursor, int limit, java.util.function.Predicate<String> within) {
        List<Row> rows = new ArrayList<>();
        while (rows.size() < limit && cursor.hasNext()) {
            String key = cursor.next();
            if (!within.test(key)) {
                break;
            }
            rows.add(new Row(key, unseal(cursor.getValue())));
        }
        return rows;
    }

    private static byte[] seal(byte[] value) {
        return ByteBuffer.allocate(Integer.BYTES + value.length)
                .putInt(RecordChecksum.of(value))
                .put(value)
                .array();
    }

    private static byte[] unseal(byte[] sealed) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        int checksum = sealed.length < Integer.BYTES ? 0 : in.getInt();
        byte[] value = new byte[in.remaining()];
        in.get(value);
        if (sealed.length < Integer.BYTES || checksum != RecordChecksum.of(value)) {
            throw DataUtils.newMVStoreException(
                    DataUtils.ERROR_FILE_CORRUPT, "a value's checksum is wrong");
        }
        return value;
    }

    void commit() {
        store.commit();
    }

    void sync() {
        store.commit();
        store.sync();
    }

    long bytes() {
        return store.getFileStore().size();
    }

    /// About how much of the file is still in use.
    long liveBytes() {
        long rate =
                (long) store.getFileStore().getFillRate()
                        * store.getFileStore().getChunksFillRate();
        return bytes() * rate / (PERCENT * PERCENT);
    }

    @Override
    public void close() {
        if (!store.isClosed()) {
            store.close();
        }
    }

    void abandon() {
        store.closeImmediately();
    }
}
