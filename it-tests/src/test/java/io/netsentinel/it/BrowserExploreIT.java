package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// The pages one looks around on: they show what there is, follow what comes without a reload, and
/// open one thing beside the rest by mouse and by keyboard.
@BrowserTest
final class BrowserExploreIT {
    @TempDir private static Path folder;
    private static BrowserServer server;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
        server.addUser("vera", "viewer");
        Scenery.put(server.api());
        Await.until(
                "the connections are known",
                () -> server.get("/api/topology").path("size").path("edges").asInt() >= 19);
        Await.until("the alert is listed", () -> !server.ids().isEmpty());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void theTopologyFollowsAndOpensAHostFromThePictureAndFromTheTable() {
        Browser browser = signedIn("/topology");
        assertThat(browser.count("svg.net .edge")).isGreaterThanOrEqualTo(19);
        assertThat(browser.has("svg.net .edge.hot.critical")).isTrue();
        assertThat(browser.text("#sheet-hosts")).contains("10.0.1.53").contains("DNS");

        browser.run(
                "document.querySelector(`svg.net [data-to*='host=10.0.1.10']`).dispatchEvent(new MouseEvent('click', {bubbles: true})); return true");
        Await.until("the host", () -> browser.text("#detail h2").equals("10.0.1.10"));
        assertThat(browser.location()).contains("host=10.0.1.10");
        assertThat(browser.text("#detail"))
                .contains("ET EXPLOIT Something at the web server")
                .contains("tcp/443");
        browser.press(Keys.ESCAPE);
        Await.until("it is closed", () -> !browser.has("#detail"));
        browser.press("j", Keys.ENTER);
        Await.until("a host by keyboard", () -> browser.has("#detail"));

        browser.pointAway();
        browser.press(Keys.ESCAPE);
        Await.until("closed again", () -> !browser.has("#detail"));
        browser.press(Keys.ESCAPE);
        HttpApi.json(server.api().postEve(Scenery.flow("10.0.3.77", "10.0.1.10", 443, "tls")));
        Await.until(
                "the new host, without a reload",
                () -> browser.has("svg.net [data-to*='host=10.0.3.77']"));

        browser.open("/topology?network=10.0.2.0%2F24&than=1h");
        browser.awaitLive();
        assertThat(browser.text("#sheet-hosts")).contains("10.0.2.1").doesNotContain("10.0.1.53");
        assertThat(browser.text("#net")).contains("Nothing is kept of the moment an hour earlier");
        browser.open("/topology?at=2020-01-01T00:00:00Z");
        assertThat(browser.text("#net")).contains("Nothing is kept of that time");
        assertThat(browser.has("svg.net")).isFalse();
    }

    @Test
    void thePastOfTheTopologyIsShownByTheSlider() {
        Browser browser = signedIn("/topology");
        Await.until(
                "something is kept",
                () -> {
                    browser.open("/topology");
                    return browser.is(
                            "const s = document.getElementById('slide'); return Number(s.max) - Number(s.min) > 2000");
                });
        browser.run(
                "const s = document.getElementById('slide'); s.value = s.min; s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change')); return true");
        Await.until("a moment in the address", () -> browser.location().contains("at=20"));
        Await.until("a way back", () -> browser.text("#moment").contains("Back to now"));
    }

    @Test
    void theTopologyIsMadeLargerByWheelButtonsAndKeysAndIsPulled() {
        Browser browser = signedIn("/topology");
        double whole = width(browser);
        browser.press("+");
        assertThat(width(browser)).isGreaterThan(1.3 * whole);
        browser.click("[data-zoom=out]");
        assertThat(width(browser)).isCloseTo(whole, within(1.0));
        browser.wheel("#net .scrolling", -300, Keys.CONTROL);
        Await.until("the wheel makes it larger", () -> width(browser) > 1.3 * whole);
        browser.press("+");
        double before = left(browser);
        browser.pull("#net .scrolling", 300, 180);
        assertThat(left(browser)).isCloseTo(before + 120, within(2.0));
        assertThat(browser.location()).isEqualTo("/topology");
        browser.pointAway();
        browser.press("0");
        assertThat(width(browser)).isCloseTo(whole, within(1.0));
        browser.run("document.querySelector('#net .scrolling').focus(); return true");
        browser.press("+", Keys.ARROW_RIGHT);
        Await.until("the arrow keys move it", () -> left(browser) > 0);
    }

    private static double width(Browser browser) {
        return ((Number)
                        browser.run(
                                "return document.querySelector('svg.net').getBoundingClientRect().width"))
                .doubleValue();
    }

    private static double left(Browser browser) {
        return ((Number) browser.run("return document.querySelector('#net .scrolling').scrollLeft"))
                .doubleValue();
    }

    @Test
    void flowsFollowAndOneOfThemLeadsToItsAlert() {
        Browser browser = signedIn("/network?q=destination.ip+%3D+10.0.1.10");
        Await.until("the flows", () -> browser.text("#sheet-records").contains("10.0.0.1:40000"));
        browser.run(
                "window.row = document.querySelector('#sheet-records tbody tr'); return window.row.firstChild.textContent");
        assertThat(browser.text("#sheet-records")).doesNotContain("10.0.1.53");
        assertThat(browser.text("#bars-protocols")).contains("tls");
        browser.pointAway();
        HttpApi.json(server.api().postEve(Scenery.flow("10.0.4.4", "10.0.1.10", 443, "tls")));
        Await.until(
                "the new flow, without a reload",
                () ->
                        browser.text("#sheet-records tbody tr:first-child")
                                .contains("10.0.4.4:40000"));
        assertThat(
                        browser.is(
                                "return window.row === document.querySelectorAll('#sheet-records tbody tr')[1]"))
                .as("the row below is the very same")
                .isTrue();
        assertThat(browser.attributes("#sheet-records tbody a", "href").getFirst())
                .startsWith("/network?q=destination.ip")
                .contains("&event=");
        Await.until("its sums", () -> browser.text("#bars-talkers").contains("10.0.4.4"));
        browser.open("/network?q=source.ip+%3D+8.8.4.4");
        browser.awaitLive();
        browser.press("j", Keys.ENTER);
        Await.until("the flow", () -> browser.has("#detail"));
        assertThat(browser.text("#detail")).contains("ET EXPLOIT Something at the web server");
        browser.press(Keys.ESCAPE);
        Await.until("it is closed", () -> !browser.has("#detail"));
    }

    @Test
    void aVisitToTheHoneypotIsPlayedBackAndFollowed() {
        Browser browser = signedIn("/honeypot");
        assertThat(browser.text("#bars-credentials")).contains("root / 123456");
        browser.click("#sheet-sessions a");
        Await.until("the session", () -> browser.has(".steps"));
        browser.awaitLive();
        browser.pointAway();
        assertThat(browser.text(".steps")).contains("\\u{1b}[2J<b>wget</b> x; sh x");
        assertThat(browser.has(".steps b")).isFalse();
        browser.press("r");
        Await.until(
                "all of it again",
                () ->
                        browser.text("[data-place]").equals("5 of 5")
                                && browser.text("[data-play]").equals("Play"));
        HttpApi.json(
                Scenery.visits(
                        server.api(), Scenery.cowrie("visit1", "command.input", "input", "exit")));
        Await.until(
                "the next command, without a reload",
                () -> browser.text("[data-place]").equals("6 of 6"));
        browser.open("/honeypot/session?id=nobody");
        browser.expect("status of 404");
        assertThat(browser.text("#main")).contains("No kept event belongs to a session");
    }

    @Test
    void theMapShowsWhereAnAlertCameFromAndPlaysItBack() {
        Browser browser = signedIn("/map");
        Await.until("an arc", () -> browser.has("#arcs .arc.critical"));
        assertThat(browser.text("#sheet-countries")).contains("United States");
        assertThat(browser.count("#land path")).isEqualTo(1);
        HttpApi.json(
                server.api()
                        .postEve(
                                Scenery.alert(
                                        "8.8.8.8", "10.0.1.10", 443, "ET EXPLOIT Once more")));
        Await.until(
                "the new alert, without a reload",
                () -> browser.text("#sheet-newest").contains("ET EXPLOIT Once more"));
        assertThat(browser.count("#land path")).isEqualTo(1);
        browser.open("/map?hour=" + Instant.now().minus(Duration.ofMinutes(30)));
        browser.awaitLive();
        assertThat(browser.count("#moments li")).isPositive();
        browser.run(
                "const s = document.querySelector('[data-step]'); s.value = Number(document.querySelector('#moments li').dataset.at) - 1000; s.dispatchEvent(new Event('input')); return true");
        browser.press("r");
        Await.until("it flies again", () -> browser.has("#moving .arc"));
    }

    @Test
    void theFiguresOfTheServerAreLiveAndNotForViewers() {
        Browser browser = signedIn("/stats");
        assertThat(browser.text("#stat-connections .value")).isNotEqualTo("2");
        Browser other = browsers.take(server.address());
        server.enter(other, "vera", "/");
        Await.until(
                "two connections, without a reload",
                () -> browser.text("#stat-connections .value").equals("2"));
        other.expect("status of 403");
        other.open("/stats");
        assertThat(other.text("#main")).contains("Not allowed");
        HttpApi narrowed = new HttpApi(server.address(), "");
        assertThat(narrowed.get("/stats").statusCode()).isNotEqualTo(200);
    }

    private Browser signedIn(String path) {
        Browser browser = browsers.take(server.address());
        server.enter(browser, "admin", path);
        return browser;
    }
}
