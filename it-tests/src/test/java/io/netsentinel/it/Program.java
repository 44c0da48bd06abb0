package io.netsentinel.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A program that uses a client of the distribution, and what it says.
final class Program implements AutoCloseable {
    private final Process process;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Thread reader;

    private Program(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        reader = Thread.ofVirtual().start(this::read);
    }

    /// Starts a command in a folder.
    static Program start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path errors = Files.createTempFile(folder, "program", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new Program(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Copies a program of the tests into a folder.
    static Path copy(String name, Path folder) {
        try (InputStream in = Program.class.getResourceAsStream(name)) {
            Path file = folder.resolve(name);
            Files.copy(Objects.requireNonNull(in), file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The `java` that runs the tests: it can run sources, which the one in the zip cannot.
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void read() {
        try (BufferedReader in = process.inputReader()) {
            in.lines().forEach(this::add);
        } catch (IOException | UncheckedIOException _) {
            // It was ended.
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        int end = line.indexOf(' ');
        counts.merge(end < 0 ? line : line.substring(0, end), 1L, Long::sum);
    }

    /// What it said so far.
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /// How many lines began with a word so far.
    synchronized long count(String word) {
        return counts.getOrDefault(word, 0L);
    }

    /// What it said so far that begins with a word, without the word.
    Stream<String> said(String word) {
        return lines().stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1));
    }

    /// Waits until it has said so many lines that begin with a word.
    void awaitSaid(String word, long count) {
        await(count + " times " + word, () -> count(word) >= count);
    }

    /// Waits for a line that is just this.
    void awaitLine(String line) {
        await(line, () -> lines().contains(line));
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            Await.until(what, () -> condition.getAsBoolean() || !reader.isAlive());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + this, e);
        }
        if (!condition.getAsBoolean()) {
            throw new AssertionError("it ended before: " + what + this);
        }
    }

    /// Ends its standard input, or writes into it before.
    void input(String text) {
        try (var out = process.outputWriter()) {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int awaitExit() {
        Await.until("the program ends", () -> !process.isAlive() && !reader.isAlive());
        return process.exitValue();
    }

    @Override
    public String toString() {
        try {
            List<String> said = lines();
            return "\nlast said: "
                    + said.subList(Math.max(0, said.size() - 10), said.size())
                    + "\n"
                    + Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
