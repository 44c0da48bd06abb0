package io.netsentinel.it;

import java.nio.file.Files;
import java.nio.file.Path;

/// Real captures that may lie in `../shared/data` beside the project. They are not part of it.
final class SampleData {
    static final String AVAILABLE = "io.netsentinel.it.SampleData#available";
    static final String MISSING = "needs the sample data in ../shared/data beside the project";

    private SampleData() {}

    static boolean available() {
        return Files.isDirectory(folder());
    }

    /// Tests run in `it-tests`.
    static Path folder() {
        return Path.of("..", "..", "shared", "data").toAbsolutePath().normalize();
    }

    static Path eve(String name) {
        return folder().resolve("eve").resolve(name);
    }
}
