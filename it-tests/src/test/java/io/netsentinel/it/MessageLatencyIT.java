package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long an event takes from `publish`, through the commit, to a subscriber. The times are
/// printed, beside those of the machine's bare loopback and of the same connection without the log;
/// asserted is only that everything came.
final class MessageLatencyIT {
    private static final int WARM_UP = 300;
    private static final int EVENTS = 600;
    private static final int RATE = 200;
    private static final int LISTENERS = 10;
    private static final int ROUND_TRIPS = 600;

    @TempDir private Path folder;

    @Test
    void whatIsPublishedArrivesAtEverySubscriberAndTheTimesAreTold() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Launch launch =
                Launch.of("serve", "--data", data.toString(), "--port", "0")
                        .environment("NETSENTINEL_CONFORMANCE_ECHO", "true");
        try (ServerProcess server = ServerProcess.start(launch, folder.resolve("log"))) {
            String token = HttpApi.admin(server, data).token();
            List<BeatListener> listeners = new ArrayList<>();
            try (Pulse pulse = new Pulse(server.port(), token, "network")) {
                for (int n = 0; n < LISTENERS; n++) {
                    listeners.add(new BeatListener(server.port(), token, "network"));
                }
                measure(pulse, listeners, WARM_UP);
                listeners.forEach(listener -> listener.latencies().clear());
                measure(pulse, listeners, EVENTS);
                assertThat(listeners)
                        .allMatch(listener -> listener.problem().isEmpty())
                        .allMatch(listener -> listener.received() == WARM_UP + EVENTS)
                        .allMatch(listener -> listener.latencies().count() == EVENTS);
                System.out.printf(
                        "publish to receipt at %d/s, %d subscribers: first %s; last %s%n",
                        RATE,
                        LISTENERS,
                        listeners.getFirst().latencies(),
                        listeners.getLast().latencies());
            } finally {
                listeners.forEach(BeatListener::close);
            }
            System.out.printf("round trip through /echo: %s%n", echo(server.port()));
            System.out.printf("round trip over bare loopback: %s%n", loopback());
        }
    }

    private static void measure(Pulse pulse, List<BeatListener> listeners, int events) {
        long last = pulse.beat(events, RATE);
        Await.until(
                "all listeners have all",
                () -> listeners.stream().allMatch(listener -> listener.position() == last));
    }

    private static Latencies echo(int port) throws IOException {
        Latencies latencies = new Latencies();
        try (LeanSocket socket = LeanSocket.open(port, "/echo", List.of())) {
            for (int n = 0; n < ROUND_TRIPS; n++) {
                long begin = System.nanoTime();
                socket.text("{\"beat\":" + n + "}");
                assertThat(socket.read().text()).isEqualTo("{\"beat\":" + n + "}");
                latencies.add(System.nanoTime() - begin);
            }
        }
        return latencies;
    }

    private static Latencies loopback() throws IOException {
        Latencies latencies = new Latencies();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket other = listener.accept()) {
            socket.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().start(() -> bounce(other));
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int n = 0; n < ROUND_TRIPS; n++) {
                long begin = System.nanoTime();
                out.writeInt(n);
                assertThat(in.readInt()).isEqualTo(n);
                latencies.add(System.nanoTime() - begin);
            }
        }
        return latencies;
    }

    private static void bounce(Socket socket) {
        try {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // It is over.
        }
    }
}
