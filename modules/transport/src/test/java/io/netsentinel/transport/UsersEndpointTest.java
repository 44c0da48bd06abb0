package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersEndpointTest {
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

    private static JsonNode json(Raw.Reply reply) {
        try {
            return Json.MAPPER.readTree(reply.body());
        } catch (IOException e) {
            throw new AssertionError(reply.body(), e);
        }
    }

    private Raw.Reply admin(String method, String path, String body) {
        return server.raw()
                .send(
                        method,
                        path,
                        body,
                        server.bearer(Role.ADMIN),
                        "Content-Type: application/json");
    }

    private int signIn(String user, String password) {
        return server.raw()
                .post(
                        "/api/login",
                        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password))
                .status();
    }

    @Test
    void aNewUserGetsARandomPasswordThatIsShownOnce() {
        Raw.Reply made = admin("POST", "/api/users", "{\"name\":\"Zoe\",\"role\":\"analyst\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(json(made).path("name").asText()).isEqualTo("zoe");
        assertThat(signIn("zoe", json(made).path("password").asText())).isEqualTo(200);
        assertThat(admin("GET", "/api/users", "").body())
                .contains("\"zoe\"")
                .doesNotContain("\"password\"");
    }

    @Test
    void whoeverIsDisabledIsOutAtOnceAndInAgainWhenEnabled() {
        TestServer.Browser browser = server.browser("viewer-1");
        assertThat(admin("DELETE", "/api/users/viewer-1", "").status()).isEqualTo(200);
        assertThat(server.raw().get("/api/session", browser.cookie()).status()).isEqualTo(401);
        assertThat(signIn("viewer-1", TestServer.PASSWORD)).isEqualTo(401);
        admin("POST", "/api/users/viewer-1", "{\"disabled\":false}");
        assertThat(signIn("viewer-1", TestServer.PASSWORD)).isEqualTo(200);
    }

    @Test
    void roleAndPasswordAreChanged() {
        assertThat(
                        admin(
                                        "POST",
                                        "/api/users/viewer-1",
                                        "{\"role\":\"analyst\",\"password\":\"another long walk\"}")
                                .status())
                .isEqualTo(200);
        assertThat(json(admin("GET", "/api/users/viewer-1", "")).path("role").asText())
                .isEqualTo("analyst");
        assertThat(signIn("viewer-1", "another long walk")).isEqualTo(200);
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(admin("GET", "/api/users/nobody", "").status()).isEqualTo(404);
        assertThat(admin("POST", "/api/users", "{\"name\":\"x\",\"role\":\"king\"}").body())
                .contains("viewer, analyst, admin");
        assertThat(admin("POST", "/api/users", "{\"nam\":\"x\"}").body()).contains("nam");
        assertThat(
                        admin("POST", "/api/users", "{\"name\":\"viewer-1\",\"role\":\"viewer\"}")
                                .status())
                .isEqualTo(409);
        assertThat(admin("POST", "/api/users/admin-1", "{\"disabled\":3}").status()).isEqualTo(400);
    }

    @Test
    void aTokenIsIssuedShownOnceAndRevokedAtOnce() {
        Raw.Reply made =
                admin(
                        "POST",
                        "/api/tokens",
                        "{\"name\":\"probe\",\"role\":\"viewer\",\"channels\":[\"alerts\"],\"ttl\":\"1h\"}");
        assertThat(made.status()).isEqualTo(201);
        String bearer = "Authorization: Bearer " + json(made).path("token").asText();
        assertThat(server.raw().get("/api/session", bearer).body()).contains("\"alerts\"");
        assertThat(admin("GET", "/api/tokens", "").body())
                .contains("\"probe\"")
                .doesNotContain("eyJ");
        String id = json(made).path("id").asText();
        assertThat(admin("DELETE", "/api/tokens/" + id, "").status()).isEqualTo(204);
        assertThat(server.raw().get("/api/session", bearer).status()).isEqualTo(401);
        assertThat(admin("DELETE", "/api/tokens/none", "").status()).isEqualTo(404);
        assertThat(
                        admin(
                                        "POST",
                                        "/api/tokens",
                                        "{\"name\":\"p\",\"role\":\"viewer\",\"ttl\":\"soon\"}")
                                .body())
                .contains("30d");
    }

    @Test
    void everybodySeesAndEndsTheirOwnSessionsAndAnAdministratorAll() {
        TestServer.Browser one = server.browser("viewer-1");
        TestServer.Browser two = server.browser("analyst-1");
        JsonNode own = json(server.raw().get("/api/sessions", one.cookie())).path("sessions");
        assertThat(own).hasSize(1);
        assertThat(own.get(0).path("current").asBoolean()).isTrue();
        String id = own.get(0).path("id").asText();
        assertThat(
                        server.raw()
                                .send("DELETE", "/api/sessions/" + id, "", two.cookie(), two.csrf())
                                .status())
                .isEqualTo(404);
        assertThat(json(admin("GET", "/api/sessions", "")).path("sessions")).hasSize(2);
        assertThat(admin("DELETE", "/api/sessions/" + id, "").status()).isEqualTo(204);
        assertThat(server.raw().get("/api/session", one.cookie()).status()).isEqualTo(401);
        assertThat(server.raw().get("/api/session", two.cookie()).status()).isEqualTo(200);
    }

    @Test
    void onlyAdministratorsGetToUsersAndTokens() {
        for (String path : new String[] {"/api/users", "/api/tokens"}) {
            assertThat(server.raw().get(path).status()).isEqualTo(401);
            for (Role role : new Role[] {Role.VIEWER, Role.ANALYST, Role.SENSOR}) {
                assertThat(server.raw().get(path, server.bearer(role)).status()).isEqualTo(403);
                assertThat(server.raw().post(path, "{}", server.bearer(role)).status())
                        .isEqualTo(403);
            }
        }
    }
}
