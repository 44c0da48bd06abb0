package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.transport.ServerSettings.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How large a body may be and how long it may take. `/api/test/read-all` takes 1,000 bytes.
final class BodyTest {
    @TempDir static Path directory;
    private static TestServer server;

    @BeforeAll
    static void start() {
        Limits limits = Limits.defaults();
        server =
                new TestServer(
                        directory,
                        ServerSettings.defaults()
                                .withLimits(
                                        new Limits(
                                                limits.requestLine(),
                                                limits.headers(),
                                                limits.body(),
                                                limits.connections(),
                                                Duration.ofSeconds(2),
                                                Duration.ofSeconds(1),
                                                limits.idleTimeout())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_body_of_the_allowed_size_is_read_announced_or_in_chunks() {
        assertThat(server.raw().send("POST", "/api/test/read-all", "x".repeat(1_000)).body())
                .isEqualTo("1000");
        assertThat(chunked(4, 250).body()).endsWith("1000");
    }

    @Test
    void one_byte_more_is_too_much() {
        assertThat(server.raw().send("POST", "/api/test/read-all", "x".repeat(1_001)).status())
                .isEqualTo(413);
        assertThat(chunked(4, 251).status()).isEqualTo(413);
        assertThat(chunked(1, 1_000_000).status()).isEqualTo(413);
    }

    @Test
    void a_compressed_body_is_measured_by_what_comes_out() throws IOException {
        assertThat(gzip(1_000).body()).isEqualTo("1000");
        assertThat(gzip(1_001).status()).isEqualTo(413);
        assertThat(gzip(50_000_000).status()).isEqualTo(413);
    }

    @Test
    void what_is_not_compressed_as_said_is_refused() {
        for (String body : new String[] {"plain", "\u001f\u008b", ""}) {
            assertThat(
                            server.raw()
                                    .send(
                                            "POST",
                                            "/api/test/read-all",
                                            body,
                                            "Content-Encoding: gzip")
                                    .status())
                    .isIn(200, 400);
        }
        assertThat(
                        server.raw()
                                .send(
                                        "POST",
                                        "/api/test/read-all",
                                        "plain",
                                        "Content-Encoding: gzip")
                                .status())
                .isEqualTo(400);
        assertThat(
                        server.raw()
                                .send(
                                        "POST",
                                        "/api/test/read-all",
                                        "plain",
                                        "Content-Encoding: zstd")
                                .status())
                .isEqualTo(400);
    }

    @Test
    void a_client_that_announces_a_body_and_sends_none_is_cut_off() throws IOException {
        for (String path : new String[] {"/api/test/read-all", "/api/test/open", "/api/none"}) {
            try (Socket socket = connect()) {
                send(
                        socket,
                        "POST "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nabc");
                // ends only when the server closes; the socket's own timeout would throw
                assertThat(drained(socket)).as(path).doesNotContain("503");
            }
        }
    }

    @Test
    void a_client_that_never_finishes_its_headers_is_cut_off() throws IOException {
        for (String start : new String[] {"", "GE", "GET / HTTP/1.1\r\nHost: local"}) {
            try (Socket socket = connect()) {
                send(socket, start);
                assertThat(drained(socket)).doesNotContain("200");
            }
        }
    }

    @Test
    void a_connection_stays_open_for_the_next_request() throws IOException {
        try (Socket socket = connect()) {
            String body = "0123456789";
            String post =
                    "POST /api/test/open HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"
                            + body;
            send(
                    socket,
                    post
                            + post
                            + "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(drained(socket).split("HTTP/1.1 200", -1)).hasSize(4);
        }
    }

    @Test
    void an_expectation_is_met_only_when_the_body_is_wanted() throws IOException {
        try (Socket socket = connect()) {
            send(socket, head("Expect: 100-continue", "Content-Length: 2000"));
            assertThat(drained(socket)).startsWith("HTTP/1.1 413");
        }
        try (Socket socket = connect()) {
            send(socket, head("Connection: close", "Expect: 100-continue", "Content-Length: 3"));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 100");
            send(socket, "abc");
            assertThat(drained(socket)).contains("HTTP/1.1 200").endsWith("3");
        }
    }

    private static Raw.Reply chunked(int count, int size) {
        StringBuilder request =
                new StringBuilder(head("Transfer-Encoding: chunked", "Connection: close"));
        for (int i = 0; i < count; i++) {
            request.append(Integer.toHexString(size)).append("\r\n");
            request.append("x".repeat(size)).append("\r\n");
        }
        request.append("0\r\n\r\n");
        return server.raw().bytes(request.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Raw.Reply gzip(int size) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            byte[] block = new byte[10_000];
            for (int left = size; left > 0; left -= block.length) {
                out.write(block, 0, Math.min(left, block.length));
            }
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                head(
                                "Content-Encoding: gzip",
                                "Connection: close",
                                "Content-Length: " + compressed.size())
                        .getBytes(StandardCharsets.UTF_8));
        request.writeBytes(compressed.toByteArray());
        return server.raw().bytes(request.toByteArray());
    }

    private static String head(String... lines) {
        return "POST /api/test/read-all HTTP/1.1\r\nHost: localhost\r\n"
                + String.join("\r\n", lines)
                + "\r\n\r\n";
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String drained(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            in.transferTo(all);
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            // reset: also an end
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
