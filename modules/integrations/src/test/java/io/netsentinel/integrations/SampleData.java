package io.netsentinel.integrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The public sample data, which stands beside the checkout and is never part of it.
public final class SampleData {
    public static final Path EVE = Path.of("../../../shared/data/eve");

    private SampleData() {}

    /// For `@EnabledIf`.
    public static boolean present() {
        return Files.isDirectory(EVE);
    }

    public static List<Path> eveFiles() {
        try (Stream<Path> files = Files.list(EVE)) {
            return files.filter(file -> file.toString().endsWith(".eve.json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
