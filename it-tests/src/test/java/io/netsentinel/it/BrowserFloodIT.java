package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The page of alerts while 2,000 of them come each second: it answers keys, its counts are true,
/// and it does not grow. A minute, or `-Dnetsentinel.flood.seconds=N`; from ten minutes on its heap
/// is looked at as well.
///
/// Keys are pressed until the page has counted every alert. So where other work takes the
/// processors, and the server is behind the rate that is written, the page is asked for as much as
/// anywhere, and only for longer.
@BrowserTest
final class BrowserFloodIT {
    private static final int SECONDS = Integer.getInteger("netsentinel.flood.seconds", 60);
    private static final int PER_SECOND = 2_000;
    private static final int ALERTS = SECONDS * PER_SECOND;
    private static final int AT_ONCE = 100;
    private static final int WARM_UP_SECONDS = 5;
    private static final Duration WITHOUT_ANY = Duration.ofSeconds(30);
    private static final long BETWEEN_KEYS_NANOS = 250_000_000;
    private static final double DELAY_MILLIS = Processes.millis(100);
    private static final double GROWTH = 1.2;
    private static final int LONG_SECONDS = 600;

    /// How late keys come to the page, in milliseconds.
    private static final String LISTEN =
            """
            window.delays = [];
            addEventListener('keydown', event => delays.push(performance.now() - event.timeStamp), true);
            return true\
            """;

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    void thePageAnswersCountsTrulyAndDoesNotGrow() throws InterruptedException {
        try (BrowserServer server = BrowserServer.start(folder)) {
            server.writeAndAwait(BrowserAlert.of("Seed"));
            Browser browser = browsers.take(server.address());
            server.signIn(browser, "admin");
            browser.open("/alerts");
            browser.awaitLive();
            browser.pointAway();
            AtomicInteger written = new AtomicInteger(1);
            // the list is full, and its first row is held, before memory is looked at
            flood(server, written, WARM_UP_SECONDS);
            browser.press("j");
            follow(browser, written, written.get());
            Browser.Memory before = browser.memory();
            browser.run(LISTEN);
            long start = System.nanoTime();
            int afterwards = written.get() + ALERTS;
            Thread flood = Thread.ofPlatform().start(() -> flood(server, written, SECONDS));
            follow(browser, written, afterwards);
            double rate = ALERTS / ((System.nanoTime() - start) / 1e9);
            flood.join();
            double[] delays = delays(browser);
            Browser.Memory after = browser.memory();
            browser.leave();
            double p95 = delays[delays.length * 95 / 100];
            double growth = (double) after.heap() / before.heap();
            try (Results results = Results.of("flood")) {
                results.add("alerts/s counted by the page, of 2,000 written", rate, "1/s");
                results.add("keys, p50, of " + delays.length, delays[delays.length / 2], "ms");
                results.add("keys, p95", p95, "ms");
                results.add("heap afterwards, of before", growth, "times");
                results.add("nodes and texts before", before.nodes(), "");
                results.add("nodes and texts afterwards", after.nodes(), "");
            }
            assertThat(delays.length).as("keys that came").isGreaterThan(SECONDS);
            assertThat(p95).as("p95 of the delay of keys, ms").isLessThan(DELAY_MILLIS);
            assertThat((double) after.nodes())
                    .as("elements and texts, also those in no page")
                    .isLessThan(GROWTH * before.nodes());
            if (SECONDS >= LONG_SECONDS) {
                assertThat(growth).as("the heap").isLessThan(GROWTH);
            }
        }
    }

    /// Writes evenly, so many seconds long. An alert is in `written` before it is in the file.
    private static void flood(BrowserServer server, AtomicInteger written, int seconds) {
        long start = System.nanoTime();
        int rounds = seconds * PER_SECOND / AT_ONCE;
        for (int i = 0; i < rounds; i++) {
            long due = start + i * (1_000_000_000L * AT_ONCE / PER_SECOND);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            written.addAndGet(AT_ONCE);
            server.write(
                    IntStream.range(0, AT_ONCE)
                            .mapToObj(n -> BrowserAlert.of("Flood " + n))
                            .toArray(BrowserAlert[]::new));
        }
    }

    /// Presses keys until the page counts so many alerts. What it says meanwhile never goes back
    /// and is never more than there are.
    private static void follow(Browser browser, AtomicInteger written, int count) {
        int seen = 0;
        long moved = System.nanoTime();
        while (seen < count) {
            int said = said(browser);
            assertThat(said).as("counted").isBetween(seen, written.get());
            long now = System.nanoTime();
            assertThat(Duration.ofNanos(now - moved))
                    .as("since the count was %d, of %d".formatted(seen, count))
                    .isLessThan(WITHOUT_ANY);
            if (said > seen) {
                seen = said;
                moved = now;
            }
            browser.press("j");
            LockSupport.parkNanos(BETWEEN_KEYS_NANOS);
        }
    }

    private static int said(Browser browser) {
        return Integer.parseInt(browser.text("[data-count=high]").replaceAll("\\D", ""));
    }

    private static double[] delays(Browser browser) {
        List<?> seen = (List<?>) browser.run("return window.delays");
        double[] delays = seen.stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
        Arrays.sort(delays);
        return delays;
    }
}
