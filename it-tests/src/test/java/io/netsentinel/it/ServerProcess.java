package io.netsentinel.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server started from the distribution. Closing it ends it the hard way.
final class ServerProcess implements AutoCloseable {
    private static final String READY = "NetSentinel ready on ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final CompletableFuture<URI> ready = new CompletableFuture<>();

    private ServerProcess(Launch launch, Path log) throws IOException {
        this.log = log;
        process =
                launch.builder()
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        Thread.ofVirtual().start(this::readOutput);
    }

    /// Starts `serve` on a data directory and a port and waits until it is ready. What it logs is
    /// added to `DATA.log`.
    static ServerProcess serve(Path data, int port, String... more) {
        return start(
                Launch.of("serve", "--data", data.toString(), "--port", Integer.toString(port))
                        .with(more),
                data.resolveSibling(data.getFileName() + ".log"));
    }

    static ServerProcess start(Launch launch, Path log) {
        try {
            ServerProcess server = new ServerProcess(launch, log);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A port that is free now.
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readOutput() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                out.add(line);
                if (line.startsWith(READY)) {
                    ready.complete(URI.create(line.substring(READY.length())));
                }
            }
        } catch (IOException _) {
            // It was killed.
        }
        ready.completeExceptionally(new AssertionError("not ready"));
    }

    private void awaitReady() throws IOException {
        try {
            ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new AssertionError("the server did not start: " + Files.readString(log), e);
        } catch (InterruptedException e) {
            close();
            throw new IllegalStateException(e);
        }
    }

    URI address() {
        return ready.join();
    }

    int port() {
        return address().getPort();
    }

    long pid() {
        return process.pid();
    }

    /// The lines of standard output so far.
    List<String> out() {
        return List.copyOf(out);
    }

    /// What it logged so far, over all starts with the same log.
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SIGTERM.
    void terminate() {
        process.destroy();
    }

    /// SIGKILL, and waits for the process to be gone.
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /// Waits for the process to end. Returns its exit code.
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end: " + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// SIGTERM, and the exit code.
    int stop() {
        terminate();
        return awaitExit();
    }

    @Override
    public void close() {
        kill();
    }
}
