package io.netsentinel.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// What surrounds a command: where it reads and prints, its environment variables, and the folder
/// NetSentinel was unpacked into.
record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path home) {
    static Shell ofProcess() {
        Path home =
                Path.of(System.getProperty("netsentinel.home", ".")).toAbsolutePath().normalize();
        return new Shell(System.in, System.out, System.err, System.getenv(), home);
    }

    /// The first line of standard input, empty when there is none.
    String line() {
        try {
            String line =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                            .readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new CommandException(
                    Exit.FAILED, "cannot read standard input: " + e.getMessage(), e);
        }
    }
}
