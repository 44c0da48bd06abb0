package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// What happens when the disk is full or cannot be written to.
final class FaultIT {
    private static final int MEGABYTES = 160;
    private static final int RATE = 1_000;
    private static final int LINES = 100;

    @TempDir private Path folder;

    @Test
    @EnabledIf(value = SmallDisk.MOUNTABLE, disabledReason = SmallDisk.NOT_MOUNTABLE)
    void onAFullDiskReadingGoesOnAndAfterwardsNothingAcknowledgedIsLost() throws IOException {
        Path eve = Files.createFile(folder.resolve("eve.json"));
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
            Path data = disk.path().resolve("data");
            ServerProcess server = serve(data, 0, "--eve", eve.toString());
            try {
                HttpApi admin = HttpApi.admin(server, data);
                try (Subscriber subscriber = Subscriber.open(admin, "/ws/alerts");
                        Ingest ingest = new Ingest(admin, RATE)) {
                    subscriber.next("connected");
                    Eve.append(eve, Eve.alerts("file", 0, LINES));
                    ingest.awaitMore(RATE);
                    Await.until("the file is read", () -> admin.tail("alerts") == LINES);
                    disk.fill();
                    Await.until("writing is refused", () -> ingest.refusals().contains(503));
                    Eve.append(eve, Eve.alerts("file", LINES, LINES));
                    checkReadOnly(server, admin, ingest);
                    Await.until("the source waits", () -> source(admin, "state").equals("paused"));
                    assertThat(admin.tail("alerts")).isEqualTo(LINES);
                    disk.free();
                    Await.until("it is ready", () -> ready(admin).statusCode() == 200);
                    Await.until("the file is read on", () -> admin.tail("alerts") == 2 * LINES);
                    Await.until("the source runs", () -> source(admin, "state").equals("live"));
                    ingest.awaitMore(RATE);
                    ingest.finish();
                    List<JsonNode> delivered = subscriber.events(2 * LINES);
                    Views.requireComplete(delivered, 0);
                    checkFile(delivered);
                    checkStored(admin, ingest);
                    server.kill();
                    server = serve(data, server.port(), "--eve", eve.toString());
                    checkStored(admin, ingest);
                }
            } finally {
                server.close();
            }
        }
    }

    private static void checkReadOnly(ServerProcess server, HttpApi admin, Ingest ingest) {
        HttpResponse<String> refused = admin.postEve(Eve.http("refused"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(HttpApi.parse(refused.body()).path("code").asInt()).isEqualTo(124);
        try (Subscriber publisher = Subscriber.open(admin, "/ws")) {
            publisher.send(
                    "{\"type\":\"publish\",\"id\":1,\"channel\":\"system\",\"data\":{\"a\":1}}");
            JsonNode error = publisher.next("error");
            assertThat(error.path("code").asInt()).isEqualTo(124);
            assertThat(error.path("temporary").asBoolean()).isTrue();
            assertThat(error.path("retryMs").asInt()).isPositive();
        }
        assertThat(ready(admin).statusCode()).isEqualTo(503);
        // everybody may ask for it, so it names no path
        assertThat(ready(admin).body())
                .contains("\"log\"", "cannot be stored")
                .doesNotContain("disk/data");
        assertThat(admin.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(admin.stored("network"))
                .extracting(Eve::mark)
                .containsAll(ingest.acknowledged());
        assertThat(HttpApi.json(admin.get("/api/alerts?limit=500")).path("alerts")).hasSize(LINES);
        checkPages(server);
    }

    /// Who comes to mend it can sign in and look.
    private static void checkPages(ServerProcess server) {
        HttpApi nobody = new HttpApi(server.address(), "");
        String password = server.log().replaceAll("(?s).* admin with the password (\\S+).*", "$1");
        HttpResponse<String> signedIn =
                nobody.post(
                        "/api/login",
                        "application/json",
                        "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(password));
        String cookie =
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        for (Map.Entry<String, String> page :
                Map.of("/", "Overview", "/alerts", "log4j RCE Attempt").entrySet()) {
            HttpResponse<String> answer =
                    HttpApi.send(nobody.request(page.getKey()).header("Cookie", cookie).build());
            assertThat(answer.statusCode()).as(page.getKey()).isEqualTo(200);
            assertThat(answer.body()).contains(page.getValue());
        }
    }

    private static void checkFile(List<JsonNode> alerts) {
        assertThat(alerts)
                .extracting(Eve::mark)
                .containsExactlyElementsOf(Eve.marks("file", 0, 2 * LINES).toList());
    }

    private static void checkStored(HttpApi admin, Ingest ingest) {
        List<JsonNode> network = admin.stored("network");
        Views.requireDense(network);
        assertThat(network)
                .extracting(Eve::mark)
                .containsExactlyInAnyOrderElementsOf(ingest.acknowledged());
        checkFile(admin.stored("alerts"));
    }

    @Test
    @EnabledIf(value = SmallDisk.MOUNTABLE, disabledReason = SmallDisk.NOT_MOUNTABLE)
    void aDataDirectoryThatCannotBeWrittenStopsTheStartWithOneLine() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
            Path data = disk.path().resolve("data");
            try (ServerProcess server = serve(data, 0)) {
                assertThat(server.stop()).isZero();
            }
            disk.makeReadOnly();
            for (Path one : List.of(data, disk.path().resolve("other"))) {
                Launch.Result result =
                        Launch.of("serve", "--data", one.toString(), "--port", "0").run();
                assertThat(result.exit()).as(result.err()).isEqualTo(1);
                assertThat(result.out()).isEmpty();
                assertThat(result.err().lines().toList())
                        .hasSize(1)
                        .first()
                        .asString()
                        .startsWith("netsentinel: ")
                        .contains(one.toString())
                        .containsIgnoringCase("read-only");
            }
        }
    }

    @Test
    void aConfigurationThatCannotBeUsedIsToldTheSameByCheckAndServe() throws IOException {
        Map<String, String> wrong =
                Map.of(
                        "port: eighty\n", ":1: port: ",
                        "retention:\n  max-age: soon\n", ":2: retention.max-age: ",
                        "tls:\n  certificate: nothing.pem\n", ":2: tls.certificate",
                        "host: [\n", ":");
        int number = 0;
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            Path file = folder.resolve("n" + number++ + ".yaml");
            Files.writeString(file, one.getKey());
            checkRefused(file, file + one.getValue());
        }
        Path missing = folder.resolve("missing.yaml");
        checkRefused(missing, missing.toString());
    }

    private void checkRefused(Path file, String expected) {
        Launch.Result check = Launch.of("check", "--config", file.toString()).run();
        Launch.Result serve =
                Launch.of("serve", "--config", file.toString(), "--data", folder + "/data").run();
        assertThat(check.exit()).as(check.err()).isEqualTo(2);
        assertThat(check.err()).contains(expected).doesNotContain("\tat ");
        assertThat(serve.exit()).as(serve.err()).isEqualTo(2);
        assertThat(serve.err()).isEqualTo(check.err());
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /// Its log is not on the small disk.
    private ServerProcess serve(Path data, int port, String... more) {
        return ServerProcess.start(
                Launch.of("serve", "--data", data.toString(), "--port", Integer.toString(port))
                        .with(more),
                folder.resolve("server.log"));
    }

    private static HttpResponse<String> ready(HttpApi admin) {
        return admin.get("/health/ready");
    }

    private static String source(HttpApi admin, String field) {
        return HttpApi.json(admin.get("/api/sources")).path("sources").path(0).path(field).asText();
    }
}
