package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that two parsers could cut apart differently: behind a proxy, the second half would be
/// somebody else's request. None may be answered as two, and none may reach the hidden one.
final class SmugglingTest {
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final AtomicInteger HITS = new AtomicInteger();

    @TempDir static Path directory;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                new TestServer(
                        directory,
                        ServerSettings.defaults()
                                .withLimits(
                                        new ServerSettings.Limits(
                                                4_096,
                                                16_384,
                                                1 << 20,
                                                100,
                                                Duration.ofSeconds(2),
                                                Duration.ofSeconds(1),
                                                Duration.ofMinutes(2))),
                        (routes, _) ->
                                routes.get(
                                        "/hidden",
                                        Access.OPEN,
                                        (_, response) -> {
                                            HITS.incrementAndGet();
                                            response.send("hidden");
                                        }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        HITS.set(0);
    }

    @Test
    void the_hidden_request_is_found_when_it_is_a_request_of_its_own() {
        // otherwise the attacks below would prove nothing
        server.raw()
                .bytes(bytes("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + closing()));
        assertThat(HITS).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 0\r\nContent-Length: 5",
                "Content-Length: 0, 5",
                "Content-Length: +0",
                "Content-Length: -1",
                "Content-Length: 0x0",
                "Content-Length: 0 0",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: identity, chunked, identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding: \"chunked\"",
                "X: a\r\n Content-Length: 5",
                "X: a\u0000b",
                " Content-Length: 5",
                "Content-Length : 5",
                "X: a\rContent-Length: 5",
                ": x",
                "no colon"
            })
    void headers_that_can_be_read_in_two_ways_end_the_connection(String headers) {
        Raw.Reply reply =
                server.raw()
                        .bytes(
                                bytes(
                                        "POST /api/login HTTP/1.1\r\nHost: localhost\r\n"
                                                + "Content-Type: application/json\r\n"
                                                + headers
                                                + "\r\n\r\n0\r\n\r\n"
                                                + HIDDEN));
        assertThat(reply.status()).isIn(0, 400, 413, 501);
        assertThat(HITS).hasValue(0);
        assertThat(reply.body()).doesNotContain("HTTP/1.1 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1\r\n",
                "0x3\r\n{}\r\n0\r\n\r\n",
                "+2\r\n{}\r\n0\r\n\r\n",
                "ffffffffffffffffffff\r\n",
                "7fffffff\r\n",
                "2 \r\nz\r\n"
            })
    void broken_chunks_end_the_connection(String chunks) {
        Raw.Reply reply =
                server.raw()
                        .bytes(
                                bytes(
                                        "POST /api/test/json HTTP/1.1\r\nHost: localhost\r\n"
                                                + "Content-Type: application/json\r\n"
                                                + "Transfer-Encoding: chunked\r\n\r\n"
                                                + chunks
                                                + HIDDEN));
        assertThat(HITS).hasValue(0);
        assertThat(reply.body()).doesNotContain("HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.0",
                "GET /health/live HTTP/9.9",
                "GET /health/live",
                "GET  /health/live HTTP/1.1",
                "GET /health/live  HTTP/1.1",
                "GET /health/live HTTP/1.1 x",
                "GET /health/\u0000live HTTP/1.1",
                "GET /health/live\u0001 HTTP/1.1",
                "PRI * HTTP/2.0"
            })
    void odd_request_lines_are_not_answered_as_if_they_were_right(String line) {
        Raw.Reply reply =
                server.raw()
                        .bytes(bytes(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assertThat(reply.status()).isNotEqualTo(200);
    }

    @Test
    void a_body_left_unread_by_a_refusal_is_not_the_next_request() {
        String request =
                "POST /api/none HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                        + HIDDEN.length()
                        + "\r\n\r\n"
                        + HIDDEN
                        + "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        Raw.Reply reply = server.raw().bytes(bytes(request));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).contains("\"up\"").doesNotContain("hidden");
        assertThat(HITS).hasValue(0);
    }

    @Test
    void nothing_a_client_sends_gets_into_a_response_header() {
        Raw.Reply reply = server.raw().get("/api/test/page?x=%0d%0aSet-Cookie:%20a=b");
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Set-Cookie")).isEmpty();
    }

    private static String closing() {
        return "GET /hidden HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
