package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignInEndpointTest {
    private static final String LOGIN =
            "{\"username\":\"viewer-1\",\"password\":\"" + TestServer.PASSWORD + "\"}";

    @TempDir Path directory;
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void signing_in_gives_a_token_and_a_cookie() throws IOException {
        Raw.Reply reply = server.raw().post("/api/login", LOGIN);
        assertThat(reply.status()).isEqualTo(200);
        JsonNode body = Json.MAPPER.readTree(reply.body());
        assertThat(java.time.Instant.parse(body.path("expires").asText()))
                .isAfter(java.time.Instant.now());
        assertThat(
                        server.raw()
                                .get(
                                        "/api/session",
                                        "Authorization: Bearer " + body.path("token").asText())
                                .body())
                .contains("\"user\":\"viewer-1\"", "\"role\":\"viewer\"");
        assertThat(reply.header("Set-Cookie"))
                .matches("ns=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void behind_a_public_address_with_tls_the_cookie_is_bound_to_the_host(@TempDir Path other) {
        ServerSettings settings =
                ServerSettings.defaults()
                        .withNames(
                                new ServerSettings.Names(
                                        Optional.of(URI.create("https://soc.example")),
                                        List.of(),
                                        List.of(),
                                        List.of()));
        try (TestServer secure = new TestServer(other, settings)) {
            Raw.Reply reply = secure.raw().post("/api/login", LOGIN, "Host: soc.example");
            assertThat(reply.header("Set-Cookie"))
                    .startsWith("__Host-ns=")
                    .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                    .doesNotContain("Domain");
            assertThat(reply.header("Strict-Transport-Security")).contains("max-age=31536000");
            String cookie = reply.header("Set-Cookie").split(";", -1)[0];
            assertThat(secure.raw().get("/api/session", "Cookie: " + cookie).status())
                    .isEqualTo(200);
            // what a neighbour on plain HTTP could set is not believed
            assertThat(
                            secure.raw()
                                    .get(
                                            "/api/session",
                                            "Cookie: " + cookie.replace("__Host-ns", "ns"))
                                    .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void wrong_names_and_passwords_are_refused_alike() {
        Raw.Reply wrong = server.raw().post("/api/login", LOGIN.replace("rain", "snow"));
        Raw.Reply unknown = server.raw().post("/api/login", LOGIN.replace("viewer-1", "viewer-2"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body()).doesNotContain("viewer");
        assertThat(wrong.header("Set-Cookie")).isEmpty();
    }

    @Test
    void missing_and_wrong_members_are_named() {
        assertThat(server.raw().post("/api/login", "{\"username\":\"a\"}").body())
                .contains("password");
        assertThat(server.raw().post("/api/login", "{\"username\":1,\"password\":\"x\"}").body())
                .contains("username");
        assertThat(
                        server.raw()
                                .post("/api/login", "{\"username\":\"" + "x".repeat(9_000) + "\"}")
                                .status())
                .isEqualTo(413);
    }

    @Test
    void too_many_attempts_are_told_when_to_come_back() {
        for (int i = 0; i < 5; i++) {
            assertThat(server.raw().post("/api/login", LOGIN.replace("rain", "snow")).status())
                    .isEqualTo(401);
        }
        Raw.Reply reply = server.raw().post("/api/login", LOGIN);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 30);
        assertThat(reply.header("Set-Cookie")).isEmpty();
    }

    @Test
    void signing_out_ends_the_session_and_removes_the_cookie() {
        TestServer.Browser browser = server.browser("viewer-1");
        assertThat(server.raw().post("/api/logout", "{}", browser.cookie()).status())
                .isEqualTo(403);
        Raw.Reply reply = server.raw().post("/api/logout", "{}", browser.cookie(), browser.csrf());
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Set-Cookie"))
                .startsWith("ns=;")
                .contains("Expires=Thu, 1 Jan 1970 00:00:00 GMT");
        assertThat(server.raw().get("/api/session", browser.cookie()).status()).isEqualTo(401);
    }

    @Test
    void signing_in_again_ends_the_session_before_it() {
        TestServer.Browser before = server.browser("viewer-1");
        Raw.Reply reply = server.raw().post("/api/login", LOGIN, before.cookie(), before.csrf());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(server.raw().get("/api/session", before.cookie()).status()).isEqualTo(401);
    }

    @Test
    void a_password_is_changed_with_the_old_one_and_every_other_session_ends() {
        TestServer.Browser mine = server.browser("viewer-1");
        TestServer.Browser other = server.browser("viewer-1");
        String body = "{\"current\":\"%s\",\"password\":\"%s\"}";
        Raw raw = server.raw();
        assertThat(
                        raw.post(
                                        "/api/password",
                                        body.formatted("guess", "a new long password"),
                                        mine.cookie(),
                                        mine.csrf())
                                .status())
                .isEqualTo(401);
        assertThat(
                        raw.post(
                                        "/api/password",
                                        body.formatted(TestServer.PASSWORD, "short"),
                                        mine.cookie(),
                                        mine.csrf())
                                .status())
                .isEqualTo(400);
        Raw.Reply changed =
                raw.post(
                        "/api/password",
                        body.formatted(TestServer.PASSWORD, "a new long password"),
                        mine.cookie(),
                        mine.csrf());
        assertThat(changed.status()).isEqualTo(200);
        String cookie = "Cookie: " + changed.header("Set-Cookie").split(";", -1)[0];
        assertThat(raw.get("/api/session", cookie).status()).isEqualTo(200);
        assertThat(raw.get("/api/session", mine.cookie()).status()).isEqualTo(401);
        assertThat(raw.get("/api/session", other.cookie()).status()).isEqualTo(401);
        assertThat(raw.post("/api/login", LOGIN).status()).isEqualTo(401);
    }

    @Test
    void a_sensors_token_cannot_change_a_password() {
        assertThat(
                        server.raw()
                                .post(
                                        "/api/password",
                                        "{\"current\":\"x\",\"password\":\"a new long password\"}",
                                        server.bearer(Role.SENSOR))
                                .status())
                .isEqualTo(403);
    }
}
