package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a WebSocket handshake must pass before the protocol gets to see it. This server speaks
/// none, so whoever passes gets 404.
final class HandshakeTest {
    private static final int PASSED = 404;

    @TempDir static Path directory;
    private static TestServer server;
    private static TestServer.Browser browser;

    @BeforeAll
    static void start() {
        server = new TestServer(directory);
        browser = server.browser("viewer-1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void without_any_identity_it_passes_and_says_later_who_it_is() {
        assertThat(upgrade("/ws")).isEqualTo(PASSED);
    }

    @Test
    void a_token_in_the_header_must_be_good() {
        assertThat(upgrade("/ws", server.bearer(Role.VIEWER))).isEqualTo(PASSED);
        assertThat(upgrade("/ws", "Authorization: Bearer x")).isEqualTo(401);
        assertThat(upgrade("/ws", "Authorization: Basic x")).isEqualTo(401);
    }

    @Test
    void a_token_in_the_address_is_refused() {
        assertThat(upgrade("/ws?token=x")).isEqualTo(400);
        assertThat(upgrade("/ws/alerts?access_token=x")).isEqualTo(400);
    }

    @Test
    void a_cookie_counts_beside_the_right_origin_only() {
        String right = "Origin: http://localhost:" + server.port();
        assertThat(upgrade("/ws", browser.cookie(), right)).isEqualTo(PASSED);
        assertThat(upgrade("/ws", "Cookie: ns=over", right)).isEqualTo(401);
        // without an origin it is ignored, good or not
        assertThat(upgrade("/ws", "Cookie: ns=over")).isEqualTo(PASSED);
    }

    @Test
    void any_other_origin_is_refused_with_and_without_a_cookie() {
        for (String origin :
                new String[] {
                    "http://evil.example",
                    "null",
                    "http://localhost",
                    "https://localhost:" + server.port(),
                    "http://localhost:" + server.port() + ".evil.example"
                }) {
            assertThat(upgrade("/ws", "Origin: " + origin)).as(origin).isEqualTo(403);
            assertThat(upgrade("/ws", "Origin: " + origin, browser.cookie())).isEqualTo(403);
            assertThat(upgrade("/ws", "Origin: " + origin, server.bearer(Role.ADMIN)))
                    .isEqualTo(403);
        }
    }

    @Test
    void another_host_is_refused() {
        assertThat(upgrade("/ws", "Host: evil.example")).isEqualTo(421);
        assertThat(upgrade("/ws", "Host: evil.example", "Origin: http://evil.example"))
                .isEqualTo(421);
    }

    @Test
    void a_refusal_is_a_problem_in_json() {
        Raw.Reply reply = reply("/ws", "Authorization: Bearer x");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(reply.body()).contains("\"status\":401");
    }

    private static int upgrade(String target, String... lines) {
        return reply(target, lines).status();
    }

    private static Raw.Reply reply(String target, String... lines) {
        String[] all = java.util.Arrays.copyOf(lines, lines.length + 4);
        all[lines.length] = "Upgrade: websocket";
        all[lines.length + 1] = "Connection: Upgrade";
        all[lines.length + 2] = "Sec-WebSocket-Version: 13";
        all[lines.length + 3] = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
        return server.raw().get(target, all);
    }
}
