package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    @TempDir Path directory;

    private EventLog log;

    @BeforeEach
    void open() {
        log = Logs.open(directory);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private CompletableFuture<Void> put(String table, String key, String value) {
        return log.store()
                .commit(new StoreBatch().put(log.store().table(table), key, bytes(value)));
    }

    private String get(String table, String key) {
        return log.store().table(table).get(key).map(v -> new String(v, UTF_8)).orElse("");
    }

    @Test
    void aReadSeesEveryBatchSubmittedBefore() {
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Void> _ = put("t", "k", "v" + i);
            assertThat(get("t", "k")).isEqualTo("v" + i);
        }
    }

    @Test
    void changesOfWatchedTablesAreToldWithoutTheirValues() {
        List<StoreChange> told = new CopyOnWriteArrayList<>();
        Registration watch = log.store().onChange(Set.of("t", "u"), told::addAll);
        put("t", "k", "secret").join();
        put("t", "k", "secret").join();
        put("t", "k", "other").join();
        put("x", "k", "unwatched").join();
        Table table = log.store().table("t");
        log.store()
                .commit(
                        new StoreBatch()
                                .put(log.store().table("u"), "a", bytes("1"))
                                .put(log.store().table("u"), "a", bytes("2"))
                                .delete(table, "k")
                                .delete(table, "never-there"))
                .join();
        watch.close();
        put("t", "k", "again").join();
        assertThat(told)
                .containsExactlyInAnyOrder(
                        new StoreChange("t", "k", StoreChange.Kind.CREATED),
                        new StoreChange("t", "k", StoreChange.Kind.UPDATED),
                        new StoreChange("u", "a", StoreChange.Kind.CREATED),
                        new StoreChange("t", "k", StoreChange.Kind.DELETED));
    }

    @Test
    void manyKeysAreReadInOneStep() {
        CompletableFuture<Void> _ = put("t", "a", "1");
        CompletableFuture<Void> _ = put("t", "c", "3");
        CompletableFuture<Void> _ = put("other", "b", "2");

        assertThat(log.store().table("t").getAll(List.of("a", "b", "c", "a")))
                .containsOnlyKeys("a", "c")
                .containsEntry("c", bytes("3"));
        assertThat(log.store().table("t").getAll(List.of())).isEmpty();
    }

    @Test
    void whatWasFlushedIsThereAfterAReopening() {
        CompletableFuture<Void> done = put("users", "admin", "hash");
        log.store().flush();
        assertThat(done).isCompleted();
        put("users", "late", "x").join();
        log.close();
        log = Logs.open(directory);
        assertThat(get("users", "admin")).isEqualTo("hash");
        assertThat(get("users", "late")).isEqualTo("x");
        assertThat(get("users", "unknown")).isEmpty();
    }

    @Test
    void aBatchIsAppliedInOrderAndDeletes() {
        Table table = log.store().table("t");
        log.store()
                .commit(
                        new StoreBatch()
                                .put(table, "a", bytes("1"))
                                .put(table, "b", bytes("2"))
                                .delete(table, "a")
                                .put(table, "b", bytes("3"))
                                .delete(table, "never there"))
                .join();
        assertThat(table.get("a")).isEmpty();
        assertThat(get("t", "b")).isEqualTo("3");
    }

    @Test
    void scansAreOrderedBoundedAndBothWays() {
        Table table = log.store().table("t");
        StoreBatch batch = new StoreBatch();
        IntStream.range(0, 100).forEach(i -> batch.put(table, "k%02d".formatted(i), bytes("" + i)));
        log.store().commit(batch).join();
        assertThat(table.scan("k10", "k13", 10))
                .extracting(Row::key)
                .containsExactly("k10", "k11", "k12");
        assertThat(table.scan("", Table.END, 3))
                .extracting(Row::key)
                .containsExactly("k00", "k01", "k02");
        assertThat(table.scanReverse("k10", "k13", 10))
                .extracting(Row::key)
                .containsExactly("k12", "k11", "k10");
        assertThat(table.scanReverse("", Table.END, 2))
                .extracting(Row::key)
                .containsExactly("k99", "k98");
        assertThat(table.scan("k5", "k5", 10)).isEmpty();
        assertThat(table.scanReverse("z", "a", 10)).isEmpty();
        assertThat(log.store().table("empty").scan("", Table.END, 10)).isEmpty();
    }

    @Test
    void badNamesKeysAndSizesAreRefused() {
        assertThatThrownBy(() -> log.store().table("Bad Name"))
                .isInstanceOf(IllegalArgumentException.class);
        Table table = log.store().table("t");
        assertThatThrownBy(() -> new StoreBatch().put(table, "", bytes("x")))
                .hasMessageContaining("key");
        assertThatThrownBy(() -> new StoreBatch().put(table, "k", new byte[2 << 20]))
                .hasMessageContaining("bytes");
    }

    private Path mainFile() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("store"))) {
            return files.filter(f -> f.toString().endsWith(".mv.db")).findFirst().orElseThrow();
        }
    }

    @Test
    void aDestroyedMainDatabaseIsRestoredFromItsSecondCopy() throws IOException {
        put("users", "admin", "hash").join();
        log.close();
        try (RandomAccessFile file = new RandomAccessFile(mainFile().toFile(), "rw")) {
            file.write(new byte[(int) file.length()]);
        }
        log = Logs.open(directory);
        assertThat(get("users", "admin")).isEqualTo("hash");
        assertThat(log.reports())
                .anyMatch(r -> r.kind() == StorageReport.Kind.MAIN_DATABASE_DAMAGED);
    }

    @Test
    void aFlippedBitInAValueIsNoticedWhileRunning() throws IOException {
        put("users", "admin", "A".repeat(3_000)).join();
        log.close();
        Path file = mainFile();
        byte[] content = Files.readAllBytes(file);
        int at =
                new String(content, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .lastIndexOf("AAAAAAAA");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(at);
            out.write('B');
        }
        log = Logs.open(directory);
        assertThat(get("users", "admin")).isEqualTo("A".repeat(3_000));
        assertThat(log.reports())
                .anyMatch(r -> r.kind() == StorageReport.Kind.MAIN_DATABASE_DAMAGED);
    }

    @Test
    void aGrownFileIsRewrittenWhileItIsUsed() throws IOException {
        Path before = mainFile();
        String large = "x".repeat(500_000);
        for (int i = 0; Files.exists(before); i++) {
            CompletableFuture<Void> _ = put("t", "k" + i % 3, large + i);
            log.store().flush();
            assertThat(get("t", "k" + i % 3)).isEqualTo(large + i);
        }
        assertThat(log.store().table("t").scan("", Table.END, 10)).hasSize(3);
        List<Row> rows = log.store().table("t").scan("", Table.END, 10);
        log.close();
        log = Logs.open(directory);
        assertThat(log.store().table("t").scan("", Table.END, 10))
                .usingRecursiveComparison()
                .isEqualTo(rows);
        assertThat(Files.size(mainFile())).isLessThan(32L << 20);
    }
}
