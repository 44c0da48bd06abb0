package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many deliveries a second there can be to many subscribers, and how late they come, side by
/// side with a plain broadcast by Undertow in the same run. Ours signs in every subscriber, commits
/// every event to the log before it is sent, and loses none.
///
/// Events are published by a clock (open loop): one that is late counts from when it should have
/// been sent. A step of a ramp is good when 99 % come within 50 ms and none is missing.
@Tag("long")
final class FanOutBenchmark {
    private static final double LIMIT_MILLIS = 50;
    private static final double GROWTH = 1.5;
    private static final int START_RATE = 50;
    private static final int SECONDS = 3;
    private static final int STEPS = 20;
    private static final String PAD = "x".repeat(500);
    private static final long DRAIN_NANOS = 5_000_000_000L;

    @TempDir private Path folder;

    /// A server to measure: where its subscribers and its publisher connect, and what they say.
    private record Target(
            String name,
            int port,
            long pid,
            String subscribers,
            String publisher,
            String head,
            String first,
            String answer,
            String event) {}

    /// What was seen at one rate.
    private record Step(
            int rate, double perSecond, double p50, double p99, long missing, double microsEach) {
        boolean good() {
            return p99 <= LIMIT_MILLIS && missing == 0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,9.0f deliveries/s (%d msg/s): p50 %.1f ms, p99 %.1f ms, %.2f us of processor time each%s",
                    perSecond,
                    rate,
                    p50,
                    p99,
                    microsEach,
                    missing == 0 ? "" : ", " + missing + " missing");
        }
    }

    @Test
    void deliveriesBesideAPlainBroadcast() throws IOException {
        List<String> table = new ArrayList<>();
        List<String> json = new ArrayList<>();
        for (int subscribers : List.of(100, 1_000)) {
            double ours = measure(subscribers, true, table, json);
            double theirs = measure(subscribers, false, table, json);
            table.add(
                    String.format(
                            Locale.ROOT,
                            "%d subscribers: %.1f times what the plain broadcast does",
                            subscribers,
                            ours / theirs));
        }
        System.out.println(String.join(System.lineSeparator(), table));
        Files.writeString(
                Path.of("target", "fan-out.json"), "[" + String.join(",\n", json) + "]\n");
    }

    private double measure(int subscribers, boolean ours, List<String> table, List<String> json)
            throws IOException {
        if (!ours) {
            try (Reference reference = new Reference()) {
                return ramp(reference.target(), subscribers, table, json);
            }
        }
        Path data = Files.createDirectory(folder.resolve("data-" + subscribers));
        Launch launch =
                Launch.of("serve", "--port", "0", "--data", data.toString())
                        .environment("NETSENTINEL_LIMITS_CONNECTIONS_PER_USER", "2000")
                        .environment("NETSENTINEL_LIMITS_COMMANDS_PER_SECOND", "100000")
                        .environment("NETSENTINEL_LIMITS_COMMANDS_PER_SECOND_PER_USER", "100000");
        try (ServerProcess server = ServerProcess.start(launch, folder.resolve("server.log"))) {
            String token = HttpApi.admin(server, data).token();
            return ramp(
                    new Target(
                            "NetSentinel",
                            server.port(),
                            server.pid(),
                            "/ws",
                            "/ws",
                            "Authorization: Bearer " + token + "\r\n",
                            "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"lab\"}",
                            "\"subscribed\"",
                            "{\"type\":\"publish\",\"channel\":\"lab\",\"data\":{\"ts_ns\":%d,\"pad\":\""
                                    + PAD
                                    + "\"}}"),
                    subscribers,
                    table,
                    json);
        }
    }

    /// The other server, in a process of its own.
    private static final class Reference implements AutoCloseable {
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

        Target target() {
            return new Target(
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

    /// Raises the rate until it is too much, and says what was the most.
    private static double ramp(
            Target target, int subscribers, List<String> table, List<String> json)
            throws IOException {
        table.add(target.name() + ", " + subscribers + " subscribers");
        double most = 0;
        try (FanReceiver receiver =
                        new FanReceiver(
                                target.port(),
                                target.subscribers(),
                                subscribers,
                                target.head(),
                                target.first(),
                                target.answer());
                SocketChannel publisher = publisher(target)) {
            step(target, receiver, publisher, subscribers, START_RATE); // warm
            double rate = START_RATE;
            int bad = 0;
            for (int n = 0; n < STEPS && bad < 3; n++) {
                Step step = step(target, receiver, publisher, subscribers, (int) rate);
                table.add("  " + step);
                json.add(json(target, subscribers, step));
                assertThat(receiver.problem()).isEmpty();
                if (step.good()) {
                    most = Math.max(most, step.perSecond());
                    bad = 0;
                    rate *= GROWTH;
                } else {
                    bad++; // again: something else may have been going on
                }
            }
        }
        table.add(String.format(Locale.ROOT, "  most: %,.0f deliveries/s", most));
        return most;
    }

    private static SocketChannel publisher(Target target) throws IOException {
        SocketChannel channel =
                SocketChannel.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
        channel.setOption(
                StandardSocketOptions.TCP_NODELAY, true); // or it is Nagle that is measured
        channel.write(
                ByteBuffer.wrap(
                        ("GET "
                                        + target.publisher()
                                        + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                        + target.port()
                                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                        + target.head()
                                        + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static Step step(
            Target target, FanReceiver receiver, SocketChannel publisher, int subscribers, int rate)
            throws IOException {
        int count = rate * SECONDS;
        long before = receiver.received();
        long processor = processorNanos(target.pid());
        long start = System.nanoTime();
        receiver.begin(start);
        long period = 1_000_000_000L / rate;
        for (int i = 0; i < count; i++) {
            long due = start + i * period;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            ByteBuffer frame = FanReceiver.masked(target.event().formatted(due));
            while (frame.hasRemaining()) {
                publisher.write(frame);
            }
        }
        long wanted = (long) count * subscribers;
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (receiver.received() - before < wanted && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        long took = System.nanoTime() - start;
        long got = receiver.received() - before;
        return new Step(
                rate,
                got * 1e9 / took,
                receiver.latencies().millis(0.5),
                receiver.latencies().millis(0.99),
                wanted - got,
                (processorNanos(target.pid()) - processor) / 1e3 / Math.max(1, got));
    }

    private static long processorNanos(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow()
                .toNanos();
    }

    private static String json(Target target, int subscribers, Step step) {
        return String.format(
                Locale.ROOT,
                "{\"server\":\"%s\",\"subscribers\":%d,\"rate\":%d,\"deliveriesPerSecond\":%.0f,\"p50Ms\":%.2f,\"p99Ms\":%.2f,\"missing\":%d,\"microsPerDelivery\":%.2f}",
                target.name(),
                subscribers,
                step.rate(),
                step.perSecond(),
                step.p50(),
                step.p99(),
                step.missing(),
                step.microsEach());
    }
}
