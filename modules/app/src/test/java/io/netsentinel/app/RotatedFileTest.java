package io.netsentinel.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatedFileTest {
    @TempDir private Path folder;

    private RotatedFile open(long largest, int older) throws IOException {
        return new RotatedFile(folder.resolve("sub/server.log"), largest, older, new JsonLines());
    }

    private static void say(RotatedFile log, int number) {
        log.publish(new LogRecord(Level.INFO, "line " + number + "\nwith \"quotes\""));
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve("sub").resolve(name));
    }

    @Test
    void filesStayBelowTheLimitAndNoLineOfThoseKeptIsLostOrTorn() throws IOException {
        try (var log = closing(open(1_000, 3))) {
            for (int number = 0; number < 40; number++) {
                say(log.file(), number);
            }
        }
        List<String> all = new ArrayList<>();
        for (String name : List.of("server.log.3", "server.log.2", "server.log.1", "server.log")) {
            assertThat(Files.size(folder.resolve("sub").resolve(name))).isBetween(1L, 1_000L);
            all.addAll(lines(name));
        }
        assertThat(all).allMatch(line -> line.startsWith("{\"@timestamp\":") && line.endsWith("}"));
        int first = 40 - all.size();
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i)).contains("line " + (first + i) + "\\\\u000a");
        }
        try (Stream<Path> files = Files.list(folder.resolve("sub"))) {
            assertThat(files).hasSize(4);
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("sub/server.log"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatCannotBePutAsideGrowsOnAndLosesNoLine() throws IOException {
        Path inTheWay = folder.resolve("sub/server.log.1/something");
        Files.createDirectories(inTheWay);
        try (var log = closing(open(1_000, 1))) {
            for (int number = 0; number < 40; number++) {
                say(log.file(), number);
            }
        }
        assertThat(lines("server.log")).hasSize(40);
        assertThat(inTheWay).exists();
    }

    @Test
    void aRestartGoesOnInTheSameFile() throws IOException {
        for (int run = 0; run < 2; run++) {
            try (var log = closing(open(10_000, 1))) {
                say(log.file(), run);
            }
        }
        assertThat(lines("server.log")).hasSize(2);
    }

    @Test
    void whatSomebodyElseMovedAwayIsBegunAnew() throws IOException {
        try (var log = closing(open(10_000, 1))) {
            say(log.file(), 1);
            Files.move(folder.resolve("sub/server.log"), folder.resolve("sub/moved"));
            Path file = folder.resolve("sub/server.log");
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (!Files.exists(file) && System.nanoTime() < deadline) {
                say(log.file(), 2);
            }
            say(log.file(), 3);
            assertThat(lines("server.log").getLast()).contains("line 3");
            assertThat(lines("moved").getFirst()).contains("line 1");
        }
    }

    /// `Handler` is no `AutoCloseable`.
    private record Closing(RotatedFile file) implements AutoCloseable {
        @Override
        public void close() {
            file.close();
        }
    }

    private static Closing closing(RotatedFile file) {
        return new Closing(file);
    }
}
