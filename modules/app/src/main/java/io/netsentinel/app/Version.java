package io.netsentinel.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which NetSentinel this is. `build` is the source revision the zip was made from.
record Version(String number, String build) {
    private static final String UNKNOWN = "unknown";

    static Version of(Path home) {
        return new Version(ofModule(), build(home.resolve("lib").resolve("build")));
    }

    static String ofModule() {
        return Optional.ofNullable(Main.class.getModule().getDescriptor())
                .flatMap(java.lang.module.ModuleDescriptor::rawVersion)
                .orElse(UNKNOWN);
    }

    private static String build(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
