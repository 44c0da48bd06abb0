package io.netsentinel.websocket;

import io.helidon.webserver.http1.Http1Config;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/// A server in a process of its own that can be told to use up its descriptors. Commands come on
/// standard input, one a line; each is answered with one line.
public final class FewDescriptorsMain {
    private static final Deque<Closeable> HELD = new ArrayDeque<>();
    private static volatile boolean greedy;

    private FewDescriptorsMain() {}

    public static void main(String[] args) throws Exception {
        GuardedServer server =
                GuardedServer.start(
                        TestServer::listener,
                        Http1Config::builder,
                        WebSocketUpgrader.create(request -> Upgrade.accept(new EchoHandler())),
                        ConnectionBudget.withinDescriptorLimit(50_000));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready " + server.port() + " " + server.status().budget());
        String command = in.readLine();
        while (command != null) {
            System.out.println(answer(server, command));
            command = in.readLine();
        }
        System.exit(0);
    }

    private static String answer(GuardedServer server, String command) throws Exception {
        return switch (command) {
            case "use up" -> useUp() + " used";
            case "be greedy" -> {
                greedy = true;
                Thread.ofPlatform().daemon().start(FewDescriptorsMain::takeEverything);
                yield "greedy";
            }
            case "release" -> {
                greedy = false;
                yield release();
            }
            case "descriptors" -> Long.toString(ConnectionBudget.openDescriptors());
            case "restarts" -> Integer.toString(server.status().restarts());
            case "listening" -> Boolean.toString(server.status().listening());
            case "open" -> Integer.toString(server.status().open());
            default -> "unknown command";
        };
    }

    private static synchronized int useUp() {
        int before = HELD.size();
        try {
            while (true) {
                HELD.push(new DatagramSocket());
            }
        } catch (IOException e) {
            return HELD.size() - before;
        }
    }

    private static void takeEverything() {
        while (greedy) {
            useUp();
            LockSupport.parkNanos(100_000L);
        }
    }

    private static synchronized String release() throws IOException {
        int count = HELD.size();
        while (!HELD.isEmpty()) {
            HELD.pop().close();
        }
        return count + " released";
    }
}
