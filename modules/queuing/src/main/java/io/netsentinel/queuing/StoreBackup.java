package io.netsentinel.queuing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A second copy of the tables no projection can make again from the log (users, tokens, cursors):
/// a small file of its own, replaced in one step after changes. It is read only when the main
/// database is damaged.
final class StoreBackup {

    private static final int FORMAT = 0x4e53_4231;
    private static final int SLICE = 1_000;
    private static final long LARGEST_TABLE = 16L * 1024 * 1024;
    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");

    private final Path file;

    StoreBackup(Path directory) {
        this.file = directory.resolve("backup");
    }

    boolean exists() {
        return Files.exists(file);
    }

    void write(MainFile from) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            Set<String> derived = from.derived();
            for (String table : from.tables()) {
                if (!derived.contains(table)) {
                    writeTable(from, table, out);
                }
            }
            out.writeUTF("");
        }
        byte[] content = bytes.toByteArray();
        int checksum = RecordChecksum.of(content);
        Files0600.replace(
                file,
                ByteBuffer.allocate(content.length + Integer.BYTES)
                        .put(content)
                        .putInt(checksum)
                        .array());
    }

    private static void writeTable(MainFile from, String table, DataOutputStream out)
            throws IOException {
        List<Row> rows = rows(from, table);
        out.writeUTF(table);
        out.writeInt(rows.size());
        for (Row row : rows) {
            byte[] key = row.key().getBytes(StandardCharsets.UTF_8);
            out.writeInt(key.length);
            out.write(key);
            out.writeInt(row.value().length);
            out.write(row.value());
        }
    }

    private static List<Row> rows(MainFile from, String table) {
        List<Row> rows = new ArrayList<>();
        long size = 0;
        for (List<Row> slice = from.scan(table, "", Table.END, SLICE);
                !slice.isEmpty();
                slice = from.scan(table, slice.getLast().key() + "\0", Table.END, SLICE)) {
            rows.addAll(slice);
            size += slice.stream().mapToLong(row -> row.value().length).sum();
            if (size > LARGEST_TABLE) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "table " + table + " is too large for a second copy of it");
                return List.of();
            }
        }
        return rows;
    }

    /// All rows of the copy; empty when there is none or it is damaged.
    Optional<List<StoreBatch.Change>> read() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int length = bytes.length - Integer.BYTES;
            byte[] content = Arrays.copyOf(bytes, Math.max(0, length));
            return length > 0
                            && ByteBuffer.wrap(bytes, length, Integer.BYTES).getInt()
                                    == RecordChecksum.of(content)
                    ? Optional.of(decode(content))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<StoreBatch.Change> decode(byte[] content) throws IOException {
        List<StoreBatch.Change> rows = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            if (in.readInt() != FORMAT) {
                throw new IOException("unknown format");
            }
            for (String table = in.readUTF(); !table.isEmpty(); table = in.readUTF()) {
                for (int left = in.readInt(); left > 0; left--) {
                    String key = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
                    rows.add(
                            StoreBatch.Change.put(
                                    table, new Row(key, in.readNBytes(in.readInt()))));
                }
            }
        }
        return rows;
    }
}
