package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A real OpenSearch in a process of its own. Its libraries are fetched by the build.
final class OpenSearch implements AutoCloseable {
    static final String USABLE = "io.netsentinel.it.OpenSearch#usable";
    static final String MISSING =
            "the build has not fetched OpenSearch (target/opensearch.classpath)";
    private static final Path CLASS_PATH = Path.of("target", "opensearch.classpath");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private OpenSearch(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean usable() {
        return Files.isReadable(CLASS_PATH);
    }

    /// Starts it and waits until it answers.
    static OpenSearch start(Path folder) {
        try {
            int port = ServerProcess.freePort();
            Path source = folder.resolve("OpenSearchNode.java");
            try (var in = OpenSearch.class.getResourceAsStream("OpenSearchNode.java")) {
                Files.write(source, java.util.Objects.requireNonNull(in).readAllBytes());
            }
            Path log = folder.resolve("opensearch.log");
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx512m",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    Files.readString(CLASS_PATH).strip(),
                                    source.toString(),
                                    folder.resolve("opensearch").toString(),
                                    Integer.toString(port),
                                    Integer.toString(ServerProcess.freePort()))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            OpenSearch node = new OpenSearch(process, port);
            Await.until(
                    "OpenSearch is ready",
                    PATIENCE,
                    () -> {
                        if (!process.isAlive()) {
                            throw new AssertionError("OpenSearch ended: " + read(log));
                        }
                        return read(log).contains("READY");
                    });
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
