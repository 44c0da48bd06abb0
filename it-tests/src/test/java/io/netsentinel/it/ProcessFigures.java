package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What a server uses up, as the system (Linux) and the JDK's own tools say.
///
/// @param heap bytes that live on the heap after a full collection
/// @param threads of the operating system
/// @param files open file descriptors
record ProcessFigures(long heap, int threads, int files) {
    private static final int TOOL_SECONDS = 60;

    /// Whether they can be had here.
    static boolean available() {
        return Files.isDirectory(Path.of("/proc/self/fd")) && Files.isExecutable(tool());
    }

    private static Path tool() {
        return Path.of(System.getProperty("java.home"), "bin", "jcmd");
    }

    /// Collects the server's garbage and looks.
    static ProcessFigures of(ServerProcess server) {
        Path process = Path.of("/proc", Long.toString(server.pid()));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return new ProcessFigures(
                    heap(server.pid()),
                    Integer.parseInt(line(process.resolve("status"), "Threads:")),
                    (int) files.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Open file descriptors alone.
    static int files(ServerProcess server) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Memory the process holds, bytes.
    static long resident(ServerProcess server) {
        return resident(server.pid());
    }

    /// Memory a process holds, bytes.
    static long resident(long pid) {
        try {
            String size = line(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
            return Long.parseLong(size.replaceAll("[^0-9]", "")) << 10;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Path file, String begin) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow()
                .substring(begin.length())
                .strip();
    }

    /// The histogram's last line is the total of what a full collection left.
    private static long heap(long pid) throws IOException {
        Path out = Files.createTempFile("netsentinel-it", ".histogram");
        try {
            Process process =
                    new ProcessBuilder(tool().toString(), Long.toString(pid), "GC.class_histogram")
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            if (!process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("jcmd failed: " + Files.readString(out));
            }
            String total = line(out, "Total");
            return Long.parseLong(total.replaceAll("^[0-9]+ +", ""));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(out);
        }
    }
}
