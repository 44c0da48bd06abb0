package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessTest {
    @TempDir static Path directory;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        // access,   nobody, viewer, analyst, admin, sensor
        "open,       200,    200,    200,     200,   200",
        "identity,   401,    200,    200,     200,   200",
        "read,       401,    200,    200,     200,   403",
        "triage,     401,    403,    200,     200,   403",
        "publish,    401,    403,    403,     200,   200",
        "admin,      401,    403,    403,     200,   403",
        "page,       303,    200,    200,     200,   403",
        "admin_page, 303,    403,    403,     200,   403"
    })
    void who_may_use_what(
            String access, int nobody, int viewer, int analyst, int admin, int sensor) {
        String path = "/api/test/" + access;
        Raw raw = server.raw();
        assertThat(raw.get(path).status()).isEqualTo(nobody);
        assertThat(raw.get(path, server.bearer(Role.VIEWER)).status()).isEqualTo(viewer);
        assertThat(raw.get(path, server.bearer(Role.ANALYST)).status()).isEqualTo(analyst);
        assertThat(raw.get(path, server.bearer(Role.ADMIN)).status()).isEqualTo(admin);
        assertThat(raw.get(path, server.bearer(Role.SENSOR)).status()).isEqualTo(sensor);
        assertThat(raw.post(path, "{}", server.bearer(Role.VIEWER)).status()).isEqualTo(viewer);
        assertThat(raw.post(path, "{}", server.bearer(Role.ANALYST)).status()).isEqualTo(analyst);
        assertThat(raw.post(path, "{}", server.bearer(Role.ADMIN)).status()).isEqualTo(admin);
        assertThat(raw.post(path, "{}", server.bearer(Role.SENSOR)).status()).isEqualTo(sensor);
    }

    @Test
    void a_cookie_proves_the_same_as_a_token() {
        TestServer.Browser viewer = server.browser("viewer-1");
        assertThat(server.raw().get("/api/test/read", viewer.cookie()).body())
                .isEqualTo("viewer-1");
        assertThat(server.raw().get("/api/test/admin", viewer.cookie()).status()).isEqualTo(403);
    }

    @Test
    void a_token_that_is_not_good_is_refused_even_beside_a_good_cookie() {
        Raw.Reply reply =
                server.raw()
                        .get(
                                "/api/test/read",
                                "Authorization: Bearer nonsense",
                                server.browser("viewer-1").cookie());
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(reply.body()).doesNotContain("nonsense");
    }

    @Test
    void other_schemes_and_two_identities_are_refused() {
        Raw raw = server.raw();
        String good = server.bearer(Role.ADMIN);
        assertThat(raw.get("/api/test/read", "Authorization: Basic YTpi").status()).isEqualTo(401);
        assertThat(raw.get("/api/test/read", "Authorization: Bearer").status()).isEqualTo(401);
        assertThat(raw.get("/api/test/read", good, good).status()).isEqualTo(400);
        String cookie = server.browser("viewer-1").cookie();
        assertThat(raw.get("/api/test/read", cookie, cookie).status()).isEqualTo(400);
        assertThat(raw.get("/api/test/read", cookie + "; ns=other").status()).isEqualTo(400);
    }

    @Test
    void a_token_in_the_address_is_refused_wherever_it_is() {
        String token = server.bearer(Role.ADMIN).substring("Authorization: Bearer ".length());
        for (String query :
                new String[] {
                    "?token=" + token,
                    "?a=b&access_token=" + token,
                    "?TOKEN=x",
                    "?%74oken=x",
                    "?jwt",
                    "?authorization=x"
                }) {
            for (String path : new String[] {"/api/test/read", "/health/live", "/ws", "/none"}) {
                Raw.Reply reply = server.raw().get(path + query);
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.body()).contains("Authorization: Bearer").doesNotContain("eyJ");
            }
        }
        assertThat(server.raw().get("/api/test/open?query=token").status()).isEqualTo(200);
    }

    @Test
    void an_anonymous_browser_is_sent_to_sign_in_and_back() {
        Raw.Reply reply = server.raw().get("/api/test/page?q=a%20b&x=//evil");
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location"))
                .isEqualTo("/login?next=%2Fapi%2Ftest%2Fpage%3Fq%3Da%2520b%26x%3D%2F%2Fevil");
        Raw.Reply fragment = server.raw().get("/api/test/page", "HX-Request: true");
        assertThat(fragment.status()).isEqualTo(401);
        assertThat(fragment.header("HX-Redirect")).isEqualTo("/login?next=%2Fapi%2Ftest%2Fpage");
    }

    @Test
    void a_session_that_is_over_leads_to_sign_in_and_not_to_an_error() {
        String over = "Cookie: ns=gone";
        assertThat(server.raw().get("/api/test/page", over).status()).isEqualTo(303);
        assertThat(server.raw().get("/api/test/open", over).body()).isEqualTo("nobody");
        assertThat(server.raw().get("/api/test/read", over).status()).isEqualTo(401);
    }

    @Test
    void revoking_and_disabling_act_on_the_next_request() {
        var issued =
                server.auth()
                        .tokens()
                        .issue(
                                "short",
                                Role.VIEWER,
                                java.util.List.of(),
                                java.time.Duration.ofHours(1));
        String line = "Authorization: Bearer " + issued.jwt();
        assertThat(server.raw().get("/api/test/read", line).status()).isEqualTo(200);
        server.auth().tokens().revoke(issued.token().id());
        assertThat(server.raw().get("/api/test/read", line).status()).isEqualTo(401);

        server.auth().users().add("brief", Role.VIEWER, TestServer.PASSWORD);
        TestServer.Browser browser = server.browser("brief");
        assertThat(server.raw().get("/api/test/read", browser.cookie()).status()).isEqualTo(200);
        server.auth().users().disable("brief");
        assertThat(server.raw().get("/api/test/read", browser.cookie()).status()).isEqualTo(401);
    }
}
