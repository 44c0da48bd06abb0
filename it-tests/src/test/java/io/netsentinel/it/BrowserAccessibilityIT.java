package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// WCAG 2.2 AA by axe on every page, in both themes, on a desk and on 320 pixels (which is also 400
/// % zoom), where nothing may need scrolling in two directions.
@BrowserTest
final class BrowserAccessibilityIT {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa");

    private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

    @TempDir private static Path folder;
    private static BrowserServer server;
    private static String alert = "";

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
        server.addUser("vera", "viewer");
        List<BrowserAlert> alerts = new ArrayList<>();
        for (String level : List.of("Critical", "Major", "Minor", "Informational")) {
            for (int n = 0; n < 2; n++) { // more rows of a kind cost axe time and show it nothing
                alerts.add(
                        BrowserAlert.of("ET EXAMPLE Something to look at " + level + " " + n)
                                .withLevel(level)
                                .withSensor("sensor-" + n));
            }
        }
        server.writeAndAwait(alerts.toArray(BrowserAlert[]::new));
        alert = server.ids().getFirst();
        Scenery.put(server.api());
        Await.until(
                "the connections are known",
                () -> server.get("/api/topology").path("size").path("edges").asInt() >= 19);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /// Else all the others would say nothing.
    @Test
    void whatIsWrongIsFound() {
        Browser browser = browsers.take(server.address());
        browser.open("/login");
        browser.run(
                "const image = document.createElement('img'); image.width = 20;"
                        + " const faint = document.createElement('p'); faint.textContent = 'Faint';"
                        + " faint.style.setProperty('color', '#333'); faint.style.setProperty('background', '#222');"
                        + " document.querySelector('main').append(image, faint); return true");
        Axe axe = new Axe(browser);
        assertThat(axe.tagged(RULES, List.of()))
                .anyMatch(one -> one.startsWith("image-alt "))
                .anyMatch(one -> one.startsWith("color-contrast "));
        assertThat(axe.rules(COLOURS)).allMatch(one -> one.startsWith("color-contrast "));
        assertThat(axe.tagged(RULES, COLOURS)).noneMatch(one -> one.startsWith("color-contrast "));
    }

    @Test
    void pagesBeforeSigningInHaveNoViolation() {
        Browser browser = browsers.take(server.address());
        browser.expect("status of 404");
        checkAll(browser, "/login", "/login?next=%2Falerts", "/nothing/here");
    }

    @Test
    void theLoginPageHasNoViolationWhenItRefuses() {
        Browser browser = browsers.take(server.address());
        browser.expect("status of 401");
        browser.open("/login");
        browser.signInHere("vera", "not it");
        Await.until("the reason", () -> browser.has("[role=alert]"));
        check(browser, "refused");
    }

    @Test
    void theOverviewHasNoViolation() {
        checkAll(signedIn("admin"), "/", "/?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z");
    }

    @Test
    void theAlertsPageHasNoViolationWithAndWithoutTheDrawer() {
        checkAll(
                signedIn("admin"),
                "/alerts",
                "/alerts?alert=" + alert,
                "/alerts/" + alert,
                "/alerts?q=nothing-like-this",
                "/alerts?group=signature",
                "/alerts?group=source&q=nothing-like-this",
                "/alerts?filter=what+is+this",
                "/alerts/suppress?alert=" + alert);
    }

    @Test
    void pagesThatAskBeforeAnAdministratorActsHaveNoViolation() {
        made("/ws/notify/desk-1", "{\"data\":{\"text\":\"Shift ends\"}}");
        made(
                "/api/sinks",
                "{\"name\":\"siem\",\"kind\":\"splunk\",\"url\":\"https://siem.invalid\",\"token\":\"none\"}");
        checkAll(
                signedIn("admin"),
                "/connections?notify=admin%2Fdesk-1",
                "/queues",
                "/queues/purge?messages=admin%2Fdesk-1",
                "/integrations",
                "/integrations/sinks/rewind?name=siem");
    }

    private static void made(String path, String body) {
        var answer = server.api().post(path, "application/json", body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 202);
    }

    @Test
    void theIncidentPagesHaveNoViolation() {
        Browser browser = signedIn("admin");
        browser.open("/incidents");
        browser.awaitLive();
        Await.until("an incident", () -> browser.has("#rows .sig a"));
        String one =
                browser.string(
                        "return document.querySelector('#rows .sig a').getAttribute('href')");
        checkAll(browser, "/incidents", "/incidents?q=nothing-like-this", one);
    }

    @Test
    void thePagesOfTablesHaveNoViolation() {
        Browser browser = signedIn("admin");
        browser.open("/audit");
        browser.awaitLive();
        Await.until("the sign-in", () -> browser.text("#sheets").contains("POST /api/login"));
        checkAll(
                browser,
                "/audit",
                "/audit?q=what+is+this",
                "/logs",
                "/integrations",
                "/connections",
                "/channels",
                "/queues",
                "/users",
                "/rules",
                "/settings",
                "/guide",
                "/wall",
                "/views");
        browser.open("/settings");
        browser.run("document.getElementById('purge-text').value = '192.0.2.7'; return true");
        browser.click("#purge form button");
        Await.until("what would be removed", () -> browser.has("#confirm"));
        check(browser, "the page of a purge");
    }

    @Test
    void thePagesToLookAroundHaveNoViolation() {
        checkAll(
                signedIn("admin"),
                "/map",
                "/topology?host=10.0.1.10&than=1h",
                "/network?event=1",
                "/honeypot/session?id=visit1",
                "/scores",
                "/health",
                "/stats");
    }

    @Test
    void theAccountAndErrorPagesHaveNoViolation() {
        Browser browser = signedIn("vera");
        browser.expect("status of 404");
        checkAll(browser, "/account", "/nothing/here", "/alerts");
    }

    @Test
    void helpMessagesAndSelectionHaveNoViolation() {
        Browser browser = signedIn("admin");
        browser.open("/alerts");
        browser.awaitLive();
        browser.press("j", "x", "?");
        Await.until("help", () -> browser.is("return document.getElementById('help').open"));
        check(browser, "help");
        browser.run("document.getElementById('help').close(); return true");
        browser.press("e");
        Await.until("a message", () -> browser.has("#toasts .toast"));
        check(browser, "message");
    }

    private Browser signedIn(String user) {
        Browser browser = browsers.take(server.address());
        server.enter(browser, user);
        return browser;
    }

    private static void checkAll(Browser browser, String... paths) {
        for (String path : paths) {
            browser.open(path);
            if (browser.has("#pill")) {
                browser.awaitLive();
            }
            check(browser, path);
        }
    }

    /// All rules on a desk; in the other theme those that depend on colours; on a phone those that
    /// do not.
    private static void check(Browser browser, String what) {
        Axe axe = new Axe(browser);
        List<String> found = new ArrayList<>();
        browser.prefer("dark");
        browser.size(1440, 900);
        axe.tagged(RULES, List.of()).forEach(one -> found.add(what + " dark wide: " + one));
        browser.prefer("light");
        axe.rules(COLOURS).forEach(one -> found.add(what + " light wide: " + one));
        browser.size(320, 640);
        axe.tagged(RULES, COLOURS).forEach(one -> found.add(what + " narrow: " + one));
        int width =
                ((Number) browser.run("return document.documentElement.scrollWidth")).intValue();
        if (width > 320) {
            found.add(what + ": needs " + width + " pixels, has 320");
        }
        browser.size(1440, 900);
        assertThat(found).as("violations").isEmpty();
    }
}
