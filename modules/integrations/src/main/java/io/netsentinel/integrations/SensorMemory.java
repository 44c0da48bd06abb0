package io.netsentinel.integrations;

import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Keeps the sensors in a table, so that a restart forgets none: a new one within a second, the
/// rest every half minute and at the end, because each write costs the main database a page.
final class SensorMemory {
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int PACES = 30;
    private static final Duration FORGOTTEN = Duration.ofDays(30);
    private static final int LONGEST_KEY = 1_024;

    private final Store store;
    private final Table table;
    private final Collection<Sensor> sensors;
    private final Stopper stopper = new Stopper();
    private final Thread thread = Thread.ofVirtual().name("sensors").unstarted(this::run);
    private volatile boolean news;

    /// @param sensors those there are, at any time
    SensorMemory(Store store, Collection<Sensor> sensors) {
        this.store = store;
        this.table = store.table("sensors");
        this.sensors = sensors;
    }

    /// What was kept, without those nobody has heard of for a month.
    List<SensorRecord> recall(Instant now) {
        List<SensorRecord> records =
                table.scan("", Table.END, Sensors.MOST).stream()
                        .flatMap(row -> SensorRecord.of(row.value()).stream())
                        .toList();
        Instant old = now.minus(FORGOTTEN);
        StoreBatch forgotten = new StoreBatch();
        records.stream()
                .filter(record -> record.lastSeen().isBefore(old))
                .forEach(record -> forgotten.delete(table, key(record)));
        if (forgotten.size() > 0) {
            var _ = store.commit(forgotten);
        }
        return records.stream().filter(record -> !record.lastSeen().isBefore(old)).toList();
    }

    void start() {
        thread.start();
    }

    /// There is a sensor that was not there before.
    void more() {
        news = true;
    }

    private void run() {
        for (int pace = 1; !stopper.await(PACE); pace++) {
            if (news || pace % PACES == 0) {
                news = false;
                save();
            }
        }
    }

    /// What cannot be written now is written next time.
    private void save() {
        List<Sensor> changed = sensors.stream().filter(Sensor::takeChanged).toList();
        if (changed.isEmpty()) {
            return;
        }
        StoreBatch batch = new StoreBatch();
        changed.stream()
                .map(Sensor::kept)
                .forEach(record -> batch.put(table, key(record), record.json()));
        var _ =
                store.commit(batch)
                        .exceptionally(_ -> {
                            changed.forEach(Sensor::changed);
                            return null;
                        });
    }

    /// Names are foreign text.
    private static String key(SensorRecord record) {
        String key = "n" + record.name();
        return key.substring(0, Math.min(key.length(), LONGEST_KEY));
    }

    void close() {
        stopper.stop();
        save();
    }
}
