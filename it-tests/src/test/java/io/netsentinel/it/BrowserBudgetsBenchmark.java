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
    private static final int LOADS = 9;
    private static final int PER_SECOND = 4;
    private static final int SECONDS = 30;
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
            double bytes = bytes(browser);
            results.add("overview, on the wire, nothing in the cache", bytes / 1_000, "kB");
            double cold = paint(browser, true);
            results.add("overview, first paint, LAN, nothing in the cache", cold, "ms");
            results.add("overview, first paint, LAN, cached", paint(browser, false), "ms");
            double idle = share(server, browser, "/guide", 0, results);
            double map = share(server, browser, "/map", PER_SECOND, results);
            double alerts = share(server, browser, "/alerts", PER_SECOND, results);
            share(server, browser, "/", PER_SECOND, results);
            browser.leave();
            assertThat(bytes).as("bytes of the overview").isLessThan(150_000);
            assertThat(cold).as("first paint, ms").isLessThan(500);
            assertThat(map - idle).as("of a core, %, with the map").isLessThan(15);
            assertThat(alerts - idle).as("of a core, %, on alerts").isLessThan(2);
        }
    }

    private static void cache(Browser browser, boolean empty) {
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        if (empty) {
            browser.driver().executeCdpCommand("Network.clearBrowserCache", Map.of());
        }
    }

    /// The page and all that belongs to it, headers too, as they come when nothing is cached.
    private static double bytes(Browser browser) {
        cache(browser, true);
        load(browser);
        return ((Number)
                        browser.run(
                                "return performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')).reduce((sum, one) => sum + one.transferSize, 0)"))
                .doubleValue();
    }

    private static void load(Browser browser) {
        browser.open("/");
        browser.awaitLive();
        Await.until("the chart", () -> browser.has("#timeline .u-over"));
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
    private static double share(
            BrowserServer server, Browser browser, String page, int perSecond, Results results) {
        browser.open(page);
        browser.awaitLive();
        browser.pointAway();
        alerts(server, perSecond, SECONDS / 3);
        Duration before = browser.processor();
        long start = System.nanoTime();
        alerts(server, perSecond, SECONDS);
        double share =
                100.0 * browser.processor().minus(before).toNanos() / (System.nanoTime() - start);
        results.add(page + " at " + perSecond + " alerts/s", share, "% of a core");
        return share;
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
