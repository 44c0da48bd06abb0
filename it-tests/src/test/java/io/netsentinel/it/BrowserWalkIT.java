package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/// Every page and every action, with the keyboard alone, as a viewer, an analyst and an
/// administrator: nothing is offered that the role may not do, everything that is offered is done,
/// and the browser has nothing to complain about.
@BrowserTest
final class BrowserWalkIT {
    private static final String JSON = "application/json";

    /// The pages of everybody by the key that leads there.
    private static final Map<String, String> PAGES =
            pages(
                    "o /, a /alerts, i /incidents, m /map, t /topology, f /network, l /logs, y"
                            + " /honeypot, b /scores, v /health, c /account");

    private static final Map<String, String> ADMIN_PAGES =
            pages(
                    "n /integrations, w /connections, h /channels, q /queues, s /stats, r /rules, u"
                            + " /users, e /settings, d /audit");

    private static final Set<String> OWN =
            Set.of(
                    "/login",
                    "/logout",
                    "/views/save",
                    "/views/rename",
                    "/views/delete",
                    "/account/preferences",
                    "/account/password");

    private static final Set<String> TRIAGE =
            Set.of(
                    "/alerts/ack",
                    "/alerts/unack",
                    "/alerts/ack-matching",
                    "/alerts/escalate",
                    "/alerts/note",
                    "/incidents/assign",
                    "/incidents/note",
                    "/incidents/status",
                    "/incidents/split",
                    "/incidents/merge");

    private static final Set<String> ADMINISTRATION =
            Set.of(
                    "/alerts/suppress",
                    "/alerts/unsuppress",
                    "/rules/end",
                    "/connections/close",
                    "/connections/broadcast",
                    "/connections/notify",
                    "/queues/purge",
                    "/integrations/sinks/rewind",
                    "/integrations/sources/test",
                    "/integrations/sinks/test",
                    "/integrations/sinks/pause",
                    "/integrations/sinks/resume",
                    "/users/add",
                    "/users/disable",
                    "/users/enable",
                    "/users/token",
                    "/users/revoke",
                    "/users/sign-out",
                    "/settings/notify",
                    "/settings/purge/preview",
                    "/settings/purge",
                    "/settings/purge/withdraw");

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa");

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    private static Map<String, String> pages(String text) {
        Map<String, String> pages = new LinkedHashMap<>();
        for (String one : text.split(", ", -1)) {
            int space = one.indexOf(' ');
            pages.put(one.substring(0, space), one.substring(space + 1));
        }
        return pages;
    }

    @Test
    void anAdministratorComesToEveryPageAndDoesEverythingWithTheKeyboard() {
        walk("admin", "dark", _ -> {});
    }

    @Test
    void aViewerComesToTheirPagesAndIsOfferedNothingElse() {
        walk("viewer", "light", _ -> {});
    }

    /// All roles in both themes; on each page axe looks, and Tab comes to everything.
    @ParameterizedTest
    @CsvSource({
        "viewer, dark",
        "viewer, light",
        "analyst, dark",
        "analyst, light",
        "admin, dark",
        "admin, light"
    })
    @Tag("long")
    void everyRoleInBothThemesWithEveryPageLookedAtClosely(String role, String theme) {
        List<String> wrong = new ArrayList<>();
        walk(
                role,
                theme,
                step -> {
                    new Axe(step.browser)
                            .tagged(RULES, List.of())
                            .forEach(one -> wrong.add(step.browser.location() + ": " + one));
                    step.walk.menus();
                    wrong.addAll(step.walk.tour());
                });
        assertThat(wrong).isEmpty();
    }

    /// A page that is shown.
    private record Step(Browser browser, Walk walk) {}

    private void walk(String role, String theme, Consumer<Step> closely) {
        try (BrowserServer server = BrowserServer.start(folder)) {
            String user = role.equals("admin") ? "admin" : "pat";
            if (!user.equals("admin")) {
                server.addUser(user, role);
            }
            furnish(server);
            Browser browser = browsers.take(server.address());
            browser.prefer(theme);
            Walk walk = Walk.begin(browser);
            walk.signIn(user, server.password(user));
            Step step = new Step(browser, walk);
            boolean administers = role.equals("admin");
            Set<String> may = new TreeSet<>(OWN);
            browsed(server, step, administers, closely);
            if (!role.equals("viewer")) {
                may.addAll(TRIAGE);
                alerts(server, step);
                incidents(server, step);
            }
            if (administers) {
                may.addAll(ADMINISTRATION);
                administration(server, step, closely);
            } else {
                forbidden(step);
            }
            own(server, step, user, theme);
            assertThat(walk.offered()).as("offered to a role of " + role).isSubsetOf(may);
            assertThat(walk.done()).as("done as " + role).isEqualTo(may);
            assertThat(walk.violations()).as("refused by the security policy").isEmpty();
            browser.leave();
        }
    }

    /// Something on every page.
    private static void furnish(BrowserServer server) {
        Scenery.put(server.api());
        for (int n = 0; n < 4; n++) {
            server.writeAndAwait(
                    BrowserAlert.of("Walk critical " + n).withLevel("Critical"),
                    BrowserAlert.of("Walk high " + n));
        }
        made(
                server.api(),
                "/api/events?format=syslog",
                "text/plain",
                "<84>1 %s gw-1 sshd 4000 - - Failed password for root from 203.0.113.20 port 41000 ssh2\n"
                        .formatted(Instant.now()));
        made(
                server.api(),
                "/api/sinks",
                JSON,
                "{\"name\":\"siem\",\"kind\":\"splunk\",\"url\":\"https://siem.invalid\",\"token\":\"none\"}");
        made(
                server.api(),
                "/api/notifications",
                JSON,
                "{\"name\":\"desk\",\"kind\":\"webhook\",\"url\":\"https://desk.invalid/hook\"}");
        Await.until(
                "two incidents, one with evidence to split",
                () ->
                        server.get("/api/incidents").path("incidents").size() >= 2
                                && server.get("/api/incidents").at("/incidents/0/members").asInt()
                                        > 1
                                && server.get("/api/topology").path("size").path("edges").asInt()
                                        >= 19);
    }

    private static void made(HttpApi api, String path, String type, String body) {
        var answer = api.post(path, type, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 201);
    }

    /// All pages of the role with their menus, and what is opened on them.
    private static void browsed(
            BrowserServer server, Step step, boolean administers, Consumer<Step> closely) {
        Browser browser = step.browser;
        Walk walk = step.walk;
        Map<String, String> pages = new LinkedHashMap<>(PAGES);
        if (administers) {
            pages.putAll(ADMIN_PAGES);
        }
        assertThat(new TreeSet<>(browser.attributes("#nav [data-go]", "href")))
                .as("the pages in the navigation")
                .isEqualTo(new TreeSet<>(pages.values()));
        pages.forEach((key, path) -> {
            walk.go(key, path);
            closely.accept(step);
        });
        walk.go("a", "/alerts");
        walk.menus();
        String alert = server.ids().getFirst();
        for (String path :
                List.of(
                        "/?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z",
                        "/alerts?group=signature",
                        "/alerts?alert=" + alert,
                        "/alerts/" + alert,
                        "/incidents/" + incident(server, 0),
                        "/map?hour=2026-01-01T00:00",
                        "/topology?host=10.0.1.10",
                        "/network?event=1",
                        "/honeypot/session?id=visit1",
                        "/guide",
                        "/views",
                        "/wall")) {
            walk.open(path);
            closely.accept(step);
        }
        help(browser);
        download(browser, walk);
    }

    private static String incident(BrowserServer server, int n) {
        return server.get("/api/incidents").path("incidents").path(n).path("id").asText();
    }

    private static void help(Browser browser) {
        browser.press("?");
        Await.until("help", () -> browser.is("return document.getElementById('help').open"));
        browser.press(Keys.TAB);
        assertThat(browser.is("return document.activeElement.closest('#help') !== null")).isTrue();
        browser.press(Keys.ESCAPE);
        Await.until("no help", () -> !browser.is("return document.getElementById('help').open"));
    }

    private static void download(Browser browser, Walk walk) {
        Path files = createFolder();
        browser.driver()
                .executeCdpCommand(
                        "Browser.setDownloadBehavior",
                        Map.of("behavior", "allow", "downloadPath", files.toString()));
        for (String kind : List.of("csv", "json")) {
            walk.open("/alerts");
            walk.press("#files summary", Keys.ENTER);
            walk.press("#files [data-file=" + kind + "]", Keys.ENTER);
            Await.until(
                    "the file",
                    () -> {
                        String[] names =
                                files.toFile().list((_, name) -> name.endsWith("." + kind));
                        return names != null && names.length == 1;
                    });
        }
        browser.driver()
                .executeCdpCommand("Browser.setDownloadBehavior", Map.of("behavior", "default"));
    }

    private static Path createFolder() {
        try {
            return Files.createTempDirectory("netsentinel-walk-");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void alerts(BrowserServer server, Step step) {
        Browser browser = step.browser;
        Walk walk = step.walk;
        walk.open("/alerts?q=Walk");
        browser.press("j", "a");
        walk.awaitToast("Acknowledged.");
        browser.press("u");
        walk.awaitToast("Opened again.");
        walk.open("/alerts?q=Walk");
        browser.press("j", "e");
        walk.awaitToast("Escalated.");
        browser.press("j", "x", "j", "x", "a");
        walk.awaitToast("Acknowledged 2 alerts");

        walk.open("/alerts?q=Walk+critical");
        browser.press("j", Keys.ENTER);
        Await.until("the drawer", () -> browser.has("#drawer #detail"));
        walk.look();
        browser.press("n");
        Await.until("the note", () -> browser.is("return document.activeElement.id === 'note'"));
        browser.press("seen before", Keys.TAB, Keys.ENTER);
        Await.until("the note", () -> browser.text("#drawer .changes").contains("seen before"));
        walk.press("#drawer [data-toggle]", Keys.ENTER);
        walk.awaitToast("Acknowledged.");

        server.writeAndAwait(BrowserAlert.of("Walk together"), BrowserAlert.of("Walk grouped"));
        walk.open("/alerts?q=Walk+together");
        walk.press("form[action='/alerts/ack-matching'] button", Keys.ENTER);
        walk.awaitToast("Acknowledged.");
        walk.open("/alerts?group=signature&q=Walk+grouped");
        browser.press("j", "a");
        walk.awaitToast("Acknowledged.");
    }

    private static void incidents(BrowserServer server, Step step) {
        Browser browser = step.browser;
        Walk walk = step.walk;
        String first = "";
        String other = "";
        for (int n = 0; n < server.get("/api/incidents").path("incidents").size(); n++) {
            String id = incident(server, n);
            if (server.get("/api/incidents/" + id).path("members").asInt() > 1) {
                first = id;
            } else {
                other = id;
            }
        }
        walk.open("/incidents");
        browser.press("j", Keys.ENTER);
        Await.until("an incident", () -> browser.has("#case"));
        walk.open("/incidents/" + first);
        browser.press("t");
        walk.awaitToast("works on it now");
        browser.press("n");
        browser.press("looked at", Keys.TAB, Keys.ENTER);
        // what is changed next is changed as of this
        Await.until("the note", () -> browser.text("#case .changes").contains("looked at"));
        walk.press("[data-move]", Keys.ENTER);
        walk.awaitToast("The incident is");
        walk.open("/incidents/" + first);
        walk.press("#case input[name=member]", Keys.SPACE);
        walk.press("form[action='/incidents/split'] .under button", Keys.ENTER);
        walk.awaitToast("A new incident has 1 alert of it");
        walk.open("/incidents/" + first);
        walk.fill("#with", other);
        browser.press(Keys.ENTER);
        walk.awaitToast("Took in 1 incident");
        walk.open("/incidents/" + first);
        walk.press("button[value=false-positive]", Keys.ENTER);
        walk.awaitToast("The incident is closed now");
    }

    private static void administration(BrowserServer server, Step step, Consumer<Step> closely) {
        Browser browser = step.browser;
        Walk walk = step.walk;
        rules(server, step);
        try (Subscriber other = Subscriber.open(server.api(), "/ws/alerts")) {
            walk.open("/connections");
            walk.press(
                    "#sheet-connections tr:not(:has(td[title^=dashboard])) .deeds button",
                    Keys.ENTER);
            assertThat(other.closeCode()).isBetween(4000, 4999);
        }
        messages(step, closely);
        walk.open("/integrations");
        walk.press("form[action='/integrations/sources/test'] button", Keys.ENTER);
        walk.awaitToast("It can be read from");
        walk.press("form[action='/integrations/sinks/test'] button", Keys.ENTER);
        walk.awaitToast("The test failed");
        walk.press("form[action='/integrations/sinks/pause'] button", Keys.ENTER);
        walk.press("form[action='/integrations/sinks/resume'] button", Keys.ENTER);
        Await.until("it goes on", () -> browser.text("#toasts").contains("It goes on"));
        walk.press("#snk-siem .deeds a", Keys.ENTER);
        Await.until("how far back", () -> browser.has("#rewind-to"));
        closely.accept(step);
        walk.look();
        walk.press("form[action='/integrations/sinks/rewind'] button", Keys.ENTER);
        walk.awaitToast("siem goes on in");

        walk.open("/users");
        walk.fill("#user-name", "zoe");
        browser.press(Keys.ENTER);
        Await.until("the password", () -> browser.has("#main .command code"));
        String password = browser.text("#main .command code");
        walk.press("#main a.button", Keys.ENTER);
        Await.until("the users", () -> browser.has("#u-zoe"));
        walk.press("#u-zoe .deeds button", Keys.ENTER);
        Await.until("disabled", () -> browser.text("#u-zoe").contains("disabled"));
        walk.press("#u-zoe .deeds button", Keys.ENTER);
        Await.until("enabled", () -> browser.text("#u-zoe").contains("active"));
        walk.open("/users");
        walk.fill("#token-name", "probe");
        browser.press(Keys.ENTER);
        Await.until("the token", () -> browser.has("#main .command code"));
        walk.press("#main a.button", Keys.ENTER);
        walk.press("form[action='/users/revoke'] button", Keys.ENTER);
        walk.awaitToast("The token is over");
        made(
                new HttpApi(server.address(), ""),
                "/api/login",
                JSON,
                "{\"username\":\"zoe\",\"password\":\"" + password + "\"}");
        walk.open("/users");
        walk.press("#sheet-sessions tr:has([title=zoe]) .deeds button", Keys.ENTER);
        walk.awaitToast("Signed out");

        walk.open("/settings");
        walk.press("form[action='/settings/notify'] button", Keys.ENTER);
        walk.awaitToast("The test did not get through");
        walk.fill("#purge-text", "192.0.2.7");
        browser.press(Keys.ENTER);
        Await.until("what it removes", () -> browser.has("#confirm"));
        walk.look();
        walk.fill("#reason", "asked by letter");
        walk.fill("#confirm", "192.0.2.7");
        browser.press(Keys.ENTER);
        Await.until("it waits", () -> browser.text("#sheet-purges").contains("192.0.2.7"));
        walk.look();
        walk.press("form[action='/settings/purge/withdraw'] button", Keys.ENTER);
        Await.until("withdrawn", () -> browser.text("#sheet-purges").contains("Nothing waits"));
    }

    /// To all, to one who is away, and that one taken back.
    private static void messages(Step step, Consumer<Step> closely) {
        Browser browser = step.browser;
        Walk walk = step.walk;
        walk.open("/connections");
        walk.fill("#broadcast-text", "Shift ends");
        browser.press(Keys.ENTER);
        walk.awaitToast("Sent to all on system");
        walk.fill("#notify-client", "desk-9");
        walk.fill("#notify-text", "Call me");
        browser.press(Keys.ENTER);
        walk.awaitToast("Queued for admin/desk-9");
        walk.open("/queues");
        walk.press("#sheet-inboxes a[href*=desk-9][href*=purge]", Keys.ENTER);
        Await.until("what it does", () -> browser.has("form[action='/queues/purge']"));
        closely.accept(step);
        walk.look();
        walk.press("form[action='/queues/purge'] button", Keys.ENTER);
        walk.awaitToast("1 message for admin/desk-9 removed");
    }

    /// Twice: once it is taken back, once it is ended where the rules are.
    private static void rules(BrowserServer server, Step step) {
        Browser browser = step.browser;
        Walk walk = step.walk;
        server.writeAndAwait(BrowserAlert.of("Walk noise"));
        for (boolean undone : new boolean[] {true, false}) {
            walk.open("/alerts?status=all&q=Walk+noise");
            browser.press("j", "s");
            Await.until(
                    "the form", () -> browser.is("return document.activeElement.id === 'reason'"));
            walk.look();
            browser.press("our own lab", Keys.ENTER);
            walk.awaitToast("Alerts like this are suppressed");
            Await.until("back on the list", () -> !browser.has("#reason"));
            if (undone) {
                browser.press("u");
                walk.awaitToast("The rule has ended.");
            }
        }
        walk.open("/rules");
        walk.press("form[action='/rules/end'] button", Keys.ENTER);
        Await.until("no rule holds", () -> !browser.has("form[action='/rules/end']"));
    }

    /// Pages of administrators say that they are not for this role, and lead back.
    private static void forbidden(Step step) {
        Browser browser = step.browser;
        browser.expect("status of 403");
        List<String> paths = new ArrayList<>(ADMIN_PAGES.values());
        paths.add("/alerts/suppress?alert=any");
        paths.add("/queues/purge?messages=any");
        paths.add("/integrations/sinks/rewind?name=any");
        for (String path : paths) {
            browser.open(path);
            assertThat(browser.text("h1")).as(path).isEqualTo("Not allowed");
            assertThat(browser.attributes("main.solo a.button", "href")).containsExactly("/");
        }
        step.walk.press("main.solo a.button", Keys.ENTER);
        Await.until("the overview", () -> browser.location().equals("/"));
        browser.awaitLive();
    }

    /// What everybody may do with what is their own; at last, signing out.
    private static void own(BrowserServer server, Step step, String user, String theme) {
        Browser browser = step.browser;
        Walk walk = step.walk;
        walk.open("/alerts?severity=high");
        walk.press("#views summary", Keys.ENTER);
        walk.fill("#view-name", "Mine");
        browser.press(Keys.ENTER);
        Await.until("the view is saved", () -> browser.has("#views a[title=Mine]"));
        walk.open("/views");
        walk.fill("form[action='/views/rename'] input[name=name]", "Ours");
        browser.press(Keys.ENTER);
        Await.until("its new name", () -> browser.text("#main ul").contains("Ours"));
        walk.press("form[action='/views/delete'] button", Keys.ENTER);
        Await.until("none", () -> browser.text("#main").contains("No view is saved yet"));

        walk.open("/account");
        walk.reach("#theme");
        browser.press(theme.substring(0, 1));
        walk.reach("#density");
        browser.press("com", "pact");
        walk.press("form[action='/account/preferences'] button", Keys.ENTER);
        Await.until(
                "the theme is kept",
                () ->
                        browser.is(
                                "return document.documentElement.dataset.theme === arguments[0]",
                                theme));
        walk.press("[data-switch-theme]", Keys.ENTER);
        Await.until(
                "the other theme",
                () ->
                        !browser.is(
                                "return document.documentElement.dataset.theme === arguments[0]",
                                theme));
        browser.press(Keys.ENTER);
        walk.open("/account");
        String password = server.password(user);
        walk.fill("#current", password);
        walk.fill("#new", "another " + password);
        walk.fill("#again", "another " + password);
        browser.press(Keys.ENTER);
        Await.until("it is changed", () -> browser.text("#main .note-bar").contains("changed"));

        walk.open("/wall");
        walk.press("#main form button", Keys.ENTER);
        Await.until("the wall", () -> browser.is("return document.body.dataset.wall === 'yes'"));
        browser.press(Keys.ESCAPE);
        Await.until(
                "menus again",
                () ->
                        browser.location().equals("/wall")
                                && !browser.is("return 'wall' in document.body.dataset"));
        walk.open("/");
        walk.press("form[action='/logout'] button", Keys.ENTER);
        Await.until("the login page", () -> browser.location().startsWith("/login"));
    }
}
