package io.netsentinel.integrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The public sample data, which stands beside the checkout and is never part of it.
public final class SampleData {
    public static final Path EVE = Path.of("../../../shared/data/eve");

    private static final Path ALL = Path.of("../../../shared/data");

    private SampleData() {}

    /// A file of it.
    public static Path file(String folder, String name) {
        return ALL.resolve(folder).resolve(name);
    }

    /// The lines of a file as they are, which need not be text.
    public static List<byte[]> rawLines(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            List<byte[]> lines = new ArrayList<>();
            int start = 0;
            for (int i = 0; i <= bytes.length; i++) {
                if (i == bytes.length || bytes[i] == '\n') {
                    if (i > start) {
                        lines.add(Arrays.copyOfRange(bytes, start, i));
                    }
                    start = i + 1;
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
