package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// The dashboard while events come in, in real browsers.
@BrowserTest
final class BrowserLiveIT {
    private static final String ROWS = "#rows tr";

    @TempDir private static Path folder;
    private static BrowserServer server;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
        server.addUser("alice", "analyst");
        server.addUser("bob", "analyst");
        server.addUser("vera", "viewer");
        server.writeAndAwait(BrowserAlert.of("The first alert"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private Browser signedIn(String user) {
        Browser browser = browsers.take(server.address());
        server.enter(browser, user, "/");
        return browser;
    }

    /// A browser on the alerts page, live, with the pointer out of the way.
    private Browser onAlerts(String user, String query) {
        Browser browser = browsers.take(server.address());
        server.enter(browser, user, "/alerts" + query);
        return browser;
    }

    private static String row(String signature) {
        return "#rows tr:has(.sig a[title='" + signature + "'])";
    }

    private static String feed(String signature) {
        return "#feed li:has(a[title='" + signature + "'])";
    }

    private static void awaitRow(Browser browser, String signature) {
        Await.until("the row of " + signature, () -> browser.has(row(signature)));
    }

    private static String id(Browser browser, String signature) {
        return browser.attributes(row(signature), "data-id").getFirst();
    }

    @Test
    void aLineBecomesARowOnTheAlertsPageWithoutReload() {
        Browser browser = onAlerts("alice", "");
        browser.run("return window.notReloaded = true");
        server.write(BrowserAlert.of("Live row").withLevel("Critical").withSensor("sensor-7"));
        awaitRow(browser, "Live row");
        assertThat(browser.attributes(ROWS, "data-id").getFirst())
                .isEqualTo(id(browser, "Live row"));
        assertThat(browser.text(row("Live row") + " .sev")).isEqualTo("Critical");
        assertThat(browser.text(row("Live row") + " .sensor")).isEqualTo("sensor-7");
        assertThat(browser.text(row("Live row") + " .src")).contains("203.0.113.77:");
        assertThat(browser.is("return window.notReloaded === true")).isTrue();
        assertThat(browser.state()).isEqualTo("live");
        assertThat(browser.text("#pill [role=status]")).isEqualTo("Live");
    }

    @Test
    void rowsThatComeStopNothingElseOfThePage() {
        Browser browser = browsers.take(server.address());
        // the first timers of a page have the numbers of its first frames
        browser.atEveryDocument(
                "window.beats = [0, 0, 0, 0, 0, 0]; beats.forEach((_, i) => setInterval(() => beats[i]++, 50))");
        server.enter(browser, "alice", "/alerts");
        for (int i = 0; i < 8; i++) {
            server.write(BrowserAlert.of("Beside " + i));
            awaitRow(browser, "Beside " + i);
        }
        browser.run("return window.before = [...beats]");
        Await.until(
                "all timers go on",
                () -> browser.is("return beats.every((beat, i) => beat > before[i])"));
        browser.leave();
    }

    @Test
    void rowsStandInGroupsNewestFirstAndAreOneTable() {
        Browser browser = onAlerts("alice", "");
        int before = browser.count(ROWS);
        BrowserAlert[] alerts = new BrowserAlert[25];
        for (int i = 0; i < alerts.length; i++) {
            alerts[i] = BrowserAlert.of("In a group " + i);
        }
        server.write(alerts);
        awaitRow(browser, "In a group 0");
        awaitRow(browser, "In a group 24");
        assertThat(browser.count(ROWS)).isEqualTo(before + alerts.length);
        assertThat(browser.count("#rows > tbody")).isGreaterThan(2);
        assertThat(browser.count("#rows > tr")).isZero();
        List<Long> times =
                browser.attributes(ROWS, "data-time").stream().map(Long::parseLong).toList();
        assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(browser.text("[data-shown]")).startsWith(before + alerts.length + " alerts");
        browser.leave();
    }

    @Test
    void thePageTellsTheServerHowLongAnAlertTookToTheScreen() {
        Browser browser = onAlerts("alice", "");
        browser.pointAway();
        long before = told();
        server.write(BrowserAlert.of("Timed row"));
        awaitRow(browser, "Timed row");
        Await.until("the page has told", () -> told() > before);
    }

    private static long told() {
        return server.api()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("netsentinel_screen_seconds_count "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    void theOverviewMovesWithTheEvents() {
        Browser browser = signedIn("alice");
        browser.run("return window.notReloaded = true");
        String open = browser.text("#open header .end");
        String badge = browser.text("#nav [data-open]");
        browser.click("#timeline summary");
        Await.until(
                "the table",
                () -> browser.is("return document.querySelector('#timeline details').open"));
        String timeline = timelineTotal(browser);
        browser.pointAway();
        server.write(
                BrowserAlert.of("Feed row").withSensor("sensor-new"),
                BrowserAlert.of("Feed row 2").withSensor("sensor-new"));
        Await.until("the feed", () -> browser.has(feed("Feed row 2")));
        Await.until("its sensor", () -> browser.text("#sensors").contains("sensor-new"));
        Await.until("open alerts", () -> !browser.text("#open header .end").equals(open));
        Await.until("the badge", () -> !browser.text("#nav [data-open]").equals(badge));
        Await.until("the timeline", () -> !timelineTotal(browser).equals(timeline));
        Await.until(
                "the rate of alerts",
                () -> !List.of("", "0").contains(browser.text("#kpi-alerts .value span")));
        assertThat(browser.text("#sources")).contains("eve.json");
        assertThat(browser.is("return window.notReloaded === true")).isTrue();
    }

    /// All counts in the timeline's table.
    private static String timelineTotal(Browser browser) {
        return browser.string(
                "return [...document.querySelectorAll('#timeline td')].reduce((n, e) => n + Number(e.textContent), 0)");
    }

    @Test
    void theSeverityFilterStandsInTheAddressAndHoldsForRowsThatComeLater() {
        Browser browser = onAlerts("alice", "");
        server.writeAndAwait(
                BrowserAlert.of("Filter low").withLevel("Informational"),
                BrowserAlert.of("Filter critical").withLevel("Critical"));
        awaitRow(browser, "Filter low");
        browser.click("#chip-critical");
        Await.until("the address", () -> browser.location().equals("/alerts?severity=critical"));
        Await.until("no other row", () -> !browser.has(row("Filter low")));
        awaitRow(browser, "Filter critical");
        browser.pointAway();
        browser.awaitLive();
        server.write(
                BrowserAlert.of("Filter low 2").withLevel("Informational"),
                BrowserAlert.of("Filter critical 2").withLevel("Critical"));
        awaitRow(browser, "Filter critical 2");
        assertThat(browser.attributes(ROWS, "data-severity")).containsOnly("critical");
        browser.driver().navigate().back();
        Await.until("the way back", () -> browser.location().equals("/alerts"));
        awaitRow(browser, "Filter low 2");
        browser.driver().navigate().forward();
        Await.until("forward", () -> browser.location().equals("/alerts?severity=critical"));
        Await.until("filtered again", () -> !browser.has(row("Filter low 2")));
        browser.driver().navigate().refresh();
        awaitRow(browser, "Filter critical 2");
        assertThat(browser.attributes(ROWS, "data-severity")).containsOnly("critical");
    }

    @Test
    void everythingCanBeDoneByKeyboard() {
        server.writeAndAwait(
                BrowserAlert.of("Keys 1"), BrowserAlert.of("Keys 2"), BrowserAlert.of("Keys 3"));
        Browser browser = onAlerts("alice", "?q=Keys");
        Await.until("three rows", () -> browser.count(ROWS) == 3);
        browser.press("j");
        assertThat(focused(browser)).isEqualTo("Keys 3");
        browser.press("j", "j", "k");
        assertThat(focused(browser)).isEqualTo("Keys 2");
        browser.press(Keys.ENTER);
        Await.until("the drawer", () -> browser.text("#drawer h2").equals("Keys 2"));
        assertThat(browser.location()).contains("alert=");
        browser.press(Keys.ESCAPE);
        Await.until("no drawer", () -> !browser.has("#drawer #detail"));
        assertThat(focused(browser)).isEqualTo("Keys 2");
        browser.press("a");
        Await.until("a message", () -> browser.text("#toasts").contains("Acknowledged"));
        Await.until(
                "its state",
                () ->
                        server.get("/api/alerts?q=Keys&status=acknowledged").path("alerts").size()
                                == 1);
        browser.press("u");
        Await.until(
                "it is open again",
                () -> server.get("/api/alerts?q=Keys&status=open").path("alerts").size() == 3);
        browser.press("?");
        Await.until("help", () -> browser.is("return document.getElementById('help').open"));
        browser.press(Keys.ESCAPE);
        Await.until("no help", () -> !browser.is("return document.getElementById('help').open"));
        browser.press("/");
        assertThat(browser.string("return document.activeElement.id")).isEqualTo("search");
        browser.press("zzz", Keys.ENTER);
        Await.until(
                "the search",
                () ->
                        browser.location().contains("q=Keyszzz")
                                || browser.location().contains("q=zzz"));
    }

    private static String focused(Browser browser) {
        return browser.string("return document.activeElement.title");
    }

    @Test
    void singleKeysCanBeSwitchedOff() {
        Browser browser = onAlerts("alice", "");
        browser.press("?");
        Await.until("help", () -> browser.is("return document.getElementById('help').open"));
        browser.click("[data-keys]");
        browser.press(Keys.ESCAPE);
        browser.press("?");
        assertThat(browser.is("return document.getElementById('help').open")).isFalse();
        browser.run("localStorage.clear(); return true");
    }

    @Test
    void anAcknowledgementIsSeenByAnotherAnalystAtOnceAndUndoBringsItBack() {
        Browser alice = onAlerts("alice", "");
        Browser bob = onAlerts("bob", "");
        server.write(BrowserAlert.of("Shared"));
        awaitRow(alice, "Shared");
        awaitRow(bob, "Shared");
        bob.run(
                """
                window.gone = 0;
                new MutationObserver(() => {
                    const there = document.querySelector(arguments[0]);
                    if (!there && !window.gone) window.gone = Date.now();
                }).observe(document.getElementById('rows'), { childList: true });
                return true\
                """,
                row("Shared"));
        long pressed = System.currentTimeMillis();
        alice.click(row("Shared") + " .act");
        Await.until("it leaves bob's list", () -> !bob.has(row("Shared")));
        long gone = ((Number) bob.run("return window.gone")).longValue();
        assertThat(gone - pressed)
                .as("milliseconds from the click to the other screen")
                .isLessThan(1_000);
        Await.until("the message", () -> alice.has("#toasts [data-undo]"));
        alice.click("#toasts [data-undo]");
        awaitRow(bob, "Shared");
        alice.pointAway();
        awaitRow(alice, "Shared");
    }

    @Test
    void whoComesSecondIsToldWhoWasFirst() {
        server.writeAndAwait(BrowserAlert.of("Contested"));
        Browser bob = onAlerts("bob", "");
        awaitRow(bob, "Contested");
        // bob has paused: what he sees stays, and is old
        bob.press("p");
        Await.until("paused", () -> bob.state().equals("paused"));
        Browser alice = onAlerts("alice", "");
        alice.click(row("Contested") + " .act");
        Await.until("alice did it", () -> alice.text("#toasts").contains("Acknowledged"));
        bob.run(
                "document.querySelector(arguments[0]).scrollIntoView({block: 'center'}); return true",
                row("Contested"));
        String id = id(bob, "Contested");
        bob.run(
                "htmxForm(arguments[0]); function htmxForm(id) { const form = document.getElementById('bulk'); const box = form.querySelector(`input[value='${id}']`); box.checked = true; box.dispatchEvent(new Event('change', {bubbles: true})); form.requestSubmit(form.querySelector('[data-bulk]')); } return true",
                id);
        Await.until(
                "the conflict",
                () -> bob.text("#toasts").contains("Already acknowledged by alice"));
    }

    @Test
    void aPausedPageSaysSoAndWaitingRowsAreCounted() {
        Browser browser = onAlerts("alice", "");
        browser.press("p");
        Await.until("paused", () -> browser.state().equals("paused"));
        server.write(BrowserAlert.of("Waits"));
        Await.until("a count", () -> browser.text("[data-held]").equals("1 new"));
        assertThat(browser.has(row("Waits"))).isFalse();
        browser.press("p");
        awaitRow(browser, "Waits");
        assertThat(browser.state()).isEqualTo("live");
    }

    @Test
    void hostileTextStaysText() {
        Browser browser = onAlerts("alice", "");
        String script = "<script>window.hacked=1</script>";
        String image = "\"><img src=x onerror=window.hacked=2>'";
        String bidi = "evil\u202Egnp.exe\u0000\u0007 {{7*7}} ${7*7} <!--";
        server.writeAndAwait(
                BrowserAlert.of(script).withSensor(image).withUrl("/" + image),
                BrowserAlert.of(image).withSensor(script).withUrl("javascript:window.hacked=3"),
                BrowserAlert.of("Hostile last").withUrl("/" + bidi));
        awaitRow(browser, "Hostile last");
        assertThat(browser.attributes("#rows .sig a", "title")).contains(script, image);
        for (String signature : List.of(script, image, "Hostile last")) {
            browser.run(
                    "[...document.querySelectorAll('#rows .sig a')].find(a => a.title === arguments[0]).click(); return true",
                    signature);
            Await.until("the drawer", () -> browser.text("#drawer h2").equals(signature));
            browser.run(
                    "document.querySelectorAll('#drawer details').forEach(d => d.open = true); return true");
        }
        browser.open("/");
        browser.awaitLive();
        assertThat(browser.attributes("#feed a", "title")).contains(script, image);
        assertThat(browser.is("return 'hacked' in window")).isFalse();
        assertThat(browser.count("#main img, #main script")).isZero();
    }

    @Test
    void aLinkToAnAlertOpensItAfterSigningIn() {
        server.writeAndAwait(BrowserAlert.of("Linked"));
        String id = server.get("/api/alerts?q=Linked").at("/alerts/0/id").asText();
        String path = "/alerts?severity=high&alert=" + id;
        Browser browser = browsers.take(server.address());
        browser.open(path);
        assertThat(browser.location())
                .isEqualTo("/login?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        browser.signInHere("alice", server.password("alice"));
        Await.until("the drawer", () -> browser.text("#drawer h2").equals("Linked"));
        assertThat(browser.location()).isEqualTo(path);
        browser.awaitLive();
        browser.press(Keys.ESCAPE);
        Await.until("closed", () -> browser.location().equals("/alerts?severity=high"));
        browser.driver().navigate().back();
        Await.until("open again", () -> browser.text("#drawer h2").equals("Linked"));
    }

    @Test
    void aWrongPasswordIsToldAndSigningOutEndsTheConnection() {
        Browser browser = browsers.take(server.address());
        browser.expect("status of 401");
        browser.open("/login");
        browser.signInHere("alice", "wrong password");
        Await.until("the reason", () -> browser.text("[role=alert]").contains("wrong"));
        browser.signInHere("", server.password("alice"));
        browser.awaitLive();
        Browser.Tab tab = browser.newTab("/alerts");
        browser.awaitLive();
        browser.click("form[action='/logout'] button");
        Await.until("the login page", () -> browser.location().startsWith("/login"));
        tab.back();
        Await.until("the other tab too", () -> browser.location().startsWith("/login"));
    }

    @Test
    void aViewerSeesNoActionAndIsToldWhatIsNotAllowed() {
        server.writeAndAwait(BrowserAlert.of("Only to look at"));
        Browser browser = onAlerts("vera", "");
        awaitRow(browser, "Only to look at");
        assertThat(visible(browser, ".act, [data-bulk], .pick input")).isZero();
        browser.press("j", Keys.ENTER);
        Await.until("the drawer", () -> browser.has("#drawer #detail"));
        assertThat(browser.count("#drawer form")).isZero();
        browser.press("a", "e");
        assertThat(browser.has("#toasts .toast")).isFalse();
        String id = browser.attributes("#detail", "data-id").getFirst();
        browser.expect("status of 403");
        browser.run(
                """
                const form = document.createElement('form');
                form.method = 'post';
                form.action = '/alerts/ack';
                for (const [name, value] of [['_csrf', document.body.dataset.csrf], ['id', arguments[0]]]) {
                    const input = document.createElement('input');
                    input.name = name;
                    input.value = value;
                    form.append(input);
                }
                document.body.append(form);
                form.requestSubmit();
                return true\
                """,
                id);
        Await.until("the page", () -> browser.text("h1").equals("Not allowed"));
        assertThat(browser.has("main.solo a.button")).isTrue();
    }

    private static int visible(Browser browser, String selector) {
        return ((Number)
                        browser.run(
                                "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility({ visibilityProperty: true })).length",
                                selector))
                .intValue();
    }

    @Test
    void theThemeFollowsTheSystemUntilItIsSwitched() {
        Browser browser = signedIn("alice");
        String dark = background(browser);
        browser.prefer("light");
        String light = background(browser);
        assertThat(light).isNotEqualTo(dark);
        browser.click("[data-switch-theme]");
        assertThat(background(browser)).isEqualTo(dark);
        browser.open("/alerts");
        assertThat(background(browser)).isEqualTo(dark);
    }

    private static String background(Browser browser) {
        return browser.string("return getComputedStyle(document.documentElement).backgroundColor");
    }
}
