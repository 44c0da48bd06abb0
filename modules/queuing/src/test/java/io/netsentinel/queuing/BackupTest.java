package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir Path directory;

    private final ManualClock clock = new ManualClock();

    private EventLog open(String name) {
        return Logs.open(directory.resolve(name), Logs.segmentsOf(100), clock);
    }

    private Path file() {
        return directory.resolve("backup.zip");
    }

    @Test
    void aRestoredLogGoesOnAtTheSameOffsetsOfTheSameEpochs() throws IOException {
        ChannelState alerts;
        int last;
        try (EventLog log = open("data")) {
            last = Logs.fillSegments(log, "alerts", 4);
            Logs.append(log, "audit", "one");
            Table table = log.store().table("users");
            log.store().commit(new StoreBatch().put(table, "ann", "admin".getBytes(UTF_8))).join();
            alerts = log.state("alerts").orElseThrow();
            BackupReport report = log.backup(file());
            assertThat(report.tails()).containsEntry("alerts", (long) last);
            assertThat(report.bytes()).isEqualTo(Files.size(file()));
            Logs.append(log, "alerts", "afterwards");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        EventLog.restore(file(), directory.resolve("copy"));
        try (EventLog copy = open("copy")) {
            assertThat(copy.reports()).isEmpty();
            assertThat(Logs.texts(copy, "alerts")).isEqualTo(Logs.numbers(1, last));
            assertThat(copy.state("alerts")).hasValue(alerts);
            assertThat(copy.recoverable("alerts", alerts.epoch(), last)).isTrue();
            assertThat(copy.store().table("users").get("ann")).hasValue("admin".getBytes(UTF_8));
            assertThat(Logs.append(copy, "alerts", "next").getFirst().offset()).isEqualTo(last + 1);
        }
    }

    @Test
    void aBackupWhileEventsComeIsWholeUpToOneMoment() throws InterruptedException {
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicReference<Boolean> going = new AtomicReference<>(true);
        int before;
        BackupReport report;
        try (EventLog log = open("data")) {
            Thread publisher =
                    Thread.ofPlatform()
                            .start(() -> {
                                int next = 1;
                                while (going.get()) {
                                    Logs.appendNumbers(log, "network", next, next + 19);
                                    next += 20;
                                    acknowledged.set(next - 1);
                                }
                            });
            while (acknowledged.get() < 500) {
                Thread.onSpinWait();
            }
            before = acknowledged.get();
            report = log.backup(file());
            going.set(false);
            publisher.join();
        }
        EventLog.restore(file(), directory.resolve("copy"));
        int held = report.tails().getOrDefault("network", 0L).intValue();
        assertThat(held).isBetween(before, acknowledged.get());
        try (EventLog copy = open("copy")) {
            assertThat(copy.reports()).isEmpty();
            assertThat(Logs.texts(copy, "network")).isEqualTo(Logs.numbers(1, held));
        }
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        try (EventLog log = open("data")) {
            Logs.append(log, "alerts", "one");
            log.backup(file());
            byte[] before = Files.readAllBytes(file());
            assertThatThrownBy(() -> log.backup(file()))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("exists already");
            assertThat(Files.readAllBytes(file())).isEqualTo(before);
            assertThatThrownBy(() -> EventLog.restore(file(), directory.resolve("data")))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("is not empty");
            assertThatThrownBy(() -> log.backup(directory.resolve("none").resolve("b.zip")))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("cannot write the backup");
            assertThat(directory.resolve("data").resolve("backup.tmp")).doesNotExist();
        }
    }

    @Test
    void whatIsDamagedOrNoBackupIsNotRestored() throws IOException {
        try (EventLog log = open("data")) {
            Logs.appendNumbers(log, "alerts", 1, 200);
            log.backup(file());
        }
        byte[] whole = Files.readAllBytes(file());
        Path cut = directory.resolve("cut.zip");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        Path bad = Files.write(directory.resolve("bad.zip"), flipped);
        Path other = Files.writeString(directory.resolve("other.zip"), "no zip");
        Path evil = directory.resolve("evil.zip");
        try (OutputStream out = Files.newOutputStream(evil);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("netsentinel-backup"));
            zip.write("netsentinel-backup 1\n".getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("../escaped"));
            zip.write(1);
        }
        for (Path file : new Path[] {cut, bad, other, evil, directory.resolve("none.zip")}) {
            Path target = directory.resolve("target");
            assertThatThrownBy(() -> EventLog.restore(file, target))
                    .as(file.toString())
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("cannot be restored");
            assertThat(target).doesNotExist();
        }
        assertThat(directory.resolve("escaped")).doesNotExist();
    }
}
