package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The sound of a critical alert, and what is said when a browser refuses notifications.
@BrowserTest
final class BrowserSoundIT {
    /// Nobody listens to a browser without a loudspeaker: what it is asked to play is kept. It lets
    /// a page be heard as real ones do, once somebody has touched it.
    private static final String SPEAKER =
            """
            window.tones = [];
            window.contexts = 0;
            window.AudioContext = class {
                constructor() { contexts++; this.currentTime = 0; this.destination = {}; }
                get state() { return window.touched ? 'running' : 'suspended'; }
                resume() { return new Promise(() => {}); }
            };
            window.OscillatorNode = class {
                constructor(context, { frequency }) { this.frequency = frequency; }
                connect(to) { return to; }
                start() { tones.push(this.frequency); }
                stop() {}
            };
            window.GainNode = class {
                gain = { setTargetAtTime() {} };
                connect(to) { return to; }
            };
            for (const name of ['pointerdown', 'keydown'])
                addEventListener(name, () => (window.touched = true), { capture: true });
            """;

    private static final String OFF = "localStorage.clear(); return true";

    @TempDir private static Path folder;
    private static BrowserServer server;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
        server.writeAndAwait(BrowserAlert.of("Before"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void theSoundIsPlayedForACriticalAlertWhenItIsWantedAndNeverBefore() {
        Browser browser = account();
        critical("Not wanted yet");
        awaitBadge(browser);
        assertThat(browser.string("return contexts + ': ' + tones")).isEqualTo("0: ");

        browser.click("[data-sound]");
        Await.until("heard once, to know it", () -> tones(browser).equals("880,660"));
        awaitSubscription(true);
        browser.run("tones.length = 0; return true");
        server.writeAndAwait(BrowserAlert.of("Only high"));
        awaitBadge(browser);
        assertThat(tones(browser)).isEmpty();
        critical("The worst");
        Await.until("the sound", () -> tones(browser).equals("880,660"));
        server.write(worst("Second"), worst("Third"), worst("Fourth"));
        Await.until("one for all three", () -> tones(browser).equals("880,660,880,660"));

        browser.click("[data-sound]");
        awaitSubscription(false);
        critical("Not wanted any more");
        awaitBadge(browser);
        assertThat(tones(browser)).isEqualTo("880,660,880,660");
        browser.run(OFF);
    }

    @Test
    void aPageThatNobodyHasTouchedSaysThatItCannotBeHeardAndPlaysNothingLate() {
        Browser browser = account();
        browser.run("localStorage.setItem('ns-sound', 'on'); return true");
        browser.open("/account");
        browser.awaitLive();
        assertThat(browser.is("return document.querySelector('[data-sound]').checked")).isTrue();
        awaitSubscription(true);
        critical("Unheard");
        Await.until("it says so", () -> browser.text("#toasts").contains("came without its sound"));
        browser.click("#main h2");
        assertThat(browser.is("return window.touched")).isTrue();
        Await.until(
                "the next one is heard",
                () -> {
                    critical("Heard");
                    return !tones(browser).isEmpty();
                });
        assertThat(tones(browser)).isEqualTo("880,660");
        browser.run(OFF);
    }

    @Test
    void refusedNotificationsAreSaidAndTheSwitchGoesBack() {
        Browser browser = account();
        permission(browser, "denied");
        browser.open("/account");
        browser.awaitLive();
        assertThat(browser.text("[data-notify-why]"))
                .startsWith("This browser refuses notifications for this address");
        browser.click("[data-notify]");
        Await.until(
                "the switch is back",
                () ->
                        browser.text("#toasts").contains("refuses notifications")
                                && !on(browser)
                                && browser.is(
                                        "return localStorage.getItem('ns-notify') === 'off'"));
        awaitSubscription(false);

        permission(browser, "granted");
        browser.open("/account");
        browser.awaitLive();
        assertThat(browser.is("return document.querySelector('[data-notify-why]').hidden"))
                .isTrue();
        browser.click("[data-notify]");
        awaitSubscription(true);
        assertThat(on(browser)).isTrue();

        permission(browser, "denied");
        browser.open("/account");
        browser.awaitLive();
        assertThat(on(browser)).as("withdrawn meanwhile").isFalse();
        assertThat(browser.text("[data-notify-why]")).contains("refuses notifications");
        browser.run(OFF);
        browser.driver().executeCdpCommand("Browser.resetPermissions", Map.of());
    }

    private Browser account() {
        Browser browser = browsers.take(server.address());
        browser.atEveryDocument(SPEAKER);
        server.enter(browser, "admin", "/account");
        return browser;
    }

    private static BrowserAlert worst(String signature) {
        return BrowserAlert.of(signature).withLevel("Critical");
    }

    private static void critical(String signature) {
        server.writeAndAwait(worst(signature));
    }

    private static String tones(Browser browser) {
        return browser.string("return String(tones)");
    }

    private static boolean on(Browser browser) {
        return browser.is("return document.querySelector('[data-notify]').checked");
    }

    private static void permission(Browser browser, String setting) {
        browser.driver()
                .executeCdpCommand(
                        "Browser.setPermission",
                        Map.of(
                                "permission", Map.of("name", "notifications"),
                                "setting", setting,
                                "origin", server.address().resolve("/").toString()));
    }

    /// The page has been told of all alerts: its number is the server's.
    private static void awaitBadge(Browser browser) {
        Await.until(
                "the page knows it",
                () -> browser.text("#nav [data-open]").equals(String.valueOf(server.ids().size())));
    }

    private static void awaitSubscription(boolean there) {
        Await.until(
                "the subscription",
                () -> there == (server.get("/ws/stats").at("/streams/subscriptions").asInt() > 0));
    }
}
