package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive of classes in the runtime is used where the zip was unpacked, which is not where it
/// was made.
final class ClassArchiveIT {
    private static final double NEARLY_ALL = 0.95;

    @TempDir private Path folder;

    /// `-Xshare:on` refuses to start without the archive.
    @Test
    void aStartFindsNearlyAllClassesInTheArchive() throws IOException {
        Path classes = folder.resolve("classes.log");
        try (ServerProcess server =
                ServerProcess.start(
                        Launch.of(
                                        "serve",
                                        "--data",
                                        folder.resolve("data").toString(),
                                        "--port",
                                        "0")
                                .environment(
                                        "NETSENTINEL_JAVA_OPTS",
                                        "-Xshare:on -Xlog:class+load:file=" + classes),
                        folder.resolve("server.log"))) {
            assertThat(server.port()).isPositive();
        }
        List<String> loaded = Files.readAllLines(classes);
        long archived =
                loaded.stream().filter(line -> line.contains("shared objects file")).count();
        assertThat(loaded).anyMatch(line -> line.contains("io.netsentinel.app.Application "));
        assertThat((double) archived / loaded.size())
                .as("%d of %d classes", archived, loaded.size())
                .isGreaterThan(NEARLY_ALL);
    }
}
