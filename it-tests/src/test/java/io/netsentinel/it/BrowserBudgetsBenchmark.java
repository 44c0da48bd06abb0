package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What the dashboard takes: bytes, time until something is seen, and a processor while it is open.
@BrowserTest
@Tag("long")
final class BrowserBudgetsBenchmark {
    private static final String BUDGET = "budget";
    private static final String CORE = "% of a core";
    private static final int LOADS = 7;
    private static final int PER_SECOND = 4;
    private static final int SECONDS = 20;
    private static final List<String> SOURCES =
            List.of("8.8.4.4", "1.1.1.1", "193.0.6.139", "200.160.2.3", "202.12.29.142");

    /// A LAN: 100 Mbit/s, a millisecond.
    private static final Map<String, Object> LAN =
            Map.of(
                    "offline",
                    false,
                    "latency",
                    1,
                    "downloadThroughput",
                    12_500_000,
                    "uploadThroughput",
                    12_500_000);

    private static final Map<String, Object> LOOPBACK =
            Map.of(
                    "offline",
                    false,
                    "latency",
                    0,
                    "downloadThroughput",
                    -1,
                    "uploadThroughput",
                    -1);

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    void bytesFirstPaintAndShareOfAProcessor() {
        try (BrowserServer server = BrowserServer.start(folder);
                Results results = Results.of("budgets")) {
            Scenery.put(server.api());
            server.writeAndAwait(BrowserAlert.of("Seed"));
            Browser browser = browsers.take(server.address());
            server.enter(browser, "admin");
            cache(browser, true);
            load(browser);
            double page = bytes(browser, "navigation");
            results.add("overview, its page, on the wire", page, "kB");
            double bytes = page + bytes(browser, "resource");
            results.add("overview with scripts, style, font", bytes, "kB", BUDGET, 150);
            double cold = paint(browser, true);
            results.add("overview, first paint, LAN, nothing cached", cold, "ms", BUDGET, 500);
            results.add("overview, first paint, LAN, cached", paint(browser, false), "ms");
            results.add("/guide, nothing comes", share(server, browser, "/guide", 0), CORE);
            double map = share(server, browser, "/map", PER_SECOND);
            results.add("/map, 4 alerts/s", map, CORE, BUDGET, 15);
            double alerts = share(server, browser, "/alerts", PER_SECOND);
            results.add("/alerts, 4 alerts/s", alerts, CORE, BUDGET, 2);
            results.add("/, 4 alerts/s", share(server, browser, "/", PER_SECOND), CORE);
            browser.leave();
            assertThat(cold).as("first paint, ms").isLessThan(500);
            assertThat(List.of(map, alerts)).as("shares").allMatch(share -> share > 0);
        }
    }

    private static void cache(Browser browser, boolean empty) {
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        if (empty) {
            browser.driver().executeCdpCommand("Network.clearBrowserCache", Map.of());
        }
    }

    /// What has come, with headers, when nothing is cached; in thousands of bytes.
    private static double bytes(Browser browser, String kind) {
        return ((Number)
                                browser.run(
                                        "return performance.getEntriesByType(arguments[0]).reduce((sum, one) => sum + one.transferSize, 0)",
                                        kind))
                        .doubleValue()
                / 1_000;
    }

    private static void load(Browser browser) {
        browser.open("/");
        browser.awaitLive();
        Await.until("the chart", () -> browser.has("#timeline .u-over"));
        Await.until(
                "something is painted",
                () ->
                        browser.is(
                                "return performance.getEntriesByName('first-contentful-paint').length === 1"));
    }

    /// The median of some loads.
    private static double paint(Browser browser, boolean empty) {
        List<Double> times = new ArrayList<>();
        browser.driver().executeCdpCommand("Network.emulateNetworkConditions", LAN);
        for (int i = 0; i < LOADS; i++) {
            cache(browser, empty);
            load(browser);
            times.add(
                    ((Number)
                                    browser.run(
                                            "return performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                            .doubleValue());
        }
        browser.driver().executeCdpCommand("Network.emulateNetworkConditions", LOOPBACK);
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    /// Processor time of the tab's own process while so many alerts a second come evenly, in
    /// percent of one core.
    private static double share(BrowserServer server, Browser browser, String page, int perSecond) {
        browser.open(page);
        browser.awaitLive();
        browser.pointAway();
        alerts(server, perSecond, SECONDS / 4);
        Duration before = browser.processor();
        long start = System.nanoTime();
        alerts(server, perSecond, SECONDS);
        return 100.0 * browser.processor().minus(before).toNanos() / (System.nanoTime() - start);
    }

    private static void alerts(BrowserServer server, int perSecond, int seconds) {
        long start = System.nanoTime();
        int rounds = seconds * Math.max(1, perSecond);
        for (int i = 0; i < rounds; i++) {
            long due = start + i * (1_000_000_000L * seconds / rounds);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (perSecond > 0) {
                HttpApi.json(
                        server.api()
                                .postEve(
                                        Scenery.alert(
                                                SOURCES.get(i % SOURCES.size()),
                                                "10.0.1.10",
                                                443,
                                                "Budget " + i)));
            }
        }
    }
}
