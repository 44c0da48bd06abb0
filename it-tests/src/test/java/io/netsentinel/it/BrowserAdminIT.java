package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The pages for administrators: who may open them, that they follow what happens, and that their
/// buttons do what they say.
@BrowserTest
final class BrowserAdminIT {
    private static final List<String> PAGES =
            List.of(
                    "/integrations",
                    "/connections",
                    "/channels",
                    "/queues",
                    "/stats",
                    "/users",
                    "/rules",
                    "/settings",
                    "/audit");

    private static final String SINK =
            "{\"name\":\"twice\",\"kind\":\"splunk\",\"url\":\"https://siem.invalid\",\"token\":\"none\"}";

    @TempDir private Path folder;

    @RegisterExtension private final BrowserPool browsers = new BrowserPool();

    @Test
    void aUserMadeOnThePageSignsInIsDisabledThereAndAllOfItIsInTheAuditTrail() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            Browser admin = browsers.take(server.address());
            server.signIn(admin, "admin");
            admin.open("/users");
            admin.awaitLive();
            admin.run("document.getElementById('user-name').value = 'zoe'; return true");
            admin.click("form[action='/users/add'] button");
            Await.until("the password", () -> admin.has("#main .command code"));
            String password = admin.text("#main .command code");

            Browser zoe = browsers.take(server.address());
            zoe.open("/login");
            zoe.signIn("zoe", password);
            zoe.awaitLive();
            for (String page : PAGES) {
                assertThat(zoe.has("#nav a[href='" + page + "']")).isFalse();
            }
            zoe.expect("status of 403");
            zoe.open("/users");
            assertThat(zoe.text("#main")).contains("Not allowed");
            zoe.leave();

            admin.open("/users");
            admin.awaitLive();
            assertThat(admin.text("#sheets")).contains("zoe").doesNotContain(password);
            admin.click("#u-zoe .deeds button");
            Await.until("zoe is disabled", () -> admin.text("#u-zoe").contains("disabled"));
            admin.open("/audit");
            admin.awaitLive();
            Await.until(
                    "the trail",
                    () ->
                            admin.text("#sheets").contains("POST /users/add")
                                    && admin.text("#sheets").contains("POST /users/disable"));
            admin.leave();
        }
    }

    @Test
    void whatIsSentFromThePageArrivesAndWhatASinkHasSentIsSentAgain() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            HttpApi api = server.api();
            Browser admin = browsers.take(server.address());
            server.signIn(admin, "admin");
            try (Subscriber desk = Subscriber.open(api, "/ws/system")) {
                send(admin, "broadcast", "Shift ends");
                while (!desk.events(1).getFirst().toString().contains("Shift ends")) {
                    // what the server itself says there comes between
                }
            }
            send(admin, "notify", "Call me");
            Await.until(
                    "it waits", () -> admin.text("#toasts").contains("Queued for admin/desk-9"));
            admin.open("/queues");
            admin.awaitLive();
            admin.click("#sheet-inboxes a[href*=desk-9][href*=purge]");
            Await.until("a look", () -> admin.text("#main").contains("1 message that waits"));
            assertThat(server.get("/api/queues").at("/counters/messages/pending").asInt()).isOne();
            admin.click("form[action='/queues/purge'] button");
            Await.until(
                    "it is gone",
                    () -> server.get("/api/queues").at("/counters/messages/pending").asInt() == 0);
            Await.until("back", () -> admin.location().equals("/queues"));

            post(api, "/api/sinks", SINK);
            post(api, "/api/sinks/twice/pause", "{}");
            server.writeAndAwait(BrowserAlert.of("To be sent twice"));
            post(api, "/api/sinks/twice/skip", "{\"all\":true}");
            assertThat(offset(server)).isPositive();
            admin.open("/integrations/sinks/rewind?name=twice");
            admin.click("form[action='/integrations/sinks/rewind'] button");
            Await.until("at the beginning", () -> offset(server) == 0);
            admin.open("/audit");
            admin.awaitLive();
            Await.until(
                    "the trail names the things",
                    () ->
                            admin.text("#sheets").contains("message to admin/desk-9")
                                    && admin.text("#sheets").contains("message on system")
                                    && admin.text("#sheets").contains("twice goes on in alerts"));
            admin.leave();
        }
    }

    private static void send(Browser admin, String how, String text) {
        admin.open("/connections");
        admin.awaitLive();
        admin.run(
                "document.getElementById(arguments[0] + '-text').value = arguments[1];"
                        + "document.getElementById('notify-client').value = 'desk-9'; return true",
                how,
                text);
        admin.click("form[action='/connections/" + how + "'] button");
    }

    private static void post(HttpApi api, String path, String body) {
        var answer = api.post(path, "application/json", body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 201);
    }

    /// How far the sink is in the alerts.
    private static long offset(BrowserServer server) {
        for (JsonNode cursor : server.get("/api/sinks/twice").path("cursors")) {
            if (cursor.path("channel").asText().equals("alerts")) {
                return cursor.path("offset").asLong();
            }
        }
        throw new AssertionError("the sink reads no alerts");
    }

    @Test
    void thePagesFollowWhatHappens() {
        try (BrowserServer server = BrowserServer.start(folder)) {
            Browser admin = browsers.take(server.address());
            server.signIn(admin, "admin");
            admin.open("/audit");
            admin.awaitLive();
            admin.pointAway();
            Browser other = browsers.take(server.address());
            server.signIn(other, "admin");
            Await.until(
                    "the second sign-in, without a reload",
                    () -> admin.text("#sheets").split("POST /login", -1).length > 2);
            other.leave();
            admin.open("/audit?q=event.outcome+%3D%3D+%22nothing%22");
            admin.awaitLive();
            assertThat(admin.text("#sheets")).contains("No line matches");
            admin.leave();
        }
    }
}
