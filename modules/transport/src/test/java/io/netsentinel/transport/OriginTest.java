package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import io.netsentinel.transport.ServerSettings.Names;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `Host`, `Origin`, `Sec-Fetch-Site` and the CSRF token, over raw sockets.
final class OriginTest {
    @TempDir static Path directory;
    private static TestServer server;
    private static TestServer.Browser browser;

    @BeforeAll
    static void start() {
        server =
                new TestServer(
                        directory,
                        ServerSettings.defaults()
                                .withNames(
                                        new Names(
                                                Optional.of(URI.create("http://soc.example:8443")),
                                                List.of("Sensor-Net.example"),
                                                List.of("https://wall.example"),
                                                List.of())));
        browser = server.browser("analyst-1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:%d",
                "LOCALHOST:%d",
                "127.0.0.1:%d",
                "[::1]:%d",
                "localhost",
                "localhost:1",
                "soc.example",
                "soc.example:8443",
                "SOC.Example:8443",
                "sensor-net.example"
            })
    void answers_to_its_names(String host) {
        String line = "Host: " + host.formatted(server.port());
        assertThat(server.raw().get("/health/live", line).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil.example:8443",
                "soc.example.evil.example",
                "xsoc.example",
                "192.0.2.1",
                "[2001:db8::1]",
                "localhost.",
                "localhost:99999999",
                "127.1",
                "2130706433",
                "wall.example"
            })
    void answers_to_no_other_name(String host) {
        for (String path : List.of("/health/live", "/api/test/read", "/none")) {
            Raw.Reply reply = server.raw().get(path, "Host: " + host, server.bearer(Role.ADMIN));
            assertThat(reply.status()).isIn(400, 421);
            assertThat(reply.body()).doesNotContain(host);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host:",
                "Host: a b",
                "Host: localhost\r\nHost: localhost",
                "Host: user@localhost",
                "Host: localhost/x",
                "Host: localhost, evil.example",
                "Host: localhost:x"
            })
    void a_missing_double_or_malformed_host_is_refused(String lines) {
        String request =
                "GET /health/live HTTP/1.1\r\n"
                        + (lines.isEmpty() ? "" : lines + "\r\n")
                        + "Connection: close\r\n\r\n";
        Raw.Reply reply =
                server.raw().bytes(request.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(reply.status()).isIn(400, 421);
    }

    @Test
    void the_host_of_an_absolute_address_does_not_get_around_the_list() {
        Raw.Reply reply =
                server.raw().get("http://evil.example/api/test/open", "Host: evil.example");
        assertThat(reply.status()).isIn(400, 404, 421);
        reply = server.raw().get("/api/test/address", "X-Forwarded-Host: evil.example");
        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // origin, fetch site, csrf sent, expected
                "http://localhost:%d,   same-origin,  right, 200",
                "http://localhost:%d,   -,            right, 200",
                "-,                     same-origin,  right, 200",
                "-,                     none,         right, 200",
                "-,                     -,            right, 200",
                "http://soc.example:8443, -,          right, 200",
                "https://wall.example,  cross-site,   right, 200",
                "http://localhost:%d,   same-origin,  wrong, 403",
                "http://localhost:%d,   same-origin,  -,     403",
                "-,                     -,            -,     403",
                "-,                     -,            empty, 403",
                "https://wall.example,  cross-site,   -,     403",
                "http://evil.example,   cross-site,   right, 403",
                "http://evil.example,   -,            right, 403",
                "null,                  -,            right, 403",
                "-,                     cross-site,   right, 403",
                "-,                     same-site,    right, 403",
                "http://localhost:%d,   cross-site,   right, 403",
                "https://localhost:%d,  -,            right, 403",
                "http://localhost:1,    -,            right, 403",
                "http://localhost,      -,            right, 403",
                "http://127.0.0.1:%d,   -,            right, 403",
                "http://localhost:%d.evil.example, -, right, 403",
                "http://sensor-net.example, -,        right, 403"
            })
    void a_change_with_a_cookie_needs_origin_and_token(
            String origin, String site, String csrf, int expected) {
        for (String path : List.of("/api/test/triage", "/api/test/page", "/api/test/identity")) {
            Raw.Reply reply = server.raw().post(path, "{}", lines(origin, site, csrf));
            assertThat(reply.status()).as(path).isEqualTo(expected);
        }
    }

    @Test
    void reading_with_a_cookie_needs_neither() {
        assertThat(
                        server.raw()
                                .get(
                                        "/api/test/triage",
                                        browser.cookie(),
                                        "Sec-Fetch-Site: cross-site")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_token_needs_neither_because_no_browser_adds_it() {
        assertThat(
                        server.raw()
                                .post(
                                        "/api/test/triage",
                                        "{}",
                                        server.bearer(Role.ANALYST),
                                        "Origin: http://evil.example",
                                        "Sec-Fetch-Site: cross-site")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void another_page_cannot_sign_a_browser_in() {
        String body = "{\"username\":\"viewer-1\",\"password\":\"" + TestServer.PASSWORD + "\"}";
        Raw raw = server.raw();
        assertThat(raw.post("/api/login", body, "Origin: http://evil.example").status())
                .isEqualTo(403);
        assertThat(raw.post("/api/login", body, "Sec-Fetch-Site: cross-site").status())
                .isEqualTo(403);
        assertThat(raw.post("/api/login", body, "Sec-Fetch-Site: same-origin").status())
                .isEqualTo(200);
    }

    @Test
    void a_form_may_carry_the_token_in_a_field_and_the_handler_still_gets_the_form() {
        String token = browser.csrf().substring("X-CSRF-Token: ".length());
        String type = "Content-Type: application/x-www-form-urlencoded";
        Raw raw = server.raw();
        Raw.Reply reply =
                raw.send(
                        "POST",
                        "/api/test/form",
                        "name=Ada+L%C3%B6w&_csrf=" + token,
                        type,
                        browser.cookie());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("Ada Löw");
        assertThat(
                        raw.send(
                                        "POST",
                                        "/api/test/form",
                                        "name=x&_csrf=wrong",
                                        type,
                                        browser.cookie())
                                .status())
                .isEqualTo(403);
        assertThat(raw.send("POST", "/api/test/form", "name=x", type, browser.cookie()).status())
                .isEqualTo(403);
    }

    @Test
    void another_sessions_token_is_no_token() {
        TestServer.Browser other = server.browser("analyst-1");
        assertThat(
                        server.raw()
                                .post("/api/test/triage", "{}", browser.cookie(), other.csrf())
                                .status())
                .isEqualTo(403);
        assertThat(
                        server.raw()
                                .post(
                                        "/api/test/triage",
                                        "{}",
                                        browser.cookie(),
                                        browser.csrf(),
                                        other.csrf())
                                .status())
                .isEqualTo(400);
    }

    private static String[] lines(String origin, String site, String csrf) {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(browser.cookie());
        if (origin != null) {
            lines.add("Origin: " + origin.formatted(server.port()));
        }
        if (site != null) {
            lines.add("Sec-Fetch-Site: " + site);
        }
        if (csrf != null) {
            lines.add(
                    switch (csrf) {
                        case "right" -> browser.csrf();
                        case "empty" -> "X-CSRF-Token:";
                        default -> "X-CSRF-Token: " + csrf;
                    });
        }
        return lines.toArray(String[]::new);
    }
}
