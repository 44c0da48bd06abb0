package io.netsentinel.integrations.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.integrations.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A real PostgreSQL as a process of its own, on loopback. It does not run as root, so as root it
/// is started as the user `postgres`.
final class Postgres implements AutoCloseable {
    static final String INSTALLED = "io.netsentinel.integrations.postgresql.Postgres#installed";
    static final String MISSING =
            "PostgreSQL is not installed; ./test installs it as root on Debian";
    static final String PASSWORD = "correct horse 'battery'";

    private static final Path HOMES = Path.of("/usr/lib/postgresql");
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    private final Path folder;
    private final Path home;
    private final int port;
    private final TestCertificate certificate;
    private Process process;

    private Postgres(Path folder) {
        this.folder = folder;
        this.home = home().orElseThrow();
        this.port = freePort();
        try {
            Files.writeString(folder.resolve("password"), PASSWORD);
            this.certificate = TestCertificate.make(folder, "postgres", "ip:127.0.0.1");
            Files.setPosixFilePermissions(
                    certificate.key(), PosixFilePermissions.fromString("rw-------"));
            if (root()) {
                run(List.of("chown", "-R", "postgres", folder.toString()));
            }
            run(
                    as(
                            home.resolve("initdb").toString(),
                            "-D",
                            folder.resolve("data").toString(),
                            "-U",
                            "sensor",
                            "-A",
                            "scram-sha-256",
                            "--pwfile",
                            folder.resolve("password").toString(),
                            "--no-sync"));
            this.process = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Postgres start(Path folder) {
        return new Postgres(folder);
    }

    static boolean installed() {
        return home().isPresent();
    }

    private static Optional<Path> home() {
        if (!Files.isDirectory(HOMES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(HOMES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> as(String... words) {
        List<String> command = new ArrayList<>();
        if (root()) {
            command.addAll(
                    List.of(
                            "setpriv",
                            "--reuid",
                            "postgres",
                            "--regid",
                            "postgres",
                            "--clear-groups"));
        }
        command.addAll(List.of(words));
        return command;
    }

    private String run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(folder.toFile());
        builder.environment().put("PGPASSWORD", PASSWORD);
        Process run = builder.start();
        String said = new String(run.getInputStream().readAllBytes(), UTF_8);
        try {
            if (run.waitFor() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return said;
    }

    private Process start() throws IOException {
        Process started =
                new ProcessBuilder(
                                as(
                                        home.resolve("postgres").toString(),
                                        "-D",
                                        folder.resolve("data").toString(),
                                        "-p",
                                        Integer.toString(port),
                                        "-k",
                                        folder.toString(),
                                        "-c",
                                        "listen_addresses=127.0.0.1",
                                        "-c",
                                        "ssl=on",
                                        "-c",
                                        "ssl_cert_file=" + certificate.certificate(),
                                        "-c",
                                        "ssl_key_file=" + certificate.key(),
                                        "-c",
                                        "fsync=off"))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("server.log").toFile()))
                        .start();
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            try {
                sql("SELECT 1");
                return started;
            } catch (UncheckedIOException e) {
                if (!started.isAlive() || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    /// By PostgreSQL's own client.
    void sql(String statement) {
        try {
            run(
                    List.of(
                            home.resolve("psql").toString(),
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            "-U",
                            "sensor",
                            "-d",
                            "postgres",
                            "-c",
                            statement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it shows to those who want TLS.
    TestCertificate certificate() {
        return certificate;
    }

    String url() {
        return "postgresql://127.0.0.1:" + port + "/postgres";
    }

    void away() {
        try {
            // at once, whoever is connected
            run(List.of("kill", "-QUIT", Long.toString(process.pid())));
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void back() {
        try {
            process = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            away();
        }
    }
}
