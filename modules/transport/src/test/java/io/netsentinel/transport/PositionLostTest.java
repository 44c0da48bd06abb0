package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.queuing.StorageHealth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A channel begins a new epoch while it is read: after a write error its newest events are missing
/// from the file. Needs a small file system, which only root may mount; elsewhere it is skipped.
@EnabledIf("mayMount")
final class PositionLostTest {
    private static final String LARGE = "{\"text\":\"" + "x".repeat(4_000) + "\"}";

    @TempDir Path folder;
    private Path mount;
    private StreamFixture at;

    static boolean mayMount() throws IOException {
        Path probe = Files.createTempDirectory("tmpfs");
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "none", probe.toString());
        if (mounted) {
            run("umount", probe.toString());
        }
        Files.delete(probe);
        return mounted;
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    @BeforeEach
    void open() throws IOException {
        mount = Files.createDirectory(folder.resolve("small"));
        assertThat(run("mount", "-t", "tmpfs", "-o", "size=24m", "none", mount.toString()))
                .isTrue();
        at =
                new StreamFixture(
                        mount.resolve("data"),
                        StreamFixture.Options.defaults()
                                .with(LogSettings.defaults().withDisk(1L << 30, 0)));
    }

    @AfterEach
    void close() {
        at.close();
        run("umount", mount.toString());
    }

    @Test
    void positionLost_4010_whenAChannelBeginsANewEpochWhileItIsRead() throws Exception {
        StreamClient reader = at.as(Role.VIEWER);
        String epoch = reader.ask("subscribe", "'channel':'network'").path("epoch").asText();
        at.publish("network", LARGE, 3);
        reader.events(3);
        Path segment = segment();
        Path older = Files.copy(segment, folder.resolve("older"));
        at.publish("network", LARGE, 3);
        assertThat(reader.events(3).getLast().path("offset").asLong()).isEqualTo(6);
        long tail = fillTheDisk();
        reader.events((int) (tail - 6));

        overwrite(segment, Files.readAllBytes(older));
        CountDownLatch repaired = new CountDownLatch(1);
        try (var _ =
                at.log.onHealth(health -> {
                    if (health instanceof StorageHealth.Ok) {
                        repaired.countDown();
                    }
                })) {
            Files.delete(mount.resolve("ballast"));
            assertThat(repaired.await(30, TimeUnit.SECONDS)).isTrue();
        }
        at.publish("network", "{}");

        JsonNode disconnect = reader.await("disconnect");
        assertThat(disconnect.path("code").asInt()).isEqualTo(CloseCode.POSITION_LOST.number());
        assertThat(disconnect.path("reconnect").asBoolean()).isTrue();
        assertThat(reader.closeCode()).isEqualTo(CloseCode.POSITION_LOST.number());
        goesOn(epoch, tail);
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(mount.resolve("data/log"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".mv.db"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// In place: there is no room for another file.
    private static void overwrite(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.truncate(content.length);
        }
    }

    /// Whoever had everything goes on behind it, in the new epoch.
    private void goesOn(String epoch, long tail) {
        StreamClient again = at.as(Role.VIEWER);
        JsonNode subscribed =
                again.ask(
                        "subscribe",
                        "'channel':'network','offset':" + tail + ",'epoch':'" + epoch + "'");
        assertThat(subscribed.path("recovered").asBoolean()).isTrue();
        assertThat(subscribed.path("epoch").asText()).isNotEqualTo(epoch);
        assertThat(again.events(1).getFirst().path("offset").asLong()).isEqualTo(tail + 1);
    }

    /// @return the newest offset that was acknowledged
    private long fillTheDisk() throws IOException {
        Path ballast = mount.resolve("ballast");
        long room = mount.toFile().getUsableSpace() - (2 << 20);
        Files.write(ballast, new byte[(int) room]);
        long newest = 6;
        while (true) {
            try {
                newest = at.publish("network", LARGE);
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StorageDegradedException.class);
                return newest;
            }
        }
    }
}
