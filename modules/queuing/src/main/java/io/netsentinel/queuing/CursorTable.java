package io.netsentinel.queuing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Durable cursors in the main database: one row that describes each, and one for each channel it
/// is in, so that moving on in one channel writes one small row.
public final class CursorTable {

    private static final String NAME = "cursors";
    private static final char SEPARATOR = '\0';
    private static final int SLICE = 1_000;

    private final Store store;
    private final Table table;

    /// The cursors stored in a log's main database.
    public CursorTable(Store store) {
        this.store = store;
        this.table = store.table(NAME);
    }

    /// Everything stored. Waits for the database.
    public List<StoredCursor> all() {
        List<StoredCursor> all = new ArrayList<>();
        Map<String, StoredCursor.Place> places = new HashMap<>();
        List<Row> rows = table.scan("", Table.END, SLICE);
        while (!rows.isEmpty()) {
            for (Row row : rows) {
                String[] parts = row.key().split("\0", -1);
                if (parts.length == 2) {
                    finish(all, places);
                    all.add(cursor(parts, row.value()));
                } else if (!all.isEmpty() && belongs(parts, all.getLast())) {
                    places.put(parts[2], place(row.value()));
                }
            }
            rows = table.scan(rows.getLast().key() + SEPARATOR, Table.END, SLICE);
        }
        finish(all, places);
        return all;
    }

    /// A place whose description is gone is nobody's.
    private static boolean belongs(String[] parts, StoredCursor cursor) {
        return parts[0].equals(cursor.user()) && parts[1].equals(cursor.name());
    }

    /// A cursor's places follow its description.
    private static void finish(List<StoredCursor> all, Map<String, StoredCursor.Place> places) {
        if (!all.isEmpty() && !places.isEmpty()) {
            StoredCursor one = all.removeLast();
            all.add(
                    new StoredCursor(
                            one.user(),
                            one.name(),
                            one.channels(),
                            one.filter(),
                            one.created(),
                            one.lastSeen(),
                            places));
        }
        places.clear();
    }

    /// An empty set of changes.
    public Changes changes() {
        return new Changes();
    }

    /// Changes that are stored together. Not safe for use by several threads.
    public final class Changes {
        private final StoreBatch batch = new StoreBatch();

        private Changes() {}

        /// What a cursor is; its places are left as they are stored.
        public void describe(StoredCursor cursor) {
            batch.put(table, key(cursor), encode(cursor));
        }

        /// Where a cursor is in one channel.
        public void move(StoredCursor cursor, String channel, StoredCursor.Place place) {
            batch.put(table, key(cursor) + SEPARATOR + channel, encode(place));
        }

        /// A cursor and all its places are not kept any more.
        public void remove(StoredCursor cursor) {
            batch.delete(table, key(cursor));
            cursor.places()
                    .keySet()
                    .forEach(channel -> batch.delete(table, key(cursor) + SEPARATOR + channel));
        }

        /// How many rows change.
        public int size() {
            return batch.size();
        }

        /// Stores them. The future completes after the durable commit; it fails with
        /// [StorageDegradedException].
        public CompletableFuture<Void> commit() {
            return store.commit(batch);
        }
    }

    private static String key(StoredCursor cursor) {
        return cursor.user() + SEPARATOR + cursor.name();
    }

    private static byte[] encode(StoredCursor cursor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(cursor.created().toEpochMilli());
            out.writeLong(cursor.lastSeen().toEpochMilli());
            out.writeUTF(cursor.channels());
            // a filter can be longer than writeUTF takes
            out.write(cursor.filter().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static StoredCursor cursor(String[] key, byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            Instant created = Instant.ofEpochMilli(in.readLong());
            Instant lastSeen = Instant.ofEpochMilli(in.readLong());
            String channels = in.readUTF();
            String filter = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new StoredCursor(key[0], key[1], channels, filter, created, lastSeen, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(StoredCursor.Place place) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(place.offset());
            out.writeUTF(place.epoch());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static StoredCursor.Place place(byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            long offset = in.readLong();
            return new StoredCursor.Place(in.readUTF(), offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
