package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notifications of the built server: mail to a server no one here wrote, webhooks to one of ours.
final class NotificationsIT {
    private static final String PASSWORD = "hush-hush-hush";

    @TempDir private static Path folder;
    private static final List<String> BODIES = new CopyOnWriteArrayList<>();
    private static final SinkTarget HOOK = new SinkTarget(SinkLanguages.bodies(BODIES::add));
    private static final GreenMail MAIL =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static ServerProcess server;
    private static HttpApi admin;

    @BeforeAll
    static void start() throws IOException {
        MAIL.setUser("soc@example.org", "netsentinel", PASSWORD);
        MAIL.getUserManager().setAuthRequired(true);
        MAIL.start();
        Files.writeString(
                folder.resolve("netsentinel.yaml"),
                """
                notifications:
                  mail:
                    kind: email
                    url: smtp://127.0.0.1:%d
                    allow-plaintext: true
                    username: netsentinel
                    from: netsentinel@example.org
                    to: [soc@example.org]
                    filter: url.path = "/mail-1"
                runtime:
                  allow-local: true
                """
                        .formatted(MAIL.getSmtp().getPort()));
        server = serve(0);
        admin = HttpApi.admin(server, folder.resolve("data"));
    }

    private static ServerProcess serve(int port) {
        return ServerProcess.start(
                Launch.of(
                                "serve",
                                "--data",
                                folder.resolve("data").toString(),
                                "--port",
                                Integer.toString(port),
                                "--config",
                                folder.resolve("netsentinel.yaml").toString())
                        .environment("NETSENTINEL_NOTIFICATIONS_MAIL_PASSWORD", PASSWORD),
                folder.resolve("server.log"));
    }

    @AfterAll
    static void stop() {
        server.close();
        MAIL.stop();
        HOOK.close();
    }

    private static HttpResponse<String> post(String path, String body) {
        return admin.post(path, "application/json", body);
    }

    private static void delete(String name) {
        assertThat(
                        HttpApi.send(admin.request("/api/notifications/" + name).DELETE().build())
                                .statusCode())
                .isEqualTo(204);
    }

    /// A webhook for the events of one test.
    private static void hook(String name, String mark, String more) {
        HttpResponse<String> made =
                post(
                        "/api/notifications",
                        """
                        {"name":"%s","kind":"webhook","url":"http://127.0.0.1:%d/hook","allow-local":true,
                         "filter":"url.path ~ \\"/%s-*\\"","longest-retry":"200ms"%s}
                        """
                                .formatted(name, HOOK.port(), mark, more));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private static JsonNode status(String name) {
        return HttpApi.json(admin.get("/api/notifications/" + name));
    }

    /// What was told under a name: the number of events of each message.
    private static List<Long> told(String name) {
        return BODIES.stream()
                .map(body -> HttpApi.parse(body).path("events").path(0).path("data"))
                .map(data -> data.path("ns").path("notification"))
                .filter(one -> one.path("name").asText().equals(name))
                .map(one -> one.path("count").asLong())
                .toList();
    }

    private static long sum(String name) {
        return told(name).stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void aMailComesToARealServerAndSaysWhatHappened() throws MessagingException {
        HttpApi.json(admin.postEve(Eve.alerts("mail", 0, 3)));
        Await.until("the mail is there", () -> MAIL.getReceivedMessages().length == 1);
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[NetSentinel] mail: 1 event");
        assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("soc@example.org");
        assertThat(content(mail))
                .contains("mail: 1 event", "log4j RCE Attempt", "203.0.113.77 port 49232");
        assertThat(status("mail").path("sent").asLong()).isEqualTo(1);
        assertThat(status("mail").path("origin").asText()).isEqualTo("configuration");
        assertThat(post("/api/notifications/mail/test", "").statusCode()).isEqualTo(200);
        Await.until("the test is there", () -> MAIL.getReceivedMessages().length == 2);
    }

    private static String content(MimeMessage mail) {
        try {
            return String.valueOf(mail.getContent());
        } catch (IOException | MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aThresholdIsWaitedForAndADigestTellsAllAtOnce() {
        hook("many", "many", ",\"threshold\":10,\"window\":\"5m\",\"digest\":\"1500ms\"");
        HttpApi.json(admin.postEve(Eve.alerts("many", 0, 9)));
        Await.until("they are counted", () -> status("many").path("pending").asLong() == 9);
        assertThat(status("many").path("heldBy").asText()).isEqualTo("threshold");
        assertThat(told("many")).isEmpty();
        HttpApi.json(admin.postEve(Eve.alerts("many", 9, 6)));
        Await.until("it is told", () -> sum("many") == 15);
        assertThat(told("many")).containsExactly(15L);
        delete("many");
    }

    @Test
    void quietHoursAndAShortestIntervalHold() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        hook(
                "night",
                "night",
                ",\"quiet-hours\":\"%02d:00-%02d:00\",\"time-zone\":\"UTC\""
                        .formatted(now.getHour(), (now.getHour() + 2) % 24));
        hook("seldom", "night", ",\"min-interval\":\"1h\"");
        HttpApi.json(admin.postEve(Eve.alerts("night", 0, 2)));
        Await.until("one is told", () -> sum("seldom") == 2);
        HttpApi.json(admin.postEve(Eve.alerts("night", 2, 2)));
        Await.until(
                "it waits", () -> status("seldom").path("heldBy").asText().equals("min-interval"));
        assertThat(status("night").path("heldBy").asText()).isEqualTo("quiet-hours");
        assertThat(status("night").path("pending").asLong()).isEqualTo(4);
        assertThat(status("night").path("next").asText()).endsWith(":00:00Z");
        assertThat(told("night")).isEmpty();
        delete("night");
        delete("seldom");
    }

    @Test
    void nothingIsLostWhileTheTargetIsAwayAndTheServerIsKilled() {
        hook("steady", "steady", ",\"digest\":\"500ms\"");
        HttpApi.json(admin.postEve(Eve.alerts("steady", 0, 20)));
        Await.until(
                "it works, and knows that it was answered",
                () ->
                        sum("steady") == 20
                                && status("steady").path("sent").asInt() == told("steady").size());
        HOOK.away();
        HttpApi.json(admin.postEve(Eve.alerts("steady", 20, 30)));
        Await.until("it is told", () -> status("steady").path("state").asText().equals("retrying"));
        assertThat(status("steady").path("lastError").asText()).isNotEmpty();
        server.kill();
        server = serve(server.port());
        admin = admin.at(server);
        HttpApi.json(admin.postEve(Eve.alerts("steady", 50, 10)));
        Await.until(
                "it still is told",
                () -> status("steady").path("state").asText().equals("retrying"));
        HOOK.back();
        Await.until("everything is told", () -> sum("steady") >= 60);
        assertThat(sum("steady"))
                .as("nothing was sent twice: the target had got nothing")
                .isEqualTo(60);
        delete("steady");
    }

    @Test
    void whatIsWrongIsNamedAndSecretsNeverComeBack() {
        HttpApi analyst = Tokens.issue(server, folder.resolve("data"), "ana", "analyst");
        assertThat(analyst.get("/api/notifications").statusCode()).isEqualTo(403);
        assertThat(post("/api/notifications", "{\"name\":\"mail\",\"kind\":\"email\"}").body())
                .contains("of the configuration");
        assertThat(wrong("\"quiet-hours\":\"always\"")).contains("22:00-07:00");
        assertThat(wrong("\"time-zone\":\"Berlin\"")).contains("Europe/Berlin");
        assertThat(wrong("\"threshold\":0")).contains("a number of events, 1 to 1000");
        assertThat(wrong("\"filter\":\"severity >>\"")).contains("filter: column");
        assertThat(wrong("a@b\\r\\nBcc: x@y.z", "")).contains("to: expected a text of one line");
        assertThat(wrong("a@b c", "")).contains("to: expected an address");
        HttpResponse<String> made =
                post(
                        "/api/notifications",
                        """
                        {"name":"secret","kind":"email","url":"smtps://127.0.0.1:9","username":"u","password":"%s",
                         "from":"a@example.org","to":["b@example.org"],"filter":"url.path = \\"/none\\""}
                        """
                                .formatted(PASSWORD));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).doesNotContain(PASSWORD).contains("********");
        assertThat(post("/api/notifications/secret/test", "").statusCode()).isEqualTo(502);
        assertThat(admin.get("/api/notifications").body()).doesNotContain(PASSWORD);
        delete("secret");
    }

    private static String wrong(String member) {
        return wrong("b@example.org", "," + member);
    }

    private static String wrong(String to, String more) {
        HttpResponse<String> answer =
                post(
                        "/api/notifications",
                        """
                        {"name":"x","kind":"email","url":"smtp://127.0.0.1:9","from":"a@example.org",
                         "to":["%s"]%s}
                        """
                                .formatted(to, more));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return answer.body();
    }
}
