package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiDocumentTest {
    @TempDir static Path directory;
    private static TestServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException {
        server =
                new TestServer(
                        directory,
                        ServerSettings.defaults(),
                        (routes, services) -> {
                            new OpenApiEndpoint().routes(routes, services);
                            // added later, as those of other modules may be
                            routes.get("/api/new/{id}", Access.TRIAGE, (_, _) -> {});
                            routes.post("/api/new/{+rest}", Access.ADMIN, 7, (_, _) -> {});
                            routes.get("/new", Access.PAGE, (_, _) -> {});
                        });
        document =
                Json.MAPPER.readTree(
                        server.raw().get("/openapi.json", server.bearer(Role.SENSOR)).body());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode path(String path, String method) {
        return document.path("paths").path(path).path(method);
    }

    @Test
    void aRouteNothingIsWrittenOfIsInItWithWhatTheGuardDoes() {
        JsonNode get = path("/api/new/{id}", "get");
        assertThat(get.path("x-roles").toString()).isEqualTo("[\"analyst\",\"admin\"]");
        assertThat(get.path("description").asText()).isEqualTo("Roles: analyst, admin.");
        assertThat(get.path("security").toString())
                .isEqualTo(
                        "[{\"bearer\":[\"triage\"]},{\"session\":[\"triage\"]},{\"certificate\":[\"triage\"]}]");
        assertThat(get.path("parameters").path(0).path("name").asText()).isEqualTo("id");
        assertThat(get.path("responses").has("401")).isTrue();
        assertThat(get.path("responses").has("403")).isTrue();
        assertThat(get.path("responses").has("413")).isFalse();
    }

    @Test
    void aChangeNeedsTheCsrfTokenBesideTheCookieAndHasALimit() {
        JsonNode post = path("/api/new/{rest}", "post");
        assertThat(post.path("security").path(1).has("csrf")).isTrue();
        assertThat(post.path("x-max-bytes").asInt()).isEqualTo(7);
        assertThat(post.path("responses").has("413")).isTrue();
    }

    @Test
    void whoeverWantsAPageIsSentToSignIn() {
        assertThat(path("/new", "get").path("responses").has("303")).isTrue();
    }

    @Test
    void whatIsWrittenOfNoRouteIsNotInIt() {
        assertThat(path("/api/users", "get").isMissingNode()).isFalse();
        assertThat(path("/api/topology", "get").isMissingNode()).isTrue();
    }

    @Test
    void itNeedsAnIdentityAsItSaysItself() {
        assertThat(server.raw().get("/openapi.json").status()).isEqualTo(401);
        assertThat(path("/openapi.json", "get").path("x-roles")).hasSize(Role.values().length);
    }
}
