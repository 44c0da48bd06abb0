package io.netsentinel.it;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Takes the pictures of the documentation from the demo: every page in both themes, into
/// `target/screens`, or into the folder that `-Dscreens=FOLDER` names; with `-Dscreens.narrow=true`
/// also as on a phone.
@BrowserTest
@Tag("long")
final class BrowserScreensIT {
    private static final String PASSWORD = "the password ";
    private static final String JSON = "application/json";
    private static final String RULE =
            """
            {"action":"suppress","signature":"9000034","source":"203.0.113.9",
             "expires":"2030-01-31T00:00:00Z","reason":"our own monitoring, ticket 4711"}
            """;

    private static final String MODEL =
            """
            {"state":"progress","progress":0.8,"version":"2026-06-01","metrics":{"auc":0.93,"loss":0.11},
             "message":"epoch 8 of 10"}
            """;

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    private final Path pictures =
            Path.of(System.getProperty("screens", "target/screens")).toAbsolutePath();

    @Test
    void everyPageOfTheDemoInBothThemes() {
        try (ServerProcess demo =
                ServerProcess.start(Launch.of("demo", "--port", "0"), folder.resolve("log"))) {
            Browser browser = browsers.take(demo.address());
            browser.expect("status of 404");
            browser.open("/login");
            both(browser, "login");
            browser.signIn("admin", password(demo));
            browser.pointAway();
            Await.until("a full feed", () -> browser.count("#feed li") == 20);
            Await.until(
                    "a history of delivery",
                    () ->
                            browser.string(
                                                    "return document.querySelector('#kpi-delivery .line')?.getAttribute('points') ?? ''")
                                            .split(" ", -1)
                                            .length
                                    >= 5);
            both(browser, "overview");
            browser.open("/alerts");
            browser.awaitLive();
            both(browser, "alerts");
            browser.open("/alerts?group=signature");
            browser.awaitLive();
            both(browser, "alerts-groups");
            browser.open("/alerts");
            browser.awaitLive();
            browser.press("j", "j", Keys.ENTER);
            Await.until("the drawer", () -> browser.has("#detail"));
            both(browser, "alert");
            browser.open("/incidents");
            browser.awaitLive();
            Await.until("incidents", () -> browser.has("#rows .sig a"));
            both(browser, "incidents");
            browser.press("j", Keys.ENTER);
            Await.until("one incident", () -> browser.has("#case .stages"));
            browser.awaitLive();
            both(browser, "incident");
            furnish(api(demo));
            for (String page :
                    List.of(
                            "map",
                            "topology",
                            "network",
                            "honeypot",
                            "scores",
                            "health",
                            "stats",
                            "logs",
                            "integrations",
                            "connections",
                            "channels",
                            "queues",
                            "users",
                            "audit",
                            "rules",
                            "views",
                            "guide",
                            "wall",
                            "account")) {
                browser.open("/" + page);
                browser.awaitLive();
                both(browser, page);
            }
            // without the paths of the machine where the pictures are taken
            browser.open("/settings?q=retention");
            browser.awaitLive();
            both(browser, "settings");
            browser.open("/settings");
            browser.awaitLive();
            browser.run("document.getElementById('purge-text').value = '10.0.1.10'; return true");
            browser.click("#purge form button");
            Await.until("what would be removed", () -> browser.has("#confirm"));
            both(browser, "purge");
            browser.open("/topology?host=10.0.1.10");
            browser.awaitLive();
            both(browser, "topology-host");
            browser.open("/network?q=source.ip+%3D+8.8.4.4");
            browser.awaitLive();
            browser.press("j", Keys.ENTER);
            Await.until("the flow", () -> browser.has("#detail"));
            both(browser, "flow");
            browser.open("/honeypot/session?id=visit1");
            browser.awaitLive();
            both(browser, "session");
            browser.open("/nothing/here");
            both(browser, "error");
        }
    }

    /// Something for the pages that the demo leaves empty.
    private static void furnish(HttpApi api) {
        Scenery.put(api);
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < 12; n++) {
            boolean refused = n % 3 == 0;
            lines.append(refused ? "<84>1 " : "<86>1 ")
                    .append(Instant.now() + " gw-" + n % 2 + " sshd " + (4_000 + n) + " - - ")
                    .append(refused ? "Failed password for root" : "Accepted publickey for ann")
                    .append(" from 203.0.113." + (20 + n) + " port " + (41_000 + n) + " ssh2\n");
        }
        made(api.post("/api/events?format=syslog", "text/plain", lines.toString()));
        made(api.post("/api/rules", JSON, RULE));
        made(api.post("/api/ml/flow-autoencoder/status", JSON, MODEL));
        made(api.post("/ws/notify/desk-7", JSON, "{\"data\":{\"text\":\"Shift ends\"}}"));
    }

    private static void made(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(
                    answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private static HttpApi api(ServerProcess demo) {
        String login = "{\"username\":\"admin\",\"password\":\"" + password(demo) + "\"}";
        HttpApi nobody = new HttpApi(demo.address(), "");
        String token =
                HttpApi.json(nobody.post("/api/login", "application/json", login))
                        .path("token")
                        .asText();
        return new HttpApi(demo.address(), token);
    }

    private static String password(ServerProcess demo) {
        String line =
                Await.value(
                        "the password",
                        () ->
                                demo.out().stream()
                                        .filter(text -> text.contains(PASSWORD))
                                        .findFirst());
        int start = line.indexOf(PASSWORD) + PASSWORD.length();
        return line.substring(start, line.indexOf(' ', start));
    }

    private void both(Browser browser, String name) {
        for (String theme : List.of("light", "dark")) {
            browser.prefer(theme);
            picture(browser, name + "-" + theme);
        }
        if (Boolean.getBoolean("screens.narrow")) {
            browser.size(320, 900);
            picture(browser, name + "-narrow");
            browser.size(1440, 900);
        }
    }

    private void picture(Browser browser, String name) {
        Path file = pictures.resolve(name + ".png");
        browser.screenshot(file);
        SmallPicture.make(file);
    }
}
