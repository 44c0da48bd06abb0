package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/// A real Valkey or Redis server as a process of its own, on loopback.
public final class ValkeyServer implements AutoCloseable {
    public static final String INSTALLED =
            "io.netsentinel.integrations.valkey.ValkeyServer#installed";
    public static final String MISSING =
            "neither valkey-server nor redis-server is installed; ./test installs one as root on"
                    + " Debian";

    private static final String PASSWORD = "correct horse \"battery\"";
    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

    private final Path folder;
    private final int port = freePort();
    private final List<String> more;
    private Process process;

    private ValkeyServer(Path folder, List<String> more) {
        this.folder = folder;
        this.more = more;
        this.process = start();
    }

    /// One that keeps what it has when it is stopped.
    public static ValkeyServer start(Path folder) {
        return new ValkeyServer(folder, List.of());
    }

    /// The same with more settings.
    static ValkeyServer start(Path folder, List<String> settings) {
        return new ValkeyServer(folder, settings);
    }

    public static boolean installed() {
        return program().isPresent();
    }

    private static Optional<String> program() {
        for (String name : List.of("valkey-server", "redis-server")) {
            for (String place : System.getenv("PATH").split(":", -1)) {
                if (Files.isExecutable(Path.of(place, name))) {
                    return Optional.of(Path.of(place, name).toString());
                }
            }
        }
        return Optional.empty();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                program().orElseThrow(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--dir",
                                folder.toString(),
                                "--appendonly",
                                "yes",
                                "--save",
                                ""));
        words.addAll(more);
        try {
            Process started =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("server.log").toFile())
                            .start();
            await(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(Process started) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            try (Jedis client = client()) {
                client.ping();
                return;
            } catch (JedisException _) {
                if (!started.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(
                            "it does not start: "
                                    + Files.readString(folder.resolve("server.log"), UTF_8));
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    /// Says who may do what: a user `sensor` with [#password()], and nobody else.
    void lock() {
        try (Jedis client = client()) {
            client.aclSetUser("sensor", "on", ">" + PASSWORD, "~*", "&*", "+@all");
            client.aclSetUser("default", "off");
        }
    }

    static String password() {
        return PASSWORD;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public Jedis client() {
        return new Jedis(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().socketTimeoutMillis(10_000).build());
    }

    public void away() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void back() {
        process = start();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
