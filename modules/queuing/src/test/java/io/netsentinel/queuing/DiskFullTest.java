package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Needs a small file system of its own: a tmpfs, which only root may mount. Elsewhere the tests
/// show as skipped.
@EnabledIf("mayMount")
@Timeout(120)
class DiskFullTest {

    private static final String LARGE = "x".repeat(4_000);

    @TempDir Path mount;

    static boolean mayMount() {
        try {
            Path probe = Files.createTempDirectory("tmpfs");
            boolean mounted =
                    run("mount", "-t", "tmpfs", "-o", "size=1m", "none", probe.toString());
            if (mounted) {
                run("umount", probe.toString());
            }
            Files.delete(probe);
            return mounted;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    @BeforeEach
    void mountSmallDisk() {
        assertThat(run("mount", "-t", "tmpfs", "-o", "size=24m", "none", mount.toString()))
                .isTrue();
    }

    @AfterEach
    void unmount() {
        run("umount", mount.toString());
    }

    private static void awaitOk(EventLog log) throws InterruptedException {
        CountDownLatch ok = new CountDownLatch(1);
        try (Registration _ =
                log.onHealth(health -> {
                    if (health instanceof StorageHealth.Ok) {
                        ok.countDown();
                    }
                })) {
            if (log.health() instanceof StorageHealth.Ok) {
                return;
            }
            assertThat(ok.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// Appends until it is refused; returns the texts that were acknowledged.
    private static List<String> fill(EventLog log, int from) {
        List<String> acknowledged = new ArrayList<>();
        for (int i = from; ; i++) {
            try {
                Logs.append(log, "alerts", LARGE + i);
                acknowledged.add(LARGE + i);
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StorageDegradedException.class);
                return acknowledged;
            }
        }
    }

    private void refusesReadsOnAndRecovers(LogSettings settings) throws Exception {
        Path data = mount.resolve("data");
        Path ballast = mount.resolve("ballast");
        Files.write(ballast, new byte[8 << 20]);
        List<String> acknowledged;
        try (EventLog log = EventLog.open(data, settings)) {
            acknowledged = fill(log, 0);
            assertThat(log.health()).isInstanceOf(StorageHealth.Degraded.class);
            assertThat(Logs.texts(log, "alerts")).containsExactlyElementsOf(acknowledged);
            assertThatThrownBy(() -> log.create("another"))
                    .isInstanceOf(StorageDegradedException.class);
            assertThatThrownBy(() ->
                            log.store()
                                    .commit(
                                            new StoreBatch()
                                                    .put(log.store().table("t"), "k", new byte[1]))
                                    .join())
                    .hasCauseInstanceOf(StorageDegradedException.class);
            Files.delete(ballast);
            awaitOk(log);
            Logs.append(log, "alerts", "again");
            acknowledged.add("again");
            log.store()
                    .commit(new StoreBatch().put(log.store().table("t"), "k", new byte[1]))
                    .join();
            assertThat(Logs.texts(log, "alerts")).containsExactlyElementsOf(acknowledged);
            assertThat(log.reports()).isEmpty();
        }
        try (EventLog log = EventLog.open(data, settings)) {
            assertThat(Logs.texts(log, "alerts")).containsExactlyElementsOf(acknowledged);
            assertThat(log.reports()).isEmpty();
        }
    }

    @Test
    void belowTheReserveAppendsAreRefusedAndRecoverByThemselves() throws Exception {
        refusesReadsOnAndRecovers(LogSettings.defaults());
    }

    @Test
    void whenTheDiskIsFullToTheLastByteNothingAcknowledgedIsLost() throws Exception {
        refusesReadsOnAndRecovers(LogSettings.defaults().withDisk(1L << 30, 0));
    }

    @Test
    void aReadOnlyDataDirectoryIsRefusedInOneLine() {
        Path data = mount.resolve("data");
        try (EventLog log = EventLog.open(data, Logs.settings())) {
            Logs.append(log, "alerts", "before");
        }
        assertThat(run("mount", "-o", "remount,ro", mount.toString())).isTrue();
        assertThatThrownBy(() -> EventLog.open(data, Logs.settings()))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(data.toString());
        assertThat(run("mount", "-o", "remount,rw", mount.toString())).isTrue();
        try (EventLog log = EventLog.open(data, Logs.settings())) {
            assertThat(Logs.texts(log, "alerts")).containsExactly("before");
        }
    }
}
