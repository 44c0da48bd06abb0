package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The sink `elasticsearch` and a real OpenSearch.
@EnabledIf(value = OpenSearch.USABLE, disabledReason = OpenSearch.MISSING)
final class OpenSearchIT {
    private static final int EVENTS = 5_000;

    @TempDir private Path folder;

    private ServerProcess serve(int port) {
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

    @Test
    void everyEventIsADocumentOnceOverAKillAndARewind() throws IOException {
        try (OpenSearch node = OpenSearch.start(folder)) {
            Files.writeString(
                    folder.resolve("netsentinel.yaml"),
                    """
                    sinks:
                      search:
                        kind: elasticsearch
                        url: http://127.0.0.1:%d
                        channels: [network, logs]
                        linger: 50ms
                        longest-retry: 1s
                    """
                            .formatted(node.port()));
            HttpApi search = new HttpApi(URI.create("http://127.0.0.1:" + node.port()), "");
            ServerProcess server = serve(0);
            try {
                HttpApi admin = HttpApi.admin(server, folder.resolve("data"));
                post(admin, 0);
                HttpApi first = admin;
                Await.until("it sends", () -> sink(first).path("sent").asLong() > 0);
                server.kill();
                server = serve(server.port());
                HttpApi again = admin.at(server);
                post(again, EVENTS / 2);
                hostile(again);
                Await.until("all is sent", () -> sink(again).path("lag").asLong() == 0);
                assertThat(count(search, "network")).isEqualTo(EVENTS);
                assertThat(again.tail("network")).isEqualTo(EVENTS);
                HttpApi.json(
                        again.post(
                                "/api/sinks/search/rewind",
                                "application/json",
                                "{\"records\":1000}"));
                Await.until("it is sent again", () -> sink(again).path("lag").asLong() == 0);
                assertThat(count(search, "network")).as("nothing twice").isEqualTo(EVENTS);
                assertThat(sink(again).path("failed").asLong()).isZero();
                checkDocuments(again, search);
            } finally {
                server.close();
            }
        }
    }

    private static void post(HttpApi admin, int from) {
        HttpApi.json(admin.postEve(Eve.requests("search", from, EVENTS / 2)));
    }

    private static void hostile(HttpApi admin) {
        HttpApi.json(
                admin.post(
                        "/api/events?format=event",
                        "application/x-ndjson",
                        "{\"event\":{\"module\":\"syslog\"},\"message\":\"x\\n{\\\"index\\\":{}}\\u0000\\u001b[2J\\u202e日本\"}\n"));
    }

    private static JsonNode sink(HttpApi admin) {
        return HttpApi.json(admin.get("/api/sinks/search"));
    }

    private static long count(HttpApi search, String channel) {
        HttpApi.json(search.post("/netsentinel-" + channel + "/_refresh", "application/json", ""));
        return HttpApi.json(search.get("/netsentinel-" + channel + "/_count"))
                .path("count")
                .asLong();
    }

    /// What is stored there is what is stored here, under a name made of its place.
    private static void checkDocuments(HttpApi admin, HttpApi search) {
        JsonNode stored = admin.stored("network").get(EVENTS / 2);
        String epoch =
                HttpApi.json(admin.get("/api/events?channel=network&limit=1"))
                        .path("epoch")
                        .asText();
        JsonNode document =
                HttpApi.json(
                        search.get(
                                "/netsentinel-network/_doc/network-%s-%d"
                                        .formatted(epoch, stored.path("offset").asLong())));
        assertThat(document.path("_source").path("url").path("path"))
                .isEqualTo(stored.path("data").path("url").path("path"));
        assertThat(count(search, "logs")).isEqualTo(1);
        List<String> messages = new ArrayList<>();
        HttpApi.json(search.get("/netsentinel-logs/_search"))
                .path("hits")
                .path("hits")
                .forEach(hit -> messages.add(hit.path("_source").path("message").asText()));
        assertThat(messages).singleElement().asString().contains("{\"index\":{}}", "日本");
    }
}
