package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Alerts in groups, rules made from the drawer, and views that are saved.
@BrowserTest
final class BrowserGroupsIT {
    @TempDir private static Path folder;

    private static BrowserServer server;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
        server.writeAndAwait(BrowserAlert.of("Scan"), BrowserAlert.of("Scan"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private Browser admin(String path) {
        Browser browser = browsers.take(server.address());
        server.enter(browser, "admin", path);
        return browser;
    }

    @Test
    void aGroupGrowsByItselfIsAcknowledgedByKeyAndTakenBack() {
        server.writeAndAwait(BrowserAlert.of("Probe"), BrowserAlert.of("Probe"));
        Browser browser = admin("/alerts?group=signature&q=probe");
        assertThat(browser.text("#groups .sub")).isEqualTo("1 group of 2 alerts");
        server.writeAndAwait(BrowserAlert.of("Probe").withLevel("Critical"));
        Await.until(
                "the third, without a reload",
                () -> browser.text("#groups").contains("1 group of 3 alerts"));
        assertThat(browser.text("#groups tbody .sev")).isEqualTo("Critical");

        browser.press("j", "a");
        Await.until("it is done", () -> browser.text("#toasts").contains("Acknowledged 3 alerts"));
        Await.until("the group is gone", () -> !browser.has("#groups tbody tr"));
        assertThat(server.signatures()).doesNotContain("Probe");

        browser.press("u");
        Await.until("it is back", () -> browser.has("#groups tbody tr"));
        browser.press("j", Keys.ENTER);
        Await.until("its alerts", () -> browser.count("#rows tr") == 3);
        assertThat(browser.location()).contains("filter=");
        server.writeAndAwait(BrowserAlert.of("Probe"), BrowserAlert.of("Something else"));
        Await.until("a new one of the group, and no other", () -> browser.count("#rows tr") == 4);
        assertThat(browser.text("#rows")).doesNotContain("Something else");
        browser.leave();
    }

    @Test
    void anAlertIsSuppressedByKeyFromTheListAndThatIsUndone() {
        server.writeAndAwait(BrowserAlert.of("Noise").withSensor("lab"));
        Browser browser = admin("/alerts?q=noise");
        browser.press("j", "s");
        Await.until("the form", () -> browser.has("#drawer #reason"));
        browser.run(
                "const boxes = document.querySelectorAll('#suppress [name=by]');"
                        + " for (const box of boxes) box.checked = box.value === 'sensor';"
                        + " document.getElementById('reason').value = 'our lab'; return true");
        browser.click("#suppress .button.main");
        Await.until(
                "the rule", () -> browser.text("#toasts").contains("1 open alert acknowledged"));
        server.write(BrowserAlert.of("Noise, later").withSensor("lab"));
        Await.until(
                "it comes in acknowledged",
                () ->
                        server.get("/api/alerts?status=acknowledged&q=later").path("alerts").size()
                                == 1);
        browser.press("u");
        Await.until("it is undone", () -> browser.text("#toasts").contains("1 alert opened again"));
        browser.open("/rules");
        browser.awaitLive();
        assertThat(browser.text("#sheet-rules")).contains("seen by lab").contains("ended");
        browser.leave();
    }

    @Test
    void whatIsShownIsSavedUnderANameAndComesBack() {
        Browser browser = admin("/alerts?severity=high&group=source");
        browser.click("#views summary");
        browser.run("document.getElementById('view-name').value = 'Worst sources'; return true");
        browser.click("#views form button");
        Await.until("it is listed", () -> browser.has("#views a[title='Worst sources']"));
        browser.open("/logs");
        browser.awaitLive();
        browser.click("#views summary");
        browser.click("#views a[title='Worst sources']");
        Await.until("the view", () -> browser.has("#groups"));
        assertThat(browser.location()).endsWith("/alerts?severity=high&group=source");
        browser.press(Keys.ESCAPE);
        browser.leave();
    }
}
