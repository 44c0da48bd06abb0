package io.netsentinel.transport;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds out which process listens on a TCP port, as far as Linux tells this user.
public final class PortOwner {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    private PortOwner() {}

    /// `nginx, pid 1234`; empty when it cannot be told.
    public static Optional<String> find(int port) {
        try {
            for (String table : List.of("net/tcp", "net/tcp6")) {
                Optional<String> socket = socket(PROC.resolve(table), port);
                if (socket.isPresent()) {
                    return process(socket.get());
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // not Linux, or not ours to see
        }
        return Optional.empty();
    }

    private static Optional<String> socket(Path table, int port) throws IOException {
        String suffix = ":%04X".formatted(port);
        for (String line : Files.readAllLines(table)) {
            String[] columns = line.trim().split("\\s+", -1);
            if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
                return Optional.of("socket:[" + columns[9] + "]");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> process(String socket) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, socket)) {
                    String name = Files.readString(process.resolve("comm")).trim();
                    return Optional.of(name + ", pid " + process.getFileName());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // gone, or another user's
        }
        return false;
    }
}
