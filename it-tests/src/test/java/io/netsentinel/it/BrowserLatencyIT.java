package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// How long it takes from the line in `eve.json` to the row on the screen.
@BrowserTest
@Tag("long")
final class BrowserLatencyIT {
    private static final int PER_SECOND = 100;
    private static final int SECONDS = 15;
    private static final int WARM_UP = 3 * PER_SECOND;
    private static final int COUNT = SECONDS * PER_SECOND;

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    void fromTheLineToTheRowAtAHundredAlertsASecond() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            server.writeAndAwait(BrowserAlert.of("Seed"));
            Browser browser = browsers.take(server.address());
            server.signIn(browser, "admin");
            browser.open("/alerts");
            browser.awaitLive();
            browser.pointAway();
            browser.run(RECORD);
            double[] written = write(server);
            Await.until(
                    "all rows", () -> browser.is("return window.seen.size >= arguments[0]", COUNT));
            double[] latencies = latencies(browser, written);
            browser.leave();
            double p50 = latencies[latencies.length / 2];
            double p99 = latencies[latencies.length * 99 / 100];
            try (Results results = Results.of("dashboard")) {
                String what = "line to row, " + PER_SECOND + " alerts/s, ";
                results.add(what + "p50", p50, "ms");
                results.add(what + "p99", p99, "ms");
                results.add(what + "max", latencies[latencies.length - 1], "ms");
            }
            assertThat(p50).as("p50, ms").isLessThan(50);
            assertThat(p99).as("p99, ms").isLessThan(200);
        }
    }

    /// When the frame that shows a row has been painted: a row's intersection is computed in the
    /// frame that lays it out, and the task after that comes when the frame is done.
    private static final String RECORD =
            """
            window.seen = new Map();
            const paint = new MessageChannel();
            paint.port1.onmessage = ({ data }) => {
                const now = performance.timeOrigin + performance.now();
                for (const name of data) if (!window.seen.has(name)) window.seen.set(name, now);
            };
            const drawn = new IntersectionObserver(entries => {
                for (const { target } of entries) drawn.unobserve(target);
                paint.port2.postMessage(entries.map(({ target }) => target.querySelector('.sig a').title));
            });
            new MutationObserver(records => {
                for (const record of records) for (const row of record.addedNodes) drawn.observe(row);
            }).observe(document.getElementById('rows'), { childList: true });
            return true\
            """;

    /// Writes evenly. Returns when each was written, in milliseconds since 1970.
    private static double[] write(BrowserServer server) {
        double[] written = new double[COUNT];
        long start = System.nanoTime();
        for (int i = 0; i < COUNT; i++) {
            long due = start + i * (1_000_000_000L / PER_SECOND);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            BrowserAlert alert = BrowserAlert.of("Latency " + i);
            java.time.Instant now = java.time.Instant.now();
            written[i] = now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
            server.write(alert);
        }
        return written;
    }

    /// Sorted, without the first seconds.
    private static double[] latencies(Browser browser, double[] written) {
        List<?> seen =
                (List<?>)
                        browser.run(
                                "return Array.from({ length: arguments[0] }, (_, i) => window.seen.get(`Latency ${i}`))",
                                COUNT);
        double[] latencies = new double[COUNT - WARM_UP];
        for (int i = WARM_UP; i < COUNT; i++) {
            latencies[i - WARM_UP] = ((Number) seen.get(i)).doubleValue() - written[i];
        }
        Arrays.sort(latencies);
        return latencies;
    }
}
