package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `netsentinel purge`: a person asks for what a server holds about their address, and it is gone
/// from its files.
final class PurgeIT {
    private static final String WANTED = "198.51.100.201";
    private static final int OTHERS = 20_000;

    @TempDir private Path folder;

    private Path data() throws IOException {
        return Files.createDirectories(folder.resolve("data"));
    }

    private static String of(String address, String lines) {
        return lines.replace("203.0.113.77", address).replace("192.0.2.7", address);
    }

    private static Launch purge(Path data, String... words) {
        return Launch.of("purge", "--data", data.toString()).with(words);
    }

    private Launch serve(Path data) {
        return Launch.of("serve", "--data", data.toString(), "--port", "0")
                .environment("NETSENTINEL_LOG_FILE", folder.resolve("server.log").toString());
    }

    private ServerProcess started(Path data) {
        return ServerProcess.start(serve(data), folder.resolve("started.log"));
    }

    /// Files in which the bytes of the address stand.
    private List<Path> holding() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains(WANTED)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static List<JsonNode> purges(HttpApi admin) {
        List<JsonNode> found = new ArrayList<>();
        HttpApi.json(admin.get("/api/audit?limit=500"))
                .path("events")
                .forEach(one -> {
                    JsonNode entry = one.has("data") ? one.path("data") : one;
                    if (entry.path("event").path("action").asText().equals("data.purge")) {
                        found.add(entry);
                    }
                });
        return found;
    }

    @Test
    void aTokenThatIsCalledLikeAnAddressStillLetsItsSensorIn() throws IOException {
        Path data = data();
        HttpApi sensor;
        try (ServerProcess server = started(data)) {
            sensor = Tokens.issue(server, data, "sensor-" + WANTED, "sensor");
            HttpApi.json(sensor.postEve(of(WANTED, Eve.alerts("theirs", 0, 1))));
            assertThat(server.stop()).isZero();
        }
        Launch.Result done = purge(data, "--address", WANTED).run();
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out()).contains("auth.tokens 1");
        try (ServerProcess server = started(data)) {
            HttpApi.json(sensor.at(server).postEve(of("203.0.113.9", Eve.alerts("new", 0, 1))));
        }
    }

    @Test
    void nothingOfAnAddressIsLeftInTheFilesAndWhatIsOfOthersIsServedAsBefore() throws IOException {
        Path data = data();
        HttpApi admin;
        String kept;
        try (ServerProcess server = started(data)) {
            admin = HttpApi.admin(server, data);
            kept = of("203.0.113.9", Eve.alerts("other", 0, 3));
            HttpApi.json(admin.postEve(kept));
            HttpApi.json(admin.postEve(of(WANTED, Eve.alerts("theirs", 0, 4))));
            HttpApi.json(admin.postEve(of(WANTED, Eve.requests("theirs", 0, 5))));
            HttpApi.json(admin.postEve("no event, but " + WANTED + " stands in it\n"));
            HttpApi.json(admin.postEve(of("203.0.113.9", Eve.requests("other", 0, 2))));
            String first = HttpApi.json(admin.get("/api/alerts")).at("/alerts/0/id").asText();
            HttpApi.json(
                    admin.post(
                            "/api/alerts/" + first + "/note",
                            "application/json",
                            "{\"note\":\"called the owner of " + WANTED + "\"}"));
            Await.until(
                    "there are incidents",
                    () -> HttpApi.json(admin.get("/api/incidents")).path("incidents").size() > 0);
            Launch.Result refused = purge(data, "--address", WANTED).run();
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.err()).contains(Long.toString(server.pid()), "--at-next-start");
            assertThat(server.stop()).isZero();
        }
        Files.writeString(
                folder.resolve("server.log.1"), "one line of " + WANTED + "\nanother line\n");
        assertThat(holding()).isNotEmpty();

        Launch.Result counted =
                purge(data, "--address", WANTED, "--dry-run")
                        .environment(
                                "NETSENTINEL_LOG_FILE", folder.resolve("server.log").toString())
                        .run();
        assertThat(counted.exit()).as(counted.err()).isZero();
        assertThat(counted.out()).contains("network 5", "dead-letters 1", "lines of log files");
        assertThat(holding()).isNotEmpty();

        Launch.Result done =
                purge(data, "--address", WANTED)
                        .environment(
                                "NETSENTINEL_LOG_FILE", folder.resolve("server.log").toString())
                        .run();
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out()).contains("network 5", "dead-letters 1").doesNotContain(WANTED);
        assertThat(holding()).isEmpty();
        assertThat(folder.resolve("server.log.1")).hasContent("another line");

        try (ServerProcess server = started(data)) {
            HttpApi same = admin.at(server);
            JsonNode page =
                    HttpApi.json(same.get("/api/events?channel=network&offset=0&limit=100"));
            assertThat(page.path("events")).hasSize(2);
            assertThat(page.path("gaps")).isNotEmpty();
            assertThat(page.at("/gaps/0/reason").asText()).isEqualTo("retention");
            Await.until(
                    "the alerts are those of others",
                    () -> HttpApi.json(same.get("/api/alerts")).path("alerts").size() == 3);
            assertThat(same.get("/api/alerts").body()).doesNotContain(WANTED);
            assertThat(same.get("/api/incidents").body()).doesNotContain(WANTED);
            assertThat(HttpApi.json(same.get("/api/audit/verify")).path("whole").asBoolean())
                    .isTrue();
            assertThat(purges(same)).hasSize(1);
            JsonNode entry = purges(same).getFirst();
            assertThat(entry.path("event").path("outcome").asText()).isEqualTo("success");
            assertThat(done.out()).contains(entry.at("/ns/audit/target").asText());
            HttpApi.json(same.postEve(of("203.0.113.9", Eve.requests("new", 0, 1))));
            assertThat(same.tail("network")).isEqualTo(8);
        }
        assertThat(holding()).isEmpty();
    }

    @Test
    void aPurgeThatIsKilledIsDoneByTheNextStartAndNothingElseIsLost() throws Exception {
        Path data = data();
        HttpApi admin;
        try (ServerProcess server = started(data)) {
            admin = HttpApi.admin(server, data);
            for (int first = 0; first < OTHERS; first += 2_000) {
                HttpApi.json(admin.postEve(of("203.0.113.9", Eve.requests("o", first, 2_000))));
                HttpApi.json(admin.postEve(of(WANTED, Eve.requests("theirs", first, 1))));
            }
            assertThat(server.stop()).isZero();
        }
        Process killed = purge(data, "--address", WANTED).builder().start();
        Path stage = data.resolve("log").resolve("purge");
        Await.until("a file is being copied", () -> Files.isDirectory(stage));
        killed.destroyForcibly().waitFor();
        assertThat(data.resolve("purge")).content().contains(WANTED);

        // and once more in the middle of a start, at whatever it is doing then
        Process starting = serve(data).builder().start();
        Await.until("it has begun", () -> !Files.isDirectory(stage) || copied(stage));
        starting.destroyForcibly().waitFor();

        try (ServerProcess server = started(data)) {
            HttpApi same = admin.at(server);
            assertThat(purges(same)).hasSize(1);
            assertThat(marks(same, "network"))
                    .isEqualTo(IntStream.range(0, OTHERS).mapToObj(n -> "o-" + n).toList());
            assertThat(same.tail("network")).isEqualTo(OTHERS + OTHERS / 2_000);
        }
        assertThat(data.resolve("purge")).doesNotExist();
        assertThat(holding()).isEmpty();
    }

    private static boolean copied(Path stage) {
        try (Stream<Path> files = Files.list(stage)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    private static List<String> marks(HttpApi api, String channel) {
        List<String> marks = new ArrayList<>();
        for (long from = 0, next = -1; next != from; ) {
            from = Math.max(next, 0);
            JsonNode page =
                    HttpApi.json(
                            api.get(
                                    "/api/events?channel=%s&offset=%d&limit=1000"
                                            .formatted(channel, from)));
            page.path("events").forEach(event -> marks.add(Eve.mark(event)));
            next = page.path("next").asLong();
        }
        return marks;
    }

    @Test
    void aUserIsForgottenAtTheNextStartButNeverTheLastAdministrator() throws IOException {
        Path data = data();
        HttpApi admin;
        try (ServerProcess server = started(data)) {
            admin = HttpApi.admin(server, data);
            HttpApi.json(
                    admin.post(
                            "/api/events?format=event",
                            "application/json",
                            "{\"user\":{\"name\":\"Dora\"},\"message\":\"in\"}"));
            assertThat(
                            admin.post(
                                            "/api/users",
                                            "application/json",
                                            "{\"name\":\"dora\",\"role\":\"viewer\",\"password\":\"a long enough secret 7\"}")
                                    .statusCode())
                    .isBetween(200, 201);
            assertThat(
                            admin.post(
                                            "/api/admin/purge",
                                            "application/json",
                                            "{\"user\":\"dora\"}")
                                    .statusCode())
                    .isEqualTo(202);
            assertThat(purge(data, "--user", "ADMIN", "--at-next-start").run().exit()).isZero();
            assertThat(admin.get("/api/users").body()).contains("dora");
            assertThat(server.stop()).isZero();
        }
        try (ServerProcess server = started(data)) {
            HttpApi same = admin.at(server);
            assertThat(same.get("/api/users").body()).contains("admin").doesNotContain("dora");
            assertThat(purges(same))
                    .extracting(entry -> entry.path("event").path("outcome").asText())
                    .containsExactlyInAnyOrder("success", "failure");
            assertThat(HttpApi.json(same.get("/api/events?channel=system&offset=0&limit=100")))
                    .noneMatch(event ->
                            event.toString()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .contains("\"dora\""));
        }
    }

    @Test
    void whatIsNoPurgeIsRefusedWithAReason() throws IOException {
        Path data = data();
        assertThat(purge(data).run().err()).contains("say --address IP or --user NAME");
        assertThat(purge(data, "--address", "10.0.0.0/8").run().err())
                .contains("'10.0.0.0/8' is no address");
        Launch.Result nowhere = purge(folder.resolve("nowhere"), "--user", "x").run();
        assertThat(nowhere.exit()).isEqualTo(2);
        assertThat(nowhere.err()).contains("there is no data directory");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }
}
