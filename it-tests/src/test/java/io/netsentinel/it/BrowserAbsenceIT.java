package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A page that was cut off, or a laptop that slept: the pill tells the truth, and afterwards the
/// alerts on the screen are the server's, none lost or doubled.
@BrowserTest
@Tag("long")
final class BrowserAbsenceIT {
    /// A ping, the time for its answer, and some more.
    private static final Duration UNNOTICED = Duration.ofSeconds(60);

    private static final Duration ASLEEP = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    void aNetworkThatIsCutIsNoticedAndNothingIsMissingAfterwards() throws IOException {
        try (BrowserServer server = BrowserServer.start(folder);
                Cable cable = new Cable(server.address())) {
            server.writeAndAwait(BrowserAlert.of("Seed"));
            Browser browser = browsers.take(cable.address());
            expectSilence(browser);
            onAlerts(browser, server);
            server.writeAndAwait(alerts("before", 10));
            awaitSame(browser, server, 11);
            cable.cut();
            server.writeAndAwait(alerts("meanwhile", 20));
            Await.until("it is noticed", UNNOTICED, () -> !browser.state().equals("live"));
            assertThat(browser.count("#rows tr")).isEqualTo(11);
            Await.until("old data", UNNOTICED, () -> browser.has("main[data-stale]"));
            cable.mend();
            Await.until("live again", UNNOTICED, () -> browser.state().equals("live"));
            server.writeAndAwait(alerts("after", 10));
            awaitSame(browser, server, 41);
            assertThat(browser.has("main[data-stale]")).isFalse();
        }
    }

    @Test
    void aLaptopThatSleptForAMinuteShowsWhatTheServerHas() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            server.writeAndAwait(BrowserAlert.of("Seed"));
            Browser browser = browsers.take(server.address());
            expectSilence(browser);
            onAlerts(browser, server);
            browser.sleep();
            try {
                long asleep = System.nanoTime();
                server.writeAndAwait(alerts("meanwhile", 30));
                Await.until(
                        "a minute",
                        ASLEEP.plusSeconds(10),
                        () -> System.nanoTime() - asleep >= ASLEEP.toNanos());
            } finally {
                browser.wake();
            }
            server.writeAndAwait(alerts("after", 10));
            awaitSame(browser, server, 41);
            Await.until("live", UNNOTICED, () -> browser.state().equals("live"));
            assertThat(browser.has("main[data-stale]")).isFalse();
        }
    }

    /// What a browser reports while nobody answers.
    private static void expectSilence(Browser browser) {
        browser.expect("WebSocket connection to .* failed");
        browser.expect("ERR_CONNECTION_|ERR_EMPTY_RESPONSE|ERR_TIMED_OUT|ERR_NETWORK");
    }

    private static void onAlerts(Browser browser, BrowserServer server) {
        server.signIn(browser, "admin");
        browser.open("/alerts");
        browser.awaitLive();
        browser.pointAway();
    }

    private static BrowserAlert[] alerts(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> BrowserAlert.of(name + " " + n))
                .toArray(BrowserAlert[]::new);
    }

    private static void awaitSame(Browser browser, BrowserServer server, int count) {
        List<String> ids = server.ids();
        assertThat(ids).hasSize(count).doesNotHaveDuplicates();
        Await.until(
                count + " rows on the screen", UNNOTICED, () -> browser.count("#rows tr") >= count);
        assertThat(browser.attributes("#rows tr", "data-id")).isEqualTo(ids);
    }
}
