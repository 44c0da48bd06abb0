package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorTableTest {

    private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir Path directory;

    private static StoredCursor cursor(String user, String name, String... channels) {
        Map<String, StoredCursor.Place> places = new java.util.HashMap<>();
        for (String channel : channels) {
            places.put(channel, new StoredCursor.Place("e1", channel.length()));
        }
        return new StoredCursor(user, name, "lab.*", "n > 1", THEN, THEN.plusMillis(5), places);
    }

    private static void put(CursorTable table, StoredCursor cursor) {
        CursorTable.Changes changes = table.changes();
        changes.describe(cursor);
        cursor.places().forEach((channel, place) -> changes.move(cursor, channel, place));
        changes.commit().join();
    }

    @Test
    void everythingIsThereAfterAReopening() {
        StoredCursor one = cursor("ada", "desk", "lab.a", "lab.bc");
        StoredCursor two = cursor("ada", "desk-2");
        StoredCursor three = cursor("bob", "desk", "lab.a");
        try (EventLog log = Logs.open(directory)) {
            CursorTable table = new CursorTable(log.store());
            put(table, three);
            put(table, one);
            put(table, two);
        }
        try (EventLog log = Logs.open(directory)) {
            assertThat(new CursorTable(log.store()).all()).containsExactly(one, two, three);
        }
    }

    @Test
    void aPlaceMovesByItselfAndARemovedCursorLeavesNothing() {
        try (EventLog log = Logs.open(directory)) {
            CursorTable table = new CursorTable(log.store());
            StoredCursor one = cursor("ada", "desk", "lab.a", "lab.bc");
            put(table, one);
            CursorTable.Changes changes = table.changes();
            changes.move(one, "lab.a", new StoredCursor.Place("e2", 99));
            changes.commit().join();
            assertThat(table.all().getFirst().places())
                    .containsEntry("lab.a", new StoredCursor.Place("e2", 99))
                    .containsEntry("lab.bc", new StoredCursor.Place("e1", 6));
            CursorTable.Changes removal = table.changes();
            removal.remove(one);
            removal.commit().join();
            assertThat(table.all()).isEmpty();
            assertThat(log.store().table("cursors").scan("", Table.END, 10)).isEmpty();
        }
    }

    @Test
    void aFilterMayBeLong() {
        try (EventLog log = Logs.open(directory)) {
            CursorTable table = new CursorTable(log.store());
            StoredCursor one =
                    new StoredCursor(
                            "ada", "desk", "alerts", "ä".repeat(70_000), THEN, THEN, Map.of());
            put(table, one);
            assertThat(table.all()).containsExactly(one);
        }
    }
}
