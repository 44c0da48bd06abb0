package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The threat map and the topology are brought up to date by what is pushed: element by element,
/// nothing is fetched, and nobody loses their place.
@BrowserTest
final class BrowserPicturesIT {
    private static final String JSON = "application/json";

    /// Pages of tables that are fetched again are so every three seconds.
    private static final int LONGER = 4_000;

    @TempDir private static Path folder;
    private static BrowserServer server;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
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
    void theMapCountsAndDrawsWhatIsPushedAndFetchesNothing() {
        Browser browser = signedIn("/map");
        String us = "#sheet-countries #cc-US td:nth-child(3)";
        int before = Integer.parseInt(browser.text(us));
        int arcs = browser.count("#arcs .arc");
        browser.press("j");
        keep(browser, "document.activeElement");
        int fetches = browser.fetches();
        double began = clock(browser);

        HttpApi.json(
                server.api()
                        .postEve(
                                alert("8.8.8.8", "The second of a country")
                                        + alert("193.0.6.139", "The first of a country")));
        Await.until(
                "both are counted",
                () ->
                        browser.text(us).equals(String.valueOf(before + 1))
                                && browser.text("#cc-NL").contains("Netherlands"));
        assertThat(browser.text("#arcs"))
                .contains("United States to Own networks: " + (before + 1) + " alerts")
                .contains("Netherlands to Own networks: 1 alert");
        assertThat(browser.count("#arcs .arc")).isEqualTo(arcs + 1);
        Await.until("the rows wait", () -> browser.text("[data-held]").endsWith(" new"));
        assertThat(browser.text("#sheet-newest")).doesNotContain("The first of a country");
        assertThat(isKept(browser, "document.activeElement")).as("the focus").isTrue();

        browser.press(".");
        Await.until(
                "the rows",
                () ->
                        browser.text("#sheet-newest tbody tr:first-child")
                                .contains("The first of a country"));
        Await.until("some time", () -> clock(browser) > began + LONGER);
        assertThat(browser.fetches()).isEqualTo(fetches);

        String drawn = drawing(browser, "#arcs");
        String listed = words(browser, "#sheet-countries");
        String said = label(browser);
        browser.open("/map");
        browser.awaitLive();
        assertThat(drawing(browser, "#arcs")).as("as the server draws it").isEqualTo(drawn);
        assertThat(words(browser, "#sheet-countries")).isEqualTo(listed);
        assertThat(label(browser)).isEqualTo(said);
    }

    private static String words(Browser browser, String selector) {
        return browser.text(selector).replaceAll("\\s+", " ");
    }

    private static String label(Browser browser) {
        return browser.string("return document.querySelector('svg.world').ariaLabel");
    }

    @Test
    void theTopologyTakesInAHostAndItsAlertWithoutFetching() {
        Browser browser = signedIn("/topology");
        String host = ".host[data-ip='10.0.0.7']";
        String row = "#sheet-hosts [id='h-10.0.0.7']";
        keep(browser, "document.querySelector('svg.net')");
        browser.press("j");
        int fetches = browser.fetches();
        double began = clock(browser);

        HttpApi.json(server.api().postEve(Scenery.flow("10.0.0.7", "10.0.1.10", 443, "tls")));
        Await.until("the new host", () -> browser.has(host));
        assertThat(browser.count(".edge[data-from='10.0.0.7'][x1]")).isEqualTo(1);
        assertThat(browser.is("return document.activeElement.closest('#sheet-hosts') !== null"))
                .as("the focus stays in the table")
                .isTrue();
        Await.until("it waits", () -> browser.text("[data-held]").equals("1 new host"));
        browser.press(".");
        Await.until("its row", () -> browser.has(row));

        HttpApi.json(
                server.api()
                        .postEve(
                                Scenery.alert(
                                        "10.0.0.7", "10.0.1.10", 443, "ET EXPLOIT From within")));
        Await.until("it is marked", () -> browser.has(host + ".critical .sign.critical"));
        assertThat(browser.text(row)).contains("1 critical");
        assertThat(browser.has(".edge.hot.critical[data-from='10.0.0.7']")).isTrue();
        String drawn = drawing(browser, host);
        String line = drawing(browser, ".edge[data-from='10.0.0.7']");

        String id = idOf("ET EXPLOIT From within");
        HttpApi.json(
                server.api()
                        .post(
                                "/api/alerts/ack",
                                JSON,
                                "{\"ids\":[\"" + id + "\"],\"note\":\"known\"}"));
        Await.until("it waits no more", () -> !browser.has(host + " .sign"));
        assertThat(browser.text(row)).doesNotContain("critical");
        Await.until("some time", () -> clock(browser) > began + LONGER);
        assertThat(browser.fetches()).isEqualTo(fetches);
        assertThat(isKept(browser, "document.querySelector('svg.net')")).isTrue();

        HttpApi.json(server.api().post("/api/alerts/" + id + "/unack", JSON, "{}"));
        Await.until("it waits again", () -> browser.has(host + " .sign.critical"));
        browser.open("/topology");
        browser.awaitLive();
        assertThat(drawing(browser, host)).as("as the server draws it").isEqualTo(drawn);
        assertThat(drawing(browser, ".edge[data-from='10.0.0.7']")).isEqualTo(line);
        assertThat(browser.text(row)).contains("1 critical");
    }

    @Test
    void aNetworkOutsideOfThePictureIsFetchedOnceAndNothingIsLost() {
        Browser browser = signedIn("/topology");
        int hosts = browser.count(".net .host");
        int fetches = browser.fetches();
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < 32; n++) {
            lines.append(Scenery.flow("172.20." + 7 * n + ".9", "10.0.1.10", 443, "tls"));
        }
        HttpApi.json(server.api().postEve(lines.toString()));
        Await.until("all of them", () -> browser.count(".net .host") == hosts + 32);
        assertThat(browser.fetches()).as("fetched").isBetween(fetches, fetches + 2);
        assertThat(browser.text("#net .sub")).startsWith((hosts + 32) + " hosts");
    }

    @Test
    void whatIsOpenedBesideThePictureFollows() {
        Browser browser = signedIn("/topology?host=10.0.1.53");
        HttpApi.json(server.api().postEve(Scenery.flow("10.0.2.6", "10.0.1.53", 53, "dns")));
        Await.until("its new peer", () -> browser.text("#detail").contains("10.0.2.6"));
    }

    private static String idOf(String signature) {
        for (JsonNode alert : server.get("/api/alerts?limit=500").path("alerts")) {
            if (alert.toString().contains('"' + signature + '"')) {
                return alert.path("id").asText();
            }
        }
        throw new AssertionError("no alert with the signature " + signature);
    }

    private static String alert(String source, String signature) {
        return Scenery.alert(source, "10.0.1.10", 443, signature);
    }

    /// What is drawn, whatever the order of attributes.
    private static String drawing(Browser browser, String selector) {
        return browser.string(
                "const say = e => `${e.localName} ${[...e.attributes].filter(a => a.name !== 'data-key' && a.name !== 'data-x' && a.name !== 'data-y')"
                        + ".map(a => `${a.name}=${a.name === 'class' ? [...e.classList].sort().join(' ') : a.value}`).sort().join(' ')}"
                        + " [${[...e.children].map(say).join('')}${e.children.length ? '' : e.textContent}]`;"
                        + "return say(document.querySelector(arguments[0]))",
                selector);
    }

    private static void keep(Browser browser, String expression) {
        browser.run("window.kept = " + expression + "; return true");
    }

    private static boolean isKept(Browser browser, String expression) {
        return browser.is("return window.kept === " + expression);
    }

    private static double clock(Browser browser) {
        return ((Number) browser.run("return performance.now()")).doubleValue();
    }

    private Browser signedIn(String path) {
        Browser browser = browsers.take(server.address());
        server.enter(browser, "admin", path);
        return browser;
    }
}
