package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The page of alerts while 2,000 of them come each second: it answers keys, its counts are true,
/// and its memory does not grow. A minute, or `-Dnetsentinel.flood.seconds=N`.
@BrowserTest
@Tag("long")
final class BrowserFloodIT {
    private static final int SECONDS = Integer.getInteger("netsentinel.flood.seconds", 60);
    private static final int PER_SECOND = 2_000;
    private static final int AT_ONCE = 100;
    private static final long BETWEEN_KEYS_NANOS = 250_000_000;
    private static final double DELAY_MILLIS = 100;
    private static final double GROWTH = 1.2;

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
            // the list is full before memory is looked at
            AtomicInteger written = new AtomicInteger();
            flood(server, written, 5);
            awaitCount(browser, 1 + written.get());
            Browser.Memory before = browser.memory();
            browser.run(LISTEN);
            Thread flood = Thread.ofPlatform().start(() -> flood(server, written, SECONDS));
            while (flood.isAlive()) {
                browser.press("j");
                LockSupport.parkNanos(BETWEEN_KEYS_NANOS);
            }
            flood.join();
            double[] delays = delays(browser);
            awaitCount(browser, 1 + written.get());
            Browser.Memory after = browser.memory();
            browser.leave();
            double p95 = delays[delays.length * 95 / 100];
            double growth = (double) after.heap() / before.heap();
            try (Results results = Results.of("flood")) {
                String what = PER_SECOND + " alerts/s, " + SECONDS + " s, ";
                results.add(what + "keys, p50", delays[delays.length / 2], "ms");
                results.add(what + "keys, p95", p95, "ms");
                results.add(what + "heap afterwards, of before", growth, "times");
            }
            assertThat(delays.length).as("keys that came").isGreaterThan(SECONDS);
            assertThat(p95).as("p95 of the delay of keys, ms").isLessThan(DELAY_MILLIS);
            assertThat(growth).as("the heap").isLessThan(GROWTH);
        }
    }

    /// Writes evenly, so many seconds long.
    private static void flood(BrowserServer server, AtomicInteger written, int seconds) {
        long start = System.nanoTime();
        int rounds = seconds * PER_SECOND / AT_ONCE;
        for (int i = 0; i < rounds; i++) {
            long due = start + i * (1_000_000_000L * AT_ONCE / PER_SECOND);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            server.write(
                    IntStream.range(0, AT_ONCE)
                            .mapToObj(n -> BrowserAlert.of("Flood " + n))
                            .toArray(BrowserAlert[]::new));
            written.addAndGet(AT_ONCE);
        }
    }

    private static void awaitCount(Browser browser, int count) {
        Await.until(
                count + " are counted",
                () ->
                        browser.text("[data-count=high]")
                                .replaceAll("\\D", "")
                                .equals(Integer.toString(count)));
    }

    private static double[] delays(Browser browser) {
        List<?> seen = (List<?>) browser.run("return window.delays");
        double[] delays = seen.stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
        Arrays.sort(delays);
        return delays;
    }
}
