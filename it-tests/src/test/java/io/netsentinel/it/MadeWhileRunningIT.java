package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources and sinks that are made, paused and deleted over HTTP.
final class MadeWhileRunningIT {
    private static final String TOKEN = "hush-12345678";

    @TempDir private static Path folder;
    private static Path sensors;
    private static ServerProcess server;
    private static HttpApi admin;

    @BeforeAll
    static void start() throws IOException {
        sensors = Files.createDirectory(folder.resolve("sensors"));
        Files.createDirectory(folder.resolve("out"));
        Files.writeString(sensors.resolve("fixed.json"), "");
        Files.writeString(folder.resolve("secret.txt"), "of nobody's business\n");
        Files.createSymbolicLink(sensors.resolve("link.json"), folder.resolve("secret.txt"));
        Files.writeString(
                folder.resolve("netsentinel.yaml"),
                """
                sources:
                  fixed:
                    path: %s
                sinks:
                  kept:
                    kind: file
                    path: %s
                runtime:
                  source-roots: [%s]
                  sink-roots: [%s]
                """
                        .formatted(
                                sensors.resolve("fixed.json"),
                                folder.resolve("kept.ndjson"),
                                sensors,
                                folder.resolve("out")));
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
                        folder.resolve("netsentinel.yaml").toString()),
                folder.resolve("server.log"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> post(String path, String body) {
        return admin.post(path, "application/json", body);
    }

    private static int delete(String path) {
        return HttpApi.send(admin.request(path).DELETE().build()).statusCode();
    }

    private static String source(String name, Path path) {
        return "{\"name\":\"%s\",\"kind\":\"file\",\"path\":\"%s\",\"format\":\"eve\"}"
                .formatted(name, path);
    }

    private static void refused(HttpResponse<String> answer, int status, String... words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .contains("application/problem+json");
        assertThat(answer.body()).contains(words);
    }

    private static void write(String file, String marker, int from, int to) throws IOException {
        Files.writeString(
                sensors.resolve(file),
                Eve.requests(marker, from, to - from),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static JsonNode one(String path) {
        return HttpApi.json(admin.get(path));
    }

    @Test
    void aSourceIsMadePausedResumedKeptOverAKillAndDeleted() throws IOException {
        write("dmz.json", "made", 0, 100);
        HttpResponse<String> made =
                post("/api/sources", source("dmz", sensors.resolve("dmz.json")));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Await.until("it reads", () -> one("/api/sources/dmz").path("accepted").asLong() == 100);
        JsonNode shown = one("/api/sources/dmz");
        assertThat(shown.path("origin").asText()).isEqualTo("made");
        assertThat(shown.path("madeBy").asText()).isEqualTo("admin");
        assertThat(shown.path("options").path("format").asText()).isEqualTo("eve");
        assertThat(post("/api/sources/dmz/test", "").statusCode()).isEqualTo(200);

        assertThat(post("/api/sources/dmz/pause", "").statusCode()).isEqualTo(200);
        assertThat(one("/api/sources/dmz").path("state").asText()).isEqualTo("stopped");
        write("dmz.json", "made", 100, 200);
        assertThat(post("/api/sources/fixed/pause", "").statusCode()).isEqualTo(200);
        server.kill();
        server = serve(server.port());
        admin = admin.at(server);
        assertThat(one("/api/sources/dmz").path("paused").asBoolean()).isTrue();
        assertThat(one("/api/sources/fixed").path("paused").asBoolean()).isTrue();
        assertThat(one("/api/sources/dmz").path("accepted").asLong()).isZero();
        assertThat(post("/api/sources/dmz/resume", "").statusCode()).isEqualTo(200);
        assertThat(post("/api/sources/fixed/resume", "").statusCode()).isEqualTo(200);
        Await.until("it goes on", () -> one("/api/sources/dmz").path("accepted").asLong() == 100);

        assertThat(delete("/api/sources/dmz")).isEqualTo(204);
        assertThat(admin.get("/api/sources/dmz").statusCode()).isEqualTo(404);
        write("dmz.json", "made", 200, 300);
        post("/api/sources", source("dmz", sensors.resolve("dmz.json")));
        Await.until("it goes on", () -> one("/api/sources/dmz").path("accepted").asLong() == 100);
        assertThat(admin.stored("network").stream().filter(MadeWhileRunningIT::made).count())
                .as("every line once")
                .isEqualTo(300);
        assertThat(admin.stored("audit"))
                .extracting(event -> event.path("data").path("event").path("action").asText())
                .contains("source-made", "source-paused", "source-resumed", "source-deleted");
        assertThat(one("/api/audit/verify").toString())
                .as("in the chain")
                .contains("\"whole\":true");
        delete("/api/sources/dmz");
    }

    private static boolean made(JsonNode event) {
        return event.toString().contains("made");
    }

    @Test
    void aListenerIsMadeAndItsPortIsFreeAfterwards() {
        int port = ServerProcess.freePort();
        String body =
                "{\"name\":\"syslog\",\"kind\":\"listen\",\"listen\":\"udp://127.0.0.1:%d\"}"
                        .formatted(port);
        assertThat(post("/api/sources", body).statusCode()).isEqualTo(201);
        Await.until(
                "it listens",
                () -> one("/api/sources/syslog").path("state").asText().equals("live"));
        assertThat(delete("/api/sources/syslog")).isEqualTo(204);
        assertThat(post("/api/sources", body).statusCode()).isEqualTo(201);
        Await.until(
                "it listens again",
                () -> one("/api/sources/syslog").path("state").asText().equals("live"));
        assertThat(delete("/api/sources/syslog")).isEqualTo(204);
    }

    @Test
    void filesOutsideOfTheRootsAreNotRead() {
        refused(
                post("/api/sources", source("evil", Path.of("/etc/passwd"))),
                400,
                "path: /etc/passwd lies in no folder that runtime.source-roots names");
        refused(
                post("/api/sources", source("evil", sensors.resolve("../secret.txt"))),
                400,
                "lies in no folder");
        refused(
                post("/api/sources", source("evil", sensors.resolve("link.json"))),
                400,
                "lies in no folder");
        refused(
                post(
                        "/api/sources",
                        "{\"name\":\"evil\",\"kind\":\"listen\",\"listen\":\"unix:///tmp/evil.sock\"}"),
                400,
                "listen: /tmp/evil.sock lies in no folder");
        refused(
                post(
                        "/api/sources",
                        "{\"name\":\"evil\",\"kind\":\"listen\",\"listen\":\"stdin\"}"),
                400,
                "stdin");
        refused(
                post(
                        "/api/sinks",
                        "{\"name\":\"evil\",\"kind\":\"file\",\"path\":\"/etc/cron.d/evil\"}"),
                400,
                "path: /etc/cron.d/evil lies in no folder that runtime.sink-roots names");
        // a link that is put there later is not followed either
        assertThat(post("/api/sources", source("later", sensors.resolve("*.json"))).statusCode())
                .isEqualTo(201);
        Await.until(
                "it has looked",
                () -> !one("/api/sources/later").path("state").asText().equals("starting"));
        assertThat(one("/api/sources/later").path("deadLetters").asLong()).isZero();
        delete("/api/sources/later");
    }

    @Test
    void whatStandsInTheConfigurationCannotBeChangedHere() {
        refused(
                post("/api/sources", source("fixed", sensors.resolve("x.json"))),
                409,
                "of the configuration: choose another name");
        refused(
                HttpApi.send(admin.request("/api/sources/fixed").DELETE().build()),
                409,
                "stands in the server's configuration");
        refused(
                HttpApi.send(admin.request("/api/sinks/kept").DELETE().build()),
                409,
                "stands in the server's configuration");
    }

    @Test
    void whatIsWrongIsNamed() {
        refused(post("/api/sources", "{\"kind\":\"file\"}"), 400, "name");
        refused(
                post("/api/sources", "{\"name\":\"x\",\"kind\":\"pigeon\"}"),
                400,
                "there is no 'pigeon'; there are file, ");
        refused(
                post(
                        "/api/sources",
                        "{\"name\":\"x\",\"kind\":\"file\",\"path\":\"%s/x\",\"format\":\"no\"}"
                                .formatted(sensors)),
                400,
                "no format 'no'");
        refused(
                post(
                        "/api/sources",
                        "{\"name\":\"x\",\"kind\":\"file\",\"path\":\"%s/x\",\"colour\":\"red\"}"
                                .formatted(sensors)),
                400,
                "colour: not of a source of kind file");
        refused(
                post(
                        "/api/sources",
                        "{\"name\":\"x\",\"kind\":\"file\",\"path\":\"%s/x\",\"max-line\":\"a lot\"}"
                                .formatted(sensors)),
                400,
                "max-line: expected a size such as 64KiB");
        refused(
                post("/api/sinks", "{\"name\":\"x\",\"kind\":\"file\",\"filter\":\"severity >>\"}"),
                400,
                "filter: column");
        refused(post("/api/sources/fixed/jump", ""), 404, "use test, pause or resume");
    }

    @Test
    void aTestSaysWhyASourceCannotBeRead() {
        post("/api/sources", source("absent", sensors.resolve("absent.json")));
        refused(post("/api/sources/absent/test", ""), 502, "there is no such file yet");
        delete("/api/sources/absent");
    }

    @Test
    void onlyAdministratorsMay() {
        HttpApi analyst = Tokens.issue(server, folder.resolve("data"), "ana", "analyst");
        String body = source("x", sensors.resolve("x.json"));
        assertThat(analyst.get("/api/sources").statusCode()).isEqualTo(403);
        assertThat(analyst.post("/api/sources", "application/json", body).statusCode())
                .isEqualTo(403);
        HttpRequest delete = analyst.request("/api/sources/fixed").DELETE().build();
        assertThat(HttpApi.send(delete).statusCode()).isEqualTo(403);
    }

    @Test
    void aSinkIsMadeKeptOverAKillAndDeletedAndItsSecretsNeverComeBack() throws IOException {
        Path out = folder.resolve("out").resolve("network.ndjson");
        HttpResponse<String> made =
                post(
                        "/api/sinks",
                        "{\"name\":\"archive\",\"kind\":\"file\",\"path\":\"%s\",\"channels\":[\"network\"],\"linger\":\"1ms\"}"
                                .formatted(out));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        HttpResponse<String> secret =
                post(
                        "/api/sinks",
                        "{\"name\":\"siem\",\"kind\":\"splunk\",\"url\":\"http://127.0.0.1:9\",\"token\":\"%s\",\"channels\":[\"network\"],\"linger\":\"1ms\",\"longest-retry\":\"200ms\"}"
                                .formatted(TOKEN));
        assertThat(secret.statusCode()).as(secret.body()).isEqualTo(201);
        assertThat(secret.body()).doesNotContain(TOKEN).contains("********");
        HttpApi.json(admin.postEve(Eve.requests("sunk", 0, 50)));
        Await.until("it is written", () -> lines(out) == 50);
        server.kill();
        server = serve(server.port());
        admin = admin.at(server);
        HttpApi.json(admin.postEve(Eve.requests("sunk", 50, 50)));
        Await.until("it goes on", () -> lines(out) >= 100);
        Await.until(
                "this machine is not connected to",
                () ->
                        one("/api/sinks/siem")
                                .path("lastError")
                                .asText()
                                .contains("runtime.allow-local"));
        assertThat(admin.get("/api/sinks").body()).doesNotContain(TOKEN);
        assertThat(admin.get("/api/sinks/siem").body()).doesNotContain(TOKEN);
        assertThat(admin.stored("audit").toString()).contains("sink-made").doesNotContain(TOKEN);
        assertThat(admin.stored("siem").toString()).doesNotContain(TOKEN);
        assertThat(server.log()).doesNotContain(TOKEN);
        assertThat(delete("/api/sinks/siem")).isEqualTo(204);
        assertThat(delete("/api/sinks/archive")).isEqualTo(204);
        assertThat(admin.get("/api/sinks/archive").statusCode()).isEqualTo(404);
        refused(
                post(
                        "/api/sinks",
                        "{\"name\":\"hook\",\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:9\",\"allow-local\":true}"),
                400,
                "allow-local");
    }

    private static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    @Test
    void theListSaysWhereEachIsFrom() {
        List<String> origins =
                one("/api/sources").path("sources").findValuesAsText("origin").stream().toList();
        assertThat(origins).contains("configuration");
        assertThat(one("/api/sinks").path("sinks").path(0).path("origin").asText())
                .isEqualTo("configuration");
    }
}
