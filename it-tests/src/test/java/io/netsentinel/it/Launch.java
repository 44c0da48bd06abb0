package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs `bin/netsentinel` with some words, either to its end or as a [ServerProcess].
final class Launch {
    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Duration patience = Duration.ofMinutes(1);

    private Launch(List<String> words) {
        command.add(Distribution.launcher().toString());
        command.addAll(words);
    }

    /// What a command said.
    record Result(int exit, String out, String err) {}

    static Launch of(String... words) {
        return new Launch(List.of(words));
    }

    Launch with(String... words) {
        return with(List.of(words));
    }

    Launch with(List<String> words) {
        command.addAll(words);
        return this;
    }

    /// How long it may take to end by itself.
    Launch patience(Duration most) {
        patience = most;
        return this;
    }

    Launch environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Waits for the command to end by itself.
    Result run() {
        try {
            Path out = Files.createTempFile("netsentinel-it", ".out");
            Path err = Files.createTempFile("netsentinel-it", ".err");
            Process process =
                    builder().redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            try {
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError(command + " does not end: " + Files.readString(err));
                }
                return new Result(process.exitValue(), read(out), read(err));
            } finally {
                process.destroyForcibly();
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command);
        // Nothing of the machine's own settings, and no other Java than the one in the zip.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("NETSENTINEL_") || name.startsWith("JAVA"));
        builder.environment().putAll(environment);
        return builder;
    }
}
