package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A page that is open while its server is killed and comes back on the same data.
@BrowserTest
final class BrowserRestartIT {
    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    void afterAKillDuringIngestThePageShowsWhatTheServerHas() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            Browser browser = onAlerts(server);
            for (int round = 0; round < 2; round++) {
                // the kill falls between two of these lines, some of which nobody has read yet
                server.write(alerts("before " + round, 10));
                server.kill();
                server.write(alerts("meanwhile " + round, 10));
                Await.until("offline", () -> browser.state().equals("offline"));
                assertThat(browser.text("#pill")).startsWith("Offline").contains("Retry now");
                server.startAgain();
                server.write(alerts("after " + round, 10));
                // by itself, however long the pause between two attempts has become
                browser.awaitLive();
                awaitSame(browser, server, 30 * (round + 1) + 1);
            }
            assertThat(Set.copyOf(states(browser))).contains("offline", "connecting", "live");
        }
    }

    @Test
    void aLongAbsenceIsShownAsOldDataAndRetryNowEndsIt() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            Browser browser = onAlerts(server);
            server.kill();
            server.write(alerts("meanwhile", 20));
            Await.until("old data", () -> browser.has("main[data-stale]"));
            assertThat(browser.state()).isEqualTo("offline");
            assertThat(browser.text("#main .asof")).matches("as of \\d\\d:\\d\\d:\\d\\d");
            assertThat(browser.text("#pill [data-detail]")).matches("retry in \\d+ s");
            Await.until("15 s", () -> silence(browser) >= 15_000);
            server.startAgain();
            browser.run(
                    "document.querySelector('#pill [data-retry]:not([hidden])')?.click(); return true");
            browser.awaitLive();
            awaitSame(browser, server, 21);
            assertThat(browser.has("main[data-stale]")).isFalse();
        }
    }

    private Browser onAlerts(BrowserServer server) {
        server.writeAndAwait(BrowserAlert.of("Seed"));
        Browser browser = browsers.take(server.address());
        // what a browser reports while nobody answers
        browser.expect("WebSocket connection to .* failed");
        browser.expect("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE");
        server.signIn(browser, "admin");
        browser.open("/alerts");
        browser.awaitLive();
        browser.pointAway();
        browser.run(
                """
                const pill = document.getElementById('pill');
                window.states = [pill.dataset.state];
                new MutationObserver(() => {
                    window.states.push(pill.dataset.state);
                    if (pill.dataset.state === 'offline') window.offlineSince ??= Date.now();
                }).observe(pill, { attributeFilter: ['data-state'] });
                return true\
                """);
        return browser;
    }

    /// Milliseconds since the pill first said offline.
    private static long silence(Browser browser) {
        return ((Number) browser.run("return Date.now() - (window.offlineSince ?? Date.now())"))
                .longValue();
    }

    private static List<String> states(Browser browser) {
        return List.of(browser.string("return window.states.join()").split(",", -1));
    }

    private static BrowserAlert[] alerts(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> BrowserAlert.of(name + " " + n))
                .toArray(BrowserAlert[]::new);
    }

    /// The rows on the screen are the server's, in its order, each once.
    private static void awaitSame(Browser browser, BrowserServer server, int count) {
        Await.until(count + " alerts on the server", () -> server.ids().size() >= count);
        List<String> ids = server.ids();
        assertThat(ids).hasSize(count).doesNotHaveDuplicates();
        Await.until(count + " rows on the screen", () -> browser.count("#rows tr") >= count);
        assertThat(browser.attributes("#rows tr", "data-id")).isEqualTo(ids);
        assertThat(server.signatures()).doesNotHaveDuplicates();
    }
}
