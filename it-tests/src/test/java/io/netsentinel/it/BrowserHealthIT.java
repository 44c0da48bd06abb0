package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The pages of threat scores and of health: each shows what there is and follows what comes
/// without a reload, also what strangers write.
@BrowserTest
final class BrowserHealthIT {
    private static final String JSON = "application/json";
    private static final String EVIL = "<img src=x onerror=alert(1)>";

    @TempDir private static Path folder;
    private static BrowserServer server;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @BeforeAll
    static void startServer() {
        server = BrowserServer.start(folder);
        server.addUser("vera", "viewer");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void modelsAreShownLiveAsTheyTrainAndFail() {
        Browser browser = signedIn("/health");
        assertThat(browser.text("#sheet-server"))
                .contains("disk", "heap", "database", "all is well");
        assertThat(browser.text("#sheet-detectors")).contains("scan", "dns-tunnel");
        assertThat(browser.text("#sheet-models")).contains("No model has told of itself");

        says("flows", "{\"state\":\"progress\",\"progress\":0.25,\"version\":\"7\"}");
        Await.until("it trains", () -> browser.text("#sheet-models").contains("25 %"));
        says("flows", "{\"state\":\"metrics\",\"metrics\":{\"auc\":0.93}}");
        Await.until("its figures", () -> browser.text("#sheet-models").contains("auc 0.93"));
        says("flows", "{\"state\":\"failed\",\"message\":\"" + EVIL + "\"}");
        Await.until("it failed", () -> browser.text("#sheet-models").contains("failed"));

        assertThat(browser.text("#sheet-models")).contains(EVIL).contains("1 model");
        assertThat(browser.has("#sheet-models img")).isFalse();
    }

    @Test
    void aSensorThatLosesPacketsIsShownWithWhatChanged() {
        Browser browser = signedIn("/health");
        String loss =
                "{\"_path\":\"capture_loss\",\"ts\":%d.0,\"peer\":\"zeek-1\",\"gaps\":50,\"acks\":100,\"percent_lost\":50.0}%n"
                        .formatted(Instant.now().getEpochSecond());
        HttpApi.json(server.api().post("/api/events?format=zeek", "application/x-ndjson", loss));
        Await.until("the sensor", () -> browser.text("#sheet-sensor-health").contains("dropping"));
        Await.until(
                "what changed",
                () -> browser.text("#sheet-changes").contains("it missed 50.0 % of them"));
        assertThat(server.get("/api/sensors").path("sensors"))
                .extracting(sensor -> sensor.at("/health/state").asText())
                .contains("dropping");
    }

    @Test
    void scoresFollowWhatIsTold() {
        Browser browser = signedIn("/scores");
        server.write(BrowserAlert.of("ET EXPLOIT " + EVIL).withLevel("Critical"));
        Await.until(
                "both hosts",
                () ->
                        browser.text("#sheet-score-hosts").contains("203.0.113.77")
                                && browser.text("#sheet-score-hosts").contains("10.0.0.10"));
        assertThat(browser.text("#sheet-score-hosts")).contains("ET EXPLOIT " + EVIL);
        assertThat(browser.has("#sheet-score-hosts img")).isFalse();
        assertThat(browser.text("#sheet-score-networks")).contains("10.0.0.0/24");
        assertThat(browser.text("#sheet-score-sensors")).contains("sensor-1");

        browser.click("#sheet-score-hosts a[href*='q=203.0.113.77']");
        Await.until("its alerts", () -> browser.location().startsWith("/alerts?q=203.0.113.77"));
    }

    private static void says(String model, String status) {
        HttpApi.json(server.api().post("/api/ml/" + model + "/status", JSON, status));
    }

    private Browser signedIn(String path) {
        Browser browser = browsers.take(server.address());
        server.enter(browser, "vera", path);
        return browser;
    }
}
