package io.netsentinel.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// What surrounds a command: where it prints, its environment variables, and the folder NetSentinel
/// was unpacked into.
record Shell(PrintStream out, PrintStream err, Map<String, String> environment, Path home) {
    static Shell ofProcess() {
        Path home =
                Path.of(System.getProperty("netsentinel.home", ".")).toAbsolutePath().normalize();
        return new Shell(System.out, System.err, System.getenv(), home);
    }
}
