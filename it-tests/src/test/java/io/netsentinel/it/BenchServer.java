package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A server to measure: where its subscribers and its publisher connect, and what they say.
///
/// @param head lines of a request besides those of RFC 6455
/// @param first what a subscriber sends first; empty for nothing
/// @param answer what it waits for before it counts as there; empty for nothing
/// @param event what a publisher sends, with `%d` for the time
record BenchServer(
        String name,
        int port,
        long pid,
        String subscribers,
        String publisher,
        String head,
        String first,
        String answer,
        String event) {
    private static final String PAD = "x".repeat(500);

    /// Ours, with limits for tests that come from one address and one user.
    static ServerProcess start(Path data) {
        return start(data, Map.of());
    }

    /// The same with more settings.
    static ServerProcess start(Path data, Map<String, String> environment) {
        Launch launch =
                Launch.of("serve", "--port", "0", "--data", data.toString())
                        .environment("NETSENTINEL_LIMITS_CONNECTIONS_PER_USER", "100000")
                        .environment("NETSENTINEL_LIMITS_COMMANDS_PER_SECOND", "100000")
                        .environment("NETSENTINEL_LIMITS_COMMANDS_PER_SECOND_PER_USER", "100000");
        environment.forEach(launch::environment);
        return ServerProcess.start(launch, data.resolveSibling(data.getFileName() + ".log"));
    }

    static BenchServer of(ServerProcess server, Path data) {
        return new BenchServer(
                "NetSentinel",
                server.port(),
                server.pid(),
                "/ws",
                "/ws",
                "Authorization: Bearer " + HttpApi.admin(server, data).token() + "\r\n",
                "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"lab\"}",
                "\"subscribed\"",
                "{\"type\":\"publish\",\"channel\":\"lab\",\"data\":{\"ts_ns\":%d,\"pad\":\""
                        + PAD
                        + "\"}}");
    }

    /// Connects subscribers to it.
    FanReceiver subscribe(int count) throws IOException {
        return new FanReceiver(port, subscribers, count, head, first, answer);
    }

    /// Memory the process holds, bytes.
    long resident() {
        return ProcessFigures.resident(pid);
    }

    /// What others do: Undertow's plain broadcast, in a process of its own.
    static final class Reference implements AutoCloseable {
        private final Process process;
        private final int port;

        Reference() throws IOException {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    PlainBroadcast.class.getName())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (BufferedReader out = process.inputReader()) {
                String line = out.readLine();
                assertThat(line).as("what the reference says").startsWith("port ");
                port = Integer.parseInt(line.substring("port ".length()));
            }
        }

        BenchServer target() {
            return new BenchServer(
                    "Undertow",
                    port,
                    process.pid(),
                    "/sub",
                    "/pub",
                    "",
                    "",
                    "",
                    "{\"ts_ns\":%d,\"pad\":\"" + PAD + "\"}");
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
