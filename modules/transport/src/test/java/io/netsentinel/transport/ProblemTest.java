package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemTest {
    @TempDir static Path directory;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                new TestServer(
                        directory,
                        ServerSettings.defaults(),
                        (routes, _) -> {
                            routes.errorPage((request, problem) -> {
                                if (request.query().contains("page-fails")) {
                                    throw new IllegalStateException("page");
                                }
                                return "<h1>" + problem.status() + "</h1>";
                            });
                            routes.get(
                                    "/headers-then-fail",
                                    Access.OPEN,
                                    (_, response) -> {
                                        response.header("Content-Type", "text/css")
                                                .header("Cache-Control", "public")
                                                .header("Content-Length", "7");
                                        throw Problem.conflict("too late");
                                    });
                            routes.get(
                                    "/api/members",
                                    Access.OPEN,
                                    (_, _) -> {
                                        throw Problem.conflict("mine")
                                                .with("by", "ada")
                                                .with("status", 7);
                                    });
                        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void errors_of_the_api_are_problems_in_json() throws IOException {
        assertProblem(server.raw().get("/api/none"), 404, "Not found");
        assertProblem(server.raw().get("/ws/none"), 404, "Not found");
        assertProblem(server.raw().get("/health/none"), 404, "Not found");
        assertProblem(server.raw().get("/api/session"), 401, "Not signed in");
        assertProblem(
                server.raw().get("/api/test/admin", server.bearer(Role.SENSOR)), 403, "Forbidden");
        assertProblem(
                server.raw().send("POST", "/api/login", "a=b", "Content-Type: text/plain"),
                415,
                "Unsupported media type");
        assertProblem(server.raw().post("/api/login", "[]"), 400, "Bad request");
        assertProblem(
                server.raw().send("POST", "/api/test/read-all", "x".repeat(1_001)),
                413,
                "Content too large");
    }

    @Test
    void a_wrong_method_is_told_with_the_right_ones() throws IOException {
        Raw.Reply reply = server.raw().send("PATCH", "/api/test/open", "");
        assertProblem(reply, 405, "Method not allowed");
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, POST");
        assertThat(server.raw().send("OPTIONS", "/api/test/open", "").status()).isEqualTo(405);
        assertThat(server.raw().send("TRACE", "/api/test/open", "").status()).isEqualTo(405);
    }

    @Test
    void a_person_gets_a_page_a_machine_never_does() {
        String html = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
        Raw.Reply page = server.raw().get("/none", html);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body()).isEqualTo("<h1>404</h1>");
        for (String path : new String[] {"/api/none", "/ws/none", "/health/none", "/metrics"}) {
            assertThat(server.raw().get(path, html).header("Content-Type"))
                    .isEqualTo("application/problem+json");
        }
        assertThat(server.raw().get("/none").header("Content-Type"))
                .isEqualTo("application/problem+json");
    }

    @Test
    void an_error_page_that_fails_leaves_the_problem() throws IOException {
        assertProblem(server.raw().get("/none?page-fails", "Accept: text/html"), 404, "Not found");
    }

    @Test
    void what_a_handler_had_set_does_not_get_into_the_error() throws IOException {
        Raw.Reply reply = server.raw().get("/headers-then-fail");
        assertProblem(reply, 409, "Conflict");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void further_members_are_added_but_replace_nothing() throws IOException {
        JsonNode problem = assertProblem(server.raw().get("/api/members"), 409, "Conflict");
        assertThat(problem.path("by").asText()).isEqualTo("ada");
    }

    @Test
    void an_internal_failure_shows_a_reference_that_is_in_the_log_and_nothing_else()
            throws IOException {
        StringBuilder logged = new StringBuilder();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord event) {
                        logged.append(new EscapingFormatter().format(event));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger logger = Logger.getLogger(Failures.class.getName());
        logger.addHandler(handler);
        try {
            Raw.Reply reply = server.raw().get("/api/test/fails?secret=value");
            JsonNode problem = assertProblem(reply, 500, "Internal error");
            assertThat(reply.body())
                    .doesNotContain("secret detail", "IllegalState", "io.netsentinel");
            assertThat(logged.toString())
                    .contains(problem.path("reference").asText())
                    .contains("secret detail")
                    .doesNotContain("secret=value");
        } finally {
            logger.removeHandler(handler);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} x",
                "{\"a\":1}{\"b\":2}",
                "{'a':1}",
                "{\"a\":NaN}",
                "",
                "null",
                "7",
                "{\"a\":\"\u0001\"}",
                "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"
            })
    void json_that_could_be_read_in_two_ways_is_refused(String body) throws IOException {
        assertProblem(
                server.raw()
                        .bytes(
                                ("POST /api/test/json HTTP/1.1\r\nHost: localhost\r\n"
                                                + "Content-Type: application/json\r\nContent-Length: "
                                                + body.getBytes(StandardCharsets.UTF_8).length
                                                + "\r\nConnection: close\r\n\r\n"
                                                + body)
                                        .getBytes(StandardCharsets.UTF_8)),
                400,
                "Bad request");
    }

    private static JsonNode assertProblem(Raw.Reply reply, int status, String title)
            throws IOException {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = Json.MAPPER.readTree(reply.body());
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }
}
