package io.netsentinel.queuing;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/// Direct messages and their clients as they are stored.
///
/// `messages` holds the messages, in the order they are delivered in, and has no second copy;
/// `inboxes` holds the clients and the last number given out, and has one.
final class InboxTable {

    private static final String MESSAGES = "messages";
    private static final String INBOXES = "inboxes";
    private static final String LAST = "last";
    private static final char SEPARATOR = '\0';
    private static final int HIGHEST = 3;
    private static final int SLICE = 100;
    private static final int HEAD = 2 * Long.BYTES;
    private static final int HEX = 16;

    private final Store store;

    InboxTable(Store store) {
        this.store = store;
    }

    static String key(String user, String client) {
        return user + SEPARATOR + client;
    }

    private static String key(Inbox inbox, int priority, long seq) {
        return key(inbox.user(), inbox.client())
                + SEPARATOR
                + (HIGHEST - priority)
                + "%016x".formatted(seq);
    }

    /// The greatest number given out.
    long last() {
        return store.get(INBOXES, LAST).map(value -> ByteBuffer.wrap(value).getLong()).orElse(0L);
    }

    /// Every client, as last seen and lost.
    void clients(BiConsumer<String[], long[]> each) {
        for (List<Row> rows = slice(INBOXES, ""); !rows.isEmpty(); rows = after(INBOXES, rows)) {
            for (Row row : rows) {
                String[] parts = row.key().split("\0", -1);
                if (parts.length == 2) {
                    ByteBuffer value = ByteBuffer.wrap(row.value());
                    each.accept(parts, new long[] {value.getLong(), value.getLong()});
                }
            }
        }
    }

    /// Every message.
    void messages(BiConsumer<String[], Inbox.Waiting> each) {
        for (List<Row> rows = slice(MESSAGES, ""); !rows.isEmpty(); rows = after(MESSAGES, rows)) {
            for (Row row : rows) {
                String[] parts = row.key().split("\0", -1);
                ByteBuffer value = ByteBuffer.wrap(row.value());
                String place = parts[2];
                each.accept(
                        parts,
                        new Inbox.Waiting(
                                Long.parseUnsignedLong(place.substring(1, 1 + HEX), HEX),
                                HIGHEST - (place.charAt(0) - '0'),
                                value.getLong(),
                                value.getLong(),
                                row.value().length - HEAD,
                                new CompletableFuture<>()));
            }
        }
    }

    private List<Row> slice(String table, String from) {
        return store.scan(table, from, Table.END, SLICE);
    }

    private List<Row> after(String table, List<Row> rows) {
        return slice(table, rows.getLast().key() + SEPARATOR);
    }

    /// Stores a message. The number it has is stored before it.
    CompletableFuture<Void> add(Inbox inbox, Inbox.Waiting one, byte[] data) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(one.seq()).array();
        var _ = store.commit(new StoreBatch().put(store.table(INBOXES), LAST, number));
        byte[] value =
                ByteBuffer.allocate(HEAD + data.length)
                        .putLong(one.time())
                        .putLong(one.expires())
                        .put(data)
                        .array();
        return store.commitDerived(
                new StoreBatch()
                        .put(store.table(MESSAGES), key(inbox, one.priority(), one.seq()), value)
                        .changes());
    }

    void remove(Inbox inbox, List<Inbox.Waiting> some) {
        StoreBatch batch = new StoreBatch();
        some.forEach(
                one -> batch.delete(store.table(MESSAGES), key(inbox, one.priority(), one.seq())));
        var _ = store.commitDerived(batch.changes());
    }

    void describe(Inbox inbox) {
        byte[] value =
                ByteBuffer.allocate(HEAD)
                        .putLong(inbox.lastSeen())
                        .putLong(inbox.lost() - inbox.told())
                        .array();
        var _ =
                store.commit(
                        new StoreBatch()
                                .put(
                                        store.table(INBOXES),
                                        key(inbox.user(), inbox.client()),
                                        value));
    }

    void forget(Inbox inbox) {
        var _ =
                store.commit(
                        new StoreBatch()
                                .delete(store.table(INBOXES), key(inbox.user(), inbox.client())));
    }

    /// The data of some messages, in their order; empty for what is not there.
    CompletableFuture<List<Optional<byte[]>>> data(Inbox inbox, List<Inbox.Waiting> some) {
        List<String> keys =
                some.stream().map(one -> key(inbox, one.priority(), one.seq())).toList();
        return store.getLater(MESSAGES, keys)
                .thenApply(found ->
                        keys.stream()
                                .map(key -> Optional.ofNullable(found.get(key)))
                                .map(value -> value.map(InboxTable::payload))
                                .toList());
    }

    private static byte[] payload(byte[] value) {
        return java.util.Arrays.copyOfRange(value, HEAD, value.length);
    }
}
