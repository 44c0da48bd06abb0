package io.netsentinel.integrations.sink.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSinkTest extends SinkContract {
    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("out.ndjson");
    }

    @Override
    protected Sink sink() {
        return sink(Map.of("path", file()));
    }

    private static Sink sink(Map<String, Object> options) {
        return new FileSinkFactory().create(new Options("lab", options));
    }

    @Override
    protected List<Long> got() {
        return offsets(file());
    }

    private static List<Long> offsets(Path path) {
        try {
            return Files.readAllLines(path).stream().map(SinkContract::offset).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theFileIsNotForEverybody() throws IOException {
        try (Sink sink = sink()) {
            sink.deliver(records(1, 1));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .doesNotMatch(".{6}.*[rwx].*");
    }

    @Test
    void itIsPutAsideBeforeItIsTooLargeAndTheOldestAreDeleted() throws IOException {
        Files.writeString(folder.resolve("out.ndjson.mine"), "of somebody else");
        try (Sink sink = sink(Map.of("path", file(), "rotate-size", 4_096L, "rotate-keep", 2L))) {
            for (int i = 1; i <= 50; i++) {
                sink.deliver(records(i, i));
            }
        }
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.sorted().toList();
        }
        assertThat(all).hasSize(4).contains(folder.resolve("out.ndjson.mine"));
        List<Path> aside = all.stream().filter(path -> path.toString().endsWith("Z")).toList();
        assertThat(aside).hasSize(2);
        for (Path one : aside) {
            assertThat(Files.size(one)).isLessThanOrEqualTo(4_096);
        }
        List<Long> kept =
                Stream.of(aside.get(0), aside.get(1), file())
                        .flatMap(path -> offsets(path).stream())
                        .toList();
        assertThat(kept).isEqualTo(range(51 - kept.size(), 50));
    }

    @Test
    void halfALineThatACrashLeftIsCutOff() throws IOException {
        try (Sink sink = sink()) {
            sink.deliver(records(1, 2));
        }
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(whole, whole.length - 7));
        try (Sink sink = sink()) {
            sink.deliver(records(2, 3));
        }
        assertThat(got()).isEqualTo(range(1, 3));
        Files.writeString(file(), "x".repeat(200_000));
        try (Sink sink = sink()) {
            sink.deliver(records(4, 4));
        }
        assertThat(got()).containsExactly(4L);
    }

    @Test
    void aFileThatSomebodyMovedAwayIsBegunAnew() throws IOException {
        try (Sink sink = sink()) {
            sink.deliver(records(1, 2));
            Files.move(file(), folder.resolve("moved"));
            sink.deliver(records(3, 4));
            assertThat(got()).isEqualTo(range(3, 4));
            assertThat(offsets(folder.resolve("moved"))).isEqualTo(range(1, 2));
        }
    }

    @Test
    void aFolderThatIsMissingIsAFailureUntilItIsThere() throws IOException {
        Path deep = folder.resolve("deep").resolve("out");
        try (Sink sink = sink(Map.of("path", deep))) {
            assertThat(failed(sink, records(1, 1))).isTrue();
            Files.createDirectory(folder.resolve("deep"));
            assertThat(sink.deliver(records(1, 1))).isEqualTo(Delivery.ALL);
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> sink(Map.of())).hasMessage("path is missing");
        assertThatThrownBy(() -> sink(Map.of("path", file(), "rotate-size", 1L)))
                .hasMessage("rotate-size: at least 4KiB");
    }
}
