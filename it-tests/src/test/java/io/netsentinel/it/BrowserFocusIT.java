package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Whatever has the focus keeps it while the page brings itself up to date.
@BrowserTest
final class BrowserFocusIT {
    /// Pages that follow what happens.
    private static final List<String> FOLLOWING =
            List.of(
                    "/",
                    "/alerts",
                    "/alerts?group=signature",
                    "/incidents",
                    "/scores",
                    "/health",
                    "/map",
                    "/topology?host=10.0.1.10",
                    "/network?event=1",
                    "/logs",
                    "/honeypot",
                    "/audit");

    /// One of each kind of what can have the focus, in each part of the page.
    private static final String CHOOSE =
            """
            const shown = e => e.checkVisibility({ visibilityProperty: true });
            const kinds = new Set();
            window.chosen = [...document.querySelectorAll('#main :is(a[href], button, input, select, textarea, summary, [tabindex])')].filter(e => {
                if (e.tabIndex < 0 || e.disabled || !shown(e)) return false;
                const kind = `${e.closest('[id]:not(tr, li)')?.id} ${e.tagName} ${e.closest('summary, .chip, .deeds, td, th')?.tagName}`;
                return !kinds.has(kind) && kinds.add(kind);
            });
            return window.chosen.length;
            """;

    /// What comes is seen as a change of the page, or as an answer to what it has asked.
    private static final String FOCUS =
            """
            const [n] = arguments;
            window.seen?.disconnect();
            window.moved = 0;
            const one = chosen[n];
            if (!one.isConnected) return 'gone';
            one.focus({ preventScroll: true });
            window.seen = new MutationObserver(() => window.moved++);
            seen.observe(document.body, { childList: true, subtree: true, characterData: true });
            return document.activeElement === one ? 'focused' : 'refused';
            """;

    private static final String WHERE =
            "return document.activeElement === chosen[arguments[0]] ? '' : `${chosen[arguments[0]].outerHTML.slice(0, 200)} lost it to ${document.activeElement?.outerHTML.slice(0, 80)}`";

    /// The connections of a page, so that something can be said on them.
    private static final String SOCKETS =
            """
            window.sockets = [];
            window.WebSocket = class extends WebSocket {
                constructor(...given) {
                    super(...given);
                    sockets.push(this);
                }
            };
            """;

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    @Tag("long")
    void nothingThatHasTheFocusLosesItToWhatComes() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            Scenery.put(server.api());
            server.writeAndAwait(BrowserAlert.of("Critical").withLevel("Critical"));
            something(server, 0);
            Await.until(
                    "an incident", () -> !server.get("/api/incidents").path("incidents").isEmpty());
            Browser browser = browsers.take(server.address());
            server.enter(browser, "admin");
            List<String> lost = new ArrayList<>();
            int looked = 0;
            List<String> pages = new ArrayList<>(FOLLOWING);
            pages.add("/alerts?alert=" + server.ids().getFirst());
            pages.add("/incidents/" + server.get("/api/incidents").at("/incidents/0/id").asText());
            for (String page : pages) {
                browser.open(page);
                browser.awaitLive();
                browser.pointAway();
                int count = ((Number) browser.run(CHOOSE)).intValue();
                assertThat(count).as("can have the focus on " + page).isPositive();
                for (int n = 0; n < count; n++) {
                    if (!browser.string(FOCUS, n).equals("focused")) {
                        continue;
                    }
                    looked++;
                    something(server, looked);
                    Await.until(
                            "something moves on " + page,
                            () -> browser.is("return window.moved > 0"));
                    String said = browser.string(WHERE, n);
                    if (!said.isEmpty()) {
                        lost.add(page + ": " + said);
                    }
                }
            }
            browser.leave();
            System.out.println("focus: " + looked + " places on " + pages.size() + " pages");
            assertThat(lost).isEmpty();
            assertThat(looked).isGreaterThan(3 * pages.size());
        }
    }

    /// The page is fetched anew, but not from under a reader's hands.
    @Test
    void aGapIsMendedWhenNothingInThePageHasTheFocus() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            server.writeAndAwait(BrowserAlert.of("Before the gap"));
            Browser browser = browsers.take(server.address());
            browser.atEveryDocument(SOCKETS);
            server.enter(browser, "admin", "/alerts");
            browser.press("j");
            String gap =
                    "window.page = document.getElementById('main'); window.since = performance.now();"
                            + " sockets.at(-1).dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ type: 'gap', channel: 'alerts',"
                            + " sub: 'rows', from: 1, to: 1 + Number(page.dataset.offset), prev: 0, reason: 'sampled' }) })); return true";
            browser.run(gap);
            Await.until(
                    "it would have come by now",
                    () -> browser.is("return performance.now() - since > 1500"));
            assertThat(browser.is("return document.getElementById('main') === page")).isTrue();
            assertThat(browser.string("return document.activeElement.title"))
                    .isEqualTo("Before the gap");
            browser.press(Keys.ESCAPE);
            Await.until(
                    "a fresh page",
                    () -> !browser.is("return document.getElementById('main') === page"));
            browser.leave();
        }
    }

    /// Something new for every page.
    private static void something(BrowserServer server, int n) {
        HttpApi api = server.api();
        server.write(BrowserAlert.of("Focus " + n).withLevel("Critical"), BrowserAlert.of("Focus"));
        HttpApi.json(api.postEve(Scenery.flow("10.0.4." + n % 250, "10.0.1.10", 443, "tls")));
        HttpApi.json(
                Scenery.visits(
                        api, Scenery.cowrie("visit1", "command.input", "input", "echo " + n)));
        HttpApi.json(
                api.post(
                        "/api/events?format=syslog",
                        "text/plain",
                        "<84>1 %s gw-1 sshd %d - - Failed password\n".formatted(Instant.now(), n)));
    }
}
