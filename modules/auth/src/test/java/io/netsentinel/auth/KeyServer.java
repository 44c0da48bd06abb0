package io.netsentinel.auth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A web server on loopback that answers every request with the same text, except paths of which
/// something else is said.
final class KeyServer implements AutoCloseable {
    private final ServerSocket socket;
    final AtomicInteger requests = new AtomicInteger();
    final Map<String, String> answers = new ConcurrentHashMap<>();
    volatile String answer;

    /// @param body a key set
    KeyServer(String body) {
        answer = ok(body);
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::run);
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/keys");
    }

    private void run() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                requests.incrementAndGet();
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.US_ASCII));
                String path = String.valueOf(in.readLine()).replaceAll("^\\S+ (\\S+).*", "$1");
                for (String line = in.readLine();
                        line != null && !line.isEmpty();
                        line = in.readLine()) {
                    // the rest of the request does not matter
                }
                OutputStream out = client.getOutputStream();
                String said = answers.getOrDefault(path, answer);
                out.write(said.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException _) {
                // the client went away, or this was closed
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
