package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.ToDoubleFunction;
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
    private static final long DRAIN_NANOS = 5_000_000_000L;

    @TempDir private Path folder;

    /// What was seen at one rate.
    record Step(
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
        try (Results results = Results.of("fan-out")) {
            for (int subscribers : List.of(100, 1_000)) {
                Ramp ours = measure(subscribers, true);
                Ramp theirs = measure(subscribers, false);
                String to = " to " + subscribers;
                results.add(
                        "deliveries" + to, ours.most(), "1/s", "plain broadcast", theirs.most());
                compare(results, "p50 at 50/s" + to, "ms", ours, theirs, Step::p50);
                compare(results, "p99 at 50/s" + to, "ms", ours, theirs, Step::p99);
                compare(
                        results,
                        "processor time of one" + to,
                        "us",
                        ours,
                        theirs,
                        Step::microsEach);
            }
        }
    }

    private static void compare(
            Results results,
            String what,
            String unit,
            Ramp ours,
            Ramp theirs,
            ToDoubleFunction<Step> figure) {
        results.add(
                what,
                figure.applyAsDouble(ours.first()),
                unit,
                "plain broadcast",
                figure.applyAsDouble(theirs.first()));
    }

    /// @param most deliveries a second in the best step that was good
    /// @param first what was seen at the lowest rate
    private record Ramp(double most, Step first) {}

    private Ramp measure(int subscribers, boolean ours) throws IOException {
        if (!ours) {
            try (BenchServer.Reference reference = new BenchServer.Reference()) {
                return ramp(reference.target(), subscribers);
            }
        }
        Path data = Files.createDirectory(folder.resolve("data-" + subscribers));
        try (ServerProcess server = BenchServer.start(data)) {
            return ramp(BenchServer.of(server, data), subscribers);
        }
    }

    /// Raises the rate until it is too much, and says what was the most.
    private static Ramp ramp(BenchServer target, int subscribers) throws IOException {
        System.out.println(target.name() + ", " + subscribers + " subscribers");
        List<Step> steps = new ArrayList<>();
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
                System.out.println("  " + step);
                steps.add(step);
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
        return new Ramp(most, steps.getFirst());
    }

    static SocketChannel publisher(BenchServer target) throws IOException {
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

    static Step step(
            BenchServer target,
            FanReceiver receiver,
            SocketChannel publisher,
            int subscribers,
            int rate)
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
}
