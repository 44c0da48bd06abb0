package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Past times, tables as files, rows under load, and pages in turn on the wall.
@BrowserTest
final class BrowserTimesIT {
    @TempDir private static Path folder;

    private static BrowserServer server;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
        server.writeAndAwait(BrowserAlert.of("Before"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private Browser admin(String path) {
        Browser browser = browsers.take(server.address());
        server.enter(browser, "admin", path);
        return browser;
    }

    @Test
    void aPartOfTheTimelineIsChosenByKeyboardAndIsAnAddress() {
        Browser browser = admin("/");
        Await.until("the chart", () -> browser.has("#timeline .u-over"));
        browser.run("document.querySelector('#timeline .chart').focus(); return true");
        browser.press(Keys.END, Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT), Keys.ENTER);
        Await.until("the past", () -> browser.has("#past"));
        assertThat(browser.location()).contains("from=").contains("to=");
        assertThat(browser.text("#past")).contains("UTC");
        server.writeAndAwait(BrowserAlert.of("After"));
        assertThat(browser.text("#feed")).doesNotContain("After");
        browser.press(Keys.ESCAPE);
        Await.until("now again", () -> browser.has("#feed a[title='After']"));
        assertThat(browser.location()).doesNotContain("from=");
        browser.leave();
    }

    @Test
    void whatTheTableShowsIsAFileAndThatIsInTheTrail() {
        HttpApi admin = server.api();
        String csv = admin.get("/alerts?status=all&format=csv").body();
        assertThat(csv).startsWith("Time,Severity,Score,Signature,").contains(",Before,");
        JsonNode rows = HttpApi.json(admin.get("/alerts?status=all&format=json"));
        assertThat(rows.path(0).path("Score").isIntegralNumber()).isTrue();
        assertThat(admin.get("/connections?format=csv").body()).contains("\r\n");
        Await.until(
                "the trail",
                () ->
                        server.get("/api/audit?limit=50")
                                .toString()
                                .contains("export of the table alerts as csv"));
    }

    /// Days of the wall in seconds: the same pages over and over in one document leave nothing
    /// behind.
    @Test
    void theWallLeavesNothingBehindWhileItTurns() {
        Browser browser = admin("/alerts");
        browser.run(
                "sessionStorage.setItem('ns-wall', JSON.stringify({pages: ['/map', '/', '/topology', '/network',"
                        + " '/alerts'], every: 0.25, at: -1})); return true");
        browser.open("/alerts");
        rounds(browser, 1);
        Browser.Memory before = browser.memory();
        rounds(browser, 6);
        // counted may be in the middle of a turn, when two pages are there; each one left behind
        // stays
        Await.until(
                "no more elements, listeners and heap than after the first round",
                () -> {
                    Browser.Memory after = browser.memory();
                    return after.nodes() < before.nodes() + 1_000
                            && after.listeners() < before.listeners() + 40
                            && after.heap() < before.heap() + 4_000_000;
                });
        browser.press(Keys.ESCAPE);
        Await.until("menus again", () -> browser.location().endsWith("/wall"));
        browser.leave();
    }

    /// Until the last page of a turn has come so many times.
    private static void rounds(Browser browser, int many) {
        for (int i = 0; i < many; i++) {
            Await.until("another page", () -> !browser.location().equals("/alerts"));
            Await.until(
                    "the last page",
                    () -> browser.location().equals("/alerts") && browser.has("#rows tr"));
        }
    }

    @Test
    void theWallKeepsTheScreenAwakeAndAsksToBeSignedInAgain() {
        Browser browser = browsers.take(server.address());
        server.signIn(browser, "admin"); // a session of its own, which ends below
        browser.atEveryDocument(
                "window.locks = []; Object.defineProperty(navigator, 'wakeLock', { value: { request: async kind =>"
                        + " { locks.push(kind); return { released: false, release() { this.released = true; } }; } } });"
                        + " const plain = fetch; window.fetch = async (path, ...more) => path !== '/api/session' ? plain(path,"
                        + " ...more) : Response.json({ expires: new Date(Date.now() + 600000).toISOString() });");
        browser.open("/wall?page=%2Falerts&every=5");
        Await.until("the first page", () -> browser.location().equals("/alerts"));
        Await.until("the lock", () -> browser.string("return locks.join()").equals("screen"));
        Await.until(
                "the call",
                () -> browser.text("[data-wall-note]").matches("Signed in until ..:.. UTC: .*"));
        browser.expect("status of 401");
        browser.expect("WebSocket");
        browser.run(
                "return fetch('/api/logout', { method: 'POST', headers: { 'X-CSRF-Token': document.body.dataset.csrf } })"
                        + ".then(answer => answer.status)");
        Await.until("the login page", () -> browser.location().startsWith("/login?wall&next="));
        assertThat(browser.text(".note-bar")).contains("the wall goes on");
        browser.signInHere("admin", server.password("admin"));
        Await.until("it goes on", () -> browser.location().equals("/alerts"));
        assertThat(browser.is("return document.body.dataset.wall === 'yes'")).isTrue();
        browser.run("sessionStorage.clear(); return true");
        browser.leave();
    }

    @Test
    void aPartOfALineOfTheServersFiguresIsShownLargerAndEscapeGoesBack() {
        Browser browser = admin("/stats");
        browser.press("j", "j");
        assertThat(browser.string("return document.activeElement.ariaLabel"))
                .startsWith("Subscriptions over time");
        browser.press(Keys.HOME, Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT), Keys.ENTER);
        Await.until("a part of it", () -> browser.has("#past"));
        String part = browser.location();
        assertThat(part).startsWith("/stats?from=").contains("&to=");
        browser.pull("#stat-heap .choosable", 30, 90);
        Await.until("a part of that", () -> !browser.location().equals(part));
        browser.press(Keys.ESCAPE);
        Await.until("the larger part", () -> browser.location().equals(part));
        Await.until("its page", () -> browser.has("#past"));
        browser.press(Keys.ESCAPE);
        Await.until("now again", () -> browser.location().equals("/stats"));
        browser.leave();
    }

    @Test
    void aPartOfTheTimeIsChosenAboveTheAlertsAndTheHoneypotToo() {
        HttpApi.json(Scenery.visits(server.api(), Scenery.cowrie("visit7", "session.connect")));
        Browser browser = admin("/alerts?severity=high");
        Await.until("the chart", () -> browser.has("#timeline .u-over"));
        browser.run("document.querySelector('#timeline .chart').focus(); return true");
        browser.press(Keys.END, Keys.ENTER);
        Await.until("a part of it", () -> browser.has("#past"));
        assertThat(browser.location()).startsWith("/alerts?severity=high&from=").contains("&to=");
        browser.press(Keys.ESCAPE);
        Await.until("now", () -> browser.location().equals("/alerts?severity=high"));

        browser.open("/honeypot?range=15m");
        browser.awaitLive();
        browser.run("document.querySelector('#volume .choosable').focus(); return true");
        browser.press(Keys.END, Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT), Keys.ENTER);
        Await.until("a part of it", () -> browser.has("#past"));
        String part = browser.location();
        assertThat(part).startsWith("/honeypot?from=").contains("&to=");
        assertThat(browser.text("#sheet-sessions")).contains("203.0.113.9");
        browser.pull("#volume .choosable", 2, 900);
        Await.until("a part of that", () -> !browser.location().equals(part));
        browser.press(Keys.ESCAPE);
        Await.until("the larger part", () -> browser.location().equals(part));
        browser.leave();
    }

    /// More records at once than the page lists: it holds still while one reads, and then shows the
    /// newest, each once.
    @Test
    void aFloodOfFlowsLosesNoneDoublesNoneAndHoldsWhileOneReads() {
        String one = Scenery.flow("10.7.0.1", "10.7.0.2", 443, "tls");
        HttpApi.json(server.api().postEve(one));
        Browser browser = admin("/network?q=source.ip+%3D+10.7.0.1");
        assertThat(browser.count("#sheet-records tbody tr")).isEqualTo(1);
        browser.press("j");
        assertThat(browser.string("return document.activeElement.tagName")).isEqualTo("A");
        HttpApi.json(server.api().postEve(one.repeat(400)));
        Await.until("a count", () -> browser.text("[data-held]").equals("400 new"));
        assertThat(browser.count("#sheet-records tbody tr")).as("held").isEqualTo(1);
        browser.press(".");
        Await.until("the newest", () -> browser.count("#sheet-records tbody tr") == 200);
        List<Long> offsets =
                browser.attributes("#sheet-records tbody tr", "id").stream()
                        .map(id -> Long.valueOf(id.substring("n-".length())))
                        .toList();
        assertThat(offsets)
                .isEqualTo(LongStream.range(0, 200).mapToObj(n -> offsets.getFirst() - n).toList());
        assertThat(browser.text("#sheet-records .sub"))
                .isEqualTo("the newest 200 lines, 200 came and went meanwhile");
    }

    /// Nobody can look at a notification of a browser without a screen: what the page hands to the
    /// browser is kept here.
    @Test
    void aCriticalAlertIsToldToWhoeverWantsItAndNoOther() {
        Browser browser = admin("/account");
        browser.run(
                "window.told = []; window.Notification = class extends EventTarget {"
                        + " static permission = 'granted';"
                        + " static async requestPermission() { return 'granted'; }"
                        + " constructor(title, { body }) { super(); told.push(title + ': ' + body); }"
                        + " }; return true");
        browser.click("[data-notify]");
        Await.until(
                "it is switched on",
                () -> browser.is("return localStorage.getItem('ns-notify') === 'on'"));
        Await.until(
                "the subscription",
                () -> server.get("/ws/stats").at("/streams/subscriptions").asInt() > 0);
        server.writeAndAwait(
                BrowserAlert.of("Only high"), BrowserAlert.of("The worst").withLevel("Critical"));
        Await.until(
                "it is told",
                () -> browser.string("return told.join('; ')").equals("Critical alert: The worst"));
        browser.click("[data-notify]");
        server.writeAndAwait(BrowserAlert.of("Not wanted").withLevel("Critical"));
        Await.until("the page knows it", () -> !browser.text("#nav [data-open]").equals("0"));
        assertThat(browser.string("return told.join('; ')")).isEqualTo("Critical alert: The worst");
        browser.leave();
    }

    @Test
    void theWallTurnsItsPagesWithoutMenusAndGrowsNoHistory() {
        Browser browser = admin("/wall?page=%2Falerts&page=%2Flogs&every=5");
        Await.until("the first page", () -> browser.location().endsWith("/alerts"));
        assertThat(browser.is("return document.getElementById('nav').offsetParent === null"))
                .isTrue();
        assertThat(browser.text("[data-wall-clock]")).endsWith("UTC");
        Object entries = browser.run("return history.length");
        Await.until("the second page", () -> browser.location().endsWith("/logs"));
        Await.until("the first again", () -> browser.location().endsWith("/alerts"));
        assertThat(browser.run("return history.length")).isEqualTo(entries);
        assertThat(browser.state()).isEqualTo("live");
        browser.press(Keys.ESCAPE);
        Await.until("menus again", () -> browser.location().endsWith("/wall"));
        assertThat(browser.is("return document.getElementById('nav').offsetParent !== null"))
                .isTrue();
        browser.leave();
    }
}
