package io.netsentinel.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real Valkey or Redis server as a process of its own, on loopback; spoken to with its own
/// client.
final class ValkeyServer implements AutoCloseable {
    static final String USABLE = "io.netsentinel.it.ValkeyServer#usable";
    static final String MISSING =
            "neither Valkey nor Redis is installed; ./test installs one as root on Debian";

    private final int port = ServerProcess.freePort();
    private final Process process;

    private ValkeyServer(Path folder) throws IOException {
        process =
                new ProcessBuilder(
                                name() + "-server",
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--dir",
                                folder.toString(),
                                "--save",
                                "")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("server.log").toFile())
                        .start();
        Await.until("it answers", () -> ask("PING").strip().equals("PONG"));
    }

    static ValkeyServer start(Path folder) throws IOException {
        return new ValkeyServer(folder);
    }

    static boolean usable() {
        return List.of("valkey", "redis").stream().anyMatch(ValkeyServer::there);
    }

    private static boolean there(String name) {
        return Programs.installed(name + "-server") && Programs.installed(name + "-cli");
    }

    private static String name() {
        return there("valkey") ? "valkey" : "redis";
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /// What its own client answers.
    String ask(String... words) {
        List<String> command =
                new ArrayList<>(List.of(name() + "-cli", "-p", Integer.toString(port)));
        command.addAll(List.of(words));
        return Programs.run(command).text();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
