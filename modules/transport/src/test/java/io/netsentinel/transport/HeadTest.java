package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A HEAD is answered as a GET is, without the body.
class HeadTest {
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = new TestServer(directory, ServerSettings.defaults(), (_, _) -> {});
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/live",
                "/health/ready",
                "/api/session",
                "/api/test/admin",
                "/api/none",
                "/api/test/fails"
            })
    void head_has_the_status_and_headers_of_get_and_no_body(String path) {
        for (String[] who : new String[][] {{}, {server.bearer(Role.VIEWER)}}) {
            Raw.Reply get = server.raw().send("GET", path, "", who);
            Raw.Reply head = server.raw().send("HEAD", path, "", who);
            assertThat(head.status()).isEqualTo(get.status());
            assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
            assertThat(head.header("Content-Length"))
                    .isEqualTo(
                            Integer.toString(get.body().getBytes(StandardCharsets.UTF_8).length));
            assertThat(head.body()).isEmpty();
        }
    }

    private static Map<String, List<String>> withoutDate(Raw.Reply reply) {
        Map<String, List<String>> headers = new TreeMap<>(reply.headers());
        headers.remove("date");
        return headers;
    }

    @Test
    void the_next_answer_on_the_connection_follows_at_once() {
        String host = " HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n";
        String requests =
                "HEAD /health/live" + host + "\r\nGET /none" + host + "Connection: close\r\n\r\n";
        Raw.Reply first = server.raw().bytes(requests.getBytes(StandardCharsets.US_ASCII));
        assertThat(first.status()).isEqualTo(200);
        Raw.Reply second = Raw.parse(first.body());
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.body()).contains("Not found");
    }

    @Test
    void head_of_what_only_takes_posts_is_not_allowed() {
        Raw.Reply reply = server.raw().send("HEAD", "/api/login", "");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertThat(reply.body()).isEmpty();
    }
}
