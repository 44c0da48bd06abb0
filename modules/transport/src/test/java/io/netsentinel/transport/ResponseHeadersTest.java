package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResponseHeadersTest {
    private static final String UPGRADE =
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

    @TempDir static Path directory;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                new TestServer(
                        directory,
                        ServerSettings.defaults(),
                        (routes, _) ->
                                routes.errorPage(
                                        (_, problem) -> "<h1>" + problem.status() + "</h1>"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_response_has_the_security_headers_whatever_happened() {
        Map<String, Raw.Reply> replies = new LinkedHashMap<>();
        Raw raw = server.raw();
        replies.put("200", raw.get("/health/live"));
        replies.put("204", raw.send("POST", "/api/logout", "", server.bearer(Role.VIEWER)));
        replies.put("303", raw.get("/api/test/page"));
        replies.put("400", raw.post("/api/login", "{"));
        replies.put("401", raw.get("/api/session"));
        replies.put("403", raw.get("/api/test/admin", server.bearer(Role.VIEWER)));
        replies.put("404", raw.get("/api/none"));
        replies.put("404 as a page", raw.get("/none", "Accept: text/html"));
        replies.put("405", raw.send("DELETE", "/api/login", ""));
        replies.put("413", raw.send("POST", "/api/test/read-all", "x".repeat(2_000)));
        replies.put("415", raw.send("POST", "/api/login", "x", "Content-Type: text/plain"));
        replies.put("421", raw.get("/health/live", "Host: evil.example"));
        replies.put("500", raw.get("/api/test/fails"));
        replies.put(
                "a garbled request", raw.bytes("GARBAGE\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
        replies.put("a line too long", raw.get("/" + "x".repeat(9_000)));
        replies.put("headers too large", raw.get("/health/live", "X-Long: " + "x".repeat(40_000)));
        replies.put("an upgrade refused", raw.get("/ws", UPGRADE));
        replies.put(
                "an upgrade of another origin",
                raw.get("/ws", UPGRADE, "Origin: http://evil.example"));
        replies.put("an upgrade to another host", raw.get("/ws", UPGRADE, "Host: evil.example"));
        replies.forEach(ResponseHeadersTest::check);
        assertThat(replies.get("204")).extracting(Raw.Reply::status).isEqualTo(204);
        assertThat(replies.get("500")).extracting(Raw.Reply::status).isEqualTo(500);
        assertThat(replies.get("an upgrade of another origin"))
                .extracting(Raw.Reply::status)
                .isEqualTo(403);
        assertThat(replies.get("an upgrade to another host"))
                .extracting(Raw.Reply::status)
                .isEqualTo(421);
    }

    private static void check(String what, Raw.Reply reply) {
        assertThat(reply.status()).as(what).isGreaterThanOrEqualTo(200);
        assertThat(reply.header("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
        assertThat(reply.header("Referrer-Policy")).as(what).isEqualTo("same-origin");
        assertThat(reply.header("X-Frame-Options")).as(what).isEqualTo("DENY");
        assertThat(reply.header("Cross-Origin-Opener-Policy")).as(what).isEqualTo("same-origin");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).as(what).isEqualTo("same-origin");
        assertThat(reply.header("Cache-Control")).as(what).isEqualTo("no-store");
        assertThat(reply.header("Content-Security-Policy"))
                .as(what)
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(reply.header("Strict-Transport-Security")).as(what).isEmpty();
        assertThat(reply.header("Server")).as(what).isEmpty();
        assertThat(reply.header("X-Powered-By")).as(what).isEmpty();
    }
}
