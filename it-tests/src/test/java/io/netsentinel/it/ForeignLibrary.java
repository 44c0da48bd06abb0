package io.netsentinel.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// WebSocket libraries that nobody here wrote, each with a small script around it.
enum ForeignLibrary {
    /// The npm package `ws` in a Node process.
    NODE_WS,
    /// The Python package `websockets`.
    PYTHON_WEBSOCKETS;

    private static final String PACKAGE = "ws@8.23.0";
    private static final Path FOLDER = Path.of("target", "ws-client").toAbsolutePath();
    private static final int INSTALL_SECONDS = 120;
    private static final int PROBE_SECONDS = 30;

    private static final Optional<List<String>> NODE = node();
    private static final Optional<List<String>> PYTHON = python();

    /// Whether Node and npm are there and the package could be had.
    static boolean hasNode() {
        return NODE.isPresent();
    }

    /// Whether there is a Python with the package.
    static boolean hasPython() {
        return PYTHON.isPresent();
    }

    /// Where the scripts are and run.
    static Path folder() {
        return FOLDER;
    }

    /// What starts the script; address, wishes and messages follow.
    List<String> command() {
        return (switch (this) {
                    case NODE_WS -> NODE;
                    case PYTHON_WEBSOCKETS -> PYTHON;
                })
                .orElseThrow();
    }

    private static Optional<List<String>> node() {
        try {
            script("ws-client.cjs");
            Path installed = FOLDER.resolve("node_modules/ws/package.json");
            if (!Files.exists(installed)) {
                run(
                        INSTALL_SECONDS,
                        "npm",
                        "install",
                        "--no-save",
                        "--no-audit",
                        "--no-fund",
                        "--ignore-scripts",
                        "--prefix",
                        FOLDER.toString(),
                        PACKAGE);
            }
            return Files.exists(installed)
                    ? Optional.of(List.of("node", "ws-client.cjs", FOLDER.toString()))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // there is no npm
        }
    }

    /// A Python of one's own choice may not see the packages of the system's.
    private static Optional<List<String>> python() {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                script("ws-client.py");
                if (run(PROBE_SECONDS, python, "-c", "import websockets")) {
                    return Optional.of(List.of(python, "ws-client.py"));
                }
            } catch (IOException _) {
                // there is none of this name
            }
        }
        return Optional.empty();
    }

    private static void script(String name) throws IOException {
        Files.createDirectories(FOLDER);
        try (InputStream script = ForeignLibrary.class.getResourceAsStream(name)) {
            Files.copy(
                    Objects.requireNonNull(script),
                    FOLDER.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean run(int seconds, String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve("install.log").toFile())
                        .start();
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
