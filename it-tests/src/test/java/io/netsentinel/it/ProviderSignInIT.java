package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// People sign in at a real OpenID provider (`oidc-provider`, certified), with a plain browser.
@EnabledIf(
        value = "io.netsentinel.it.NodePackages#providerInstalled",
        disabledReason = "needs Node.js and npm, and the package oidc-provider")
final class ProviderSignInIT {
    private static final String ACCOUNTS =
            """
            {"u-jane": {"preferred_username": "Jane", "groups": ["staff", "soc"]},
             "u-root": {"preferred_username": "admin", "groups": ["soc-leads"]},
             "u-kim": {"preferred_username": "kim", "groups": ["kitchen"]},
             "u-max": {"preferred_username": "max", "groups": "soc"},
             "u-eve": {"preferred_username": "eve", "groups": "soc"}}\
            """;
    private static final String SECRET = "a secret with +, %25 and: colons in it 0123456789";

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static HttpApi admin;
    private static Program provider;
    private static URI issuer;

    @BeforeAll
    static void start() throws IOException {
        int port = ServerProcess.freePort();
        String here = "http://127.0.0.1:" + port;
        String client =
                """
                {"client_id": "sentinel", "client_secret": "%s",
                 "redirect_uris": ["%s/login/provider/return"],
                 "post_logout_redirect_uris": ["%s/login"]}\
                """
                        .formatted(SECRET, here, here);
        Path program = Program.copy("identity-provider.mjs", NodePackages.providerFolder());
        String setting = "{\"accounts\":%s,\"client\":%s}".formatted(ACCOUNTS, client);
        provider = Program.start(folder, Map.of(), List.of("node", program.toString(), setting));
        provider.awaitSaid("issuer", 1);
        issuer = URI.create(provider.said("issuer").findFirst().orElseThrow());
        Path secret = Files.writeString(folder.resolve("client-secret"), SECRET + "\n");
        Files.setPosixFilePermissions(
                secret, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Path configuration =
                Files.writeString(
                        folder.resolve("netsentinel.yaml"),
                        """
                        auth:
                          oidc:
                            issuer: %s
                            client-id: sentinel
                            label: Example & Sons
                            role-claim: groups
                            roles:
                              soc: analyst
                              soc-leads: admin
                        """
                                .formatted(issuer));
        Path data = Files.createDirectory(folder.resolve("data"));
        server =
                ServerProcess.start(
                        Launch.of("serve", "--config", configuration.toString())
                                .with("--data", data.toString(), "--port", "" + port)
                                .environment(
                                        "NETSENTINEL_AUTH_OIDC_CLIENT_SECRET_FILE",
                                        secret.toString()),
                        folder.resolve("server.log"));
        admin = HttpApi.admin(server, data);
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    private static URI here(String path) {
        return server.address().resolve(path);
    }

    /// Goes to a page, is sent to sign in, and does so at the provider.
    private static PlainBrowser signIn(String account, String path) {
        PlainBrowser browser = new PlainBrowser(here(path));
        assertThat(browser.address().getPath()).isEqualTo("/login");
        assertThat(browser.text()).contains("Example & Sons");
        browser.follow("/login/provider");
        assertThat(browser.address().getAuthority()).isEqualTo(issuer.getAuthority());
        browser.submit(Map.of("prompt", "login", "login", account, "password", "any"));
        return browser.submit(Map.of("prompt", "consent"));
    }

    private static void refused(PlainBrowser browser, String why) {
        assertThat(browser.status()).isEqualTo(403);
        assertThat(browser.address().getPath()).isEqualTo("/login/provider/return");
        assertThat(browser.text()).contains("Not signed in.", why);
        assertThat(browser.go(here("/account")).address().getPath()).isEqualTo("/login");
    }

    private static void tellProvider(String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(issuer.resolve(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        assertThat(HttpApi.send(request).statusCode()).isEqualTo(200);
    }

    private static JsonNode user(String name) {
        return HttpApi.json(admin.get("/api/users/" + name));
    }

    private static List<JsonNode> audited(String user) {
        return admin.stored("audit").stream()
                .map(event -> event.path("data"))
                .filter(data -> data.path("user").path("name").asText().equals(user))
                .toList();
    }

    @Test
    void somebodyComesInWithTheRoleOfTheirGroupWhereTheyWantedToGo() {
        PlainBrowser browser = signIn("u-jane", "/alerts?severity=high&q=a%20%26%20b");
        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.address()).isEqualTo(here("/alerts?severity=high&q=a%20%26%20b"));
        JsonNode jane = user("jane");
        assertThat(jane.path("role").asText()).isEqualTo("analyst");
        assertThat(jane.path("issuer").asText()).isEqualTo(issuer.toString());
        Await.until("it is in the audit trail", () -> !audited("jane").isEmpty());
        assertThat(audited("jane").getFirst().toString())
                .contains("GET /login/provider/return", "success", "at " + issuer);

        browser.go(here("/account"));
        assertThat(browser.text()).contains(issuer.toString()).doesNotContain("/account/password");
        HttpApi nobody = new HttpApi(server.address(), "");
        String login = "{\"username\":\"jane\",\"password\":\"any\"}";
        assertThat(nobody.post("/api/login", "application/json", login).statusCode())
                .isEqualTo(401);
        String password = "{\"password\":\"a long walk in the rain\"}";
        assertThat(admin.post("/api/users/jane", "application/json", password).body())
                .contains("signs in at " + issuer);

        // signed out here, then there
        browser.send(here("/logout"), Map.of());
        assertThat(browser.address()).isEqualTo(here("/login?signed-out"));
        assertThat(browser.go(here("/alerts")).address().getPath()).isEqualTo("/login");
        browser.go(here("/login?signed-out")).follow("/logout/provider");
        assertThat(browser.address().getPath()).isEqualTo("/session/end");
        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.text()).contains("127.0.0.1");
    }

    @Test
    void theRoleIsLookedAtEveryTimeAndANewKeyOfTheProviderIsFetched() {
        signIn("u-max", "/alerts");
        assertThat(user("max").path("role").asText()).isEqualTo("analyst");
        tellProvider(
                "/test/accounts",
                ACCOUNTS.replace("\"groups\": \"soc\"", "\"groups\": [\"soc-leads\"]"));
        tellProvider("/test/keys", "");
        PlainBrowser browser = signIn("u-max", "/users");
        assertThat(browser.status()).as(browser.text()).isEqualTo(200);
        assertThat(user("max").path("role").asText()).isEqualTo("admin");
        assertThat(browser.text()).contains("at " + issuer);
        tellProvider("/test/accounts", ACCOUNTS);
    }

    @Test
    void whoIsRefusedIsToldWhyAndSoIsTheAuditTrail() {
        refused(signIn("u-kim", "/alerts"), "auth.oidc.role-claim");
        refused(signIn("u-root", "/alerts"), "there is a user admin already");
        signIn("u-eve", "/alerts");
        String disabled = "{\"disabled\":true}";
        HttpApi.json(admin.post("/api/users/eve", "application/json", disabled));
        refused(signIn("u-eve", "/alerts"), "the user eve is disabled here");
        assertThat(admin.get("/api/users/kim").statusCode()).isEqualTo(404);
        Await.until(
                "the refusal is in the audit trail",
                () ->
                        audited("eve").stream()
                                .anyMatch(entry -> entry.toString().contains("failure")));
    }

    @Test
    void anAnswerNobodyWaitsForIsRefused() {
        PlainBrowser browser =
                new PlainBrowser(
                        here("/login/provider/return?code=stolen&state=made-up&iss=" + issuer));
        refused(browser, "begin again");
        // whoever says no at the provider
        browser.go(here("/login/provider?next=/alerts"));
        browser.follow("/abort");
        refused(browser, "access_denied");
    }
}
