package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An attack from more invented addresses than the detectors can keep account of.
final class InventedAddressesIT {
    /// As few accounts as can be configured.
    private static final int TRACKED = 1_000;

    private static final int INVENTED = 20_000;
    private static final int PORTS = 15;

    @TempDir private Path folder;

    @Test
    void isToldOnSystemTakesNoMoreAccountsThanAllowedAndHidesNoScanThatComesAfterIt()
            throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Launch launch =
                Launch.of("serve", "--data", data.toString(), "--port", "0")
                        .environment("NETSENTINEL_DETECTION_TRACKED", Integer.toString(TRACKED));
        try (ServerProcess server = ServerProcess.start(launch, folder.resolve("log"))) {
            HttpApi admin = HttpApi.admin(server, data);
            Await.until("nothing is wrong", () -> accounts(admin).equals("well"));
            StringBuilder attack = new StringBuilder();
            for (int i = 0; i < INVENTED; i++) {
                attack.append(unanswered("11.0." + (i >> 8) + "." + (i & 255), 80));
            }
            HttpApi.json(admin.postEve(attack.toString()));

            Await.until("it is told", () -> !told(admin).isEmpty());

            JsonNode told = told(admin).getFirst();
            assertThat(told.at("/ns/health/state").asText()).isEqualTo("full");
            assertThat(told.at("/ns/severity").asText()).isEqualTo("high");
            assertThat(told.at("/message").asText())
                    .containsPattern("scan \\(1,000 kept, [1-9][\\d,]* given up\\)");
            assertThat(accounts(admin)).isEqualTo("full");
            Await.until(
                    "all are looked at",
                    () ->
                            HttpApi.json(admin.get("/api/detectors")).path("seen").asLong()
                                    >= INVENTED);
            JsonNode scan = named(admin, "/api/detectors", "detectors", "name", "scan");
            assertThat(scan.path("tracked").asInt()).isEqualTo(TRACKED);
            assertThat(scan.path("evicted").asInt()).isEqualTo(INVENTED - TRACKED);
            assertThat(admin.get("/metrics").body())
                    .contains("netsentinel_detector_evictions_total{detector=\"scan\"} 19000");

            StringBuilder ports = new StringBuilder();
            for (int port = 1; port <= PORTS; port++) {
                ports.append(unanswered("10.0.0.7", port));
            }
            HttpApi.json(admin.postEve(ports.toString()));
            Await.until(
                    "a scan is found",
                    () ->
                            admin.stored("threats").stream()
                                    .anyMatch(event ->
                                            event.at("/data/ns/dedup_key")
                                                    .asText()
                                                    .equals("ns.scan|10.0.0.7")));
            assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
        }
    }

    /// A SYN that nobody answered.
    private static String unanswered(String source, int port) {
        String time = "2026-06-01T12:00:00.000000+0000";
        return """
        {"timestamp":"%s","flow_id":1,"event_type":"flow","src_ip":"%s","src_port":40000,\
        "dest_ip":"10.0.0.1","dest_port":%d,"proto":"TCP","flow":{"pkts_toserver":1,\
        "pkts_toclient":0,"bytes_toserver":60,"bytes_toclient":0,"start":"%s","end":"%s",\
        "state":"new"},"tcp":{"tcp_flags":"02"}}
        """
                .formatted(time, source, port, time, time);
    }

    private static List<JsonNode> told(HttpApi admin) {
        return admin.stored("system").stream()
                .map(event -> event.path("data"))
                .filter(event -> event.at("/ns/health/subject").asText().equals("accounts"))
                .toList();
    }

    private static String accounts(HttpApi admin) {
        return named(admin, "/api/system", "conditions", "subject", "accounts")
                .path("state")
                .asText();
    }

    private static JsonNode named(
            HttpApi admin, String path, String list, String key, String value) {
        return StreamSupport.stream(HttpApi.json(admin.get(path)).path(list).spliterator(), false)
                .filter(one -> one.path(key).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }
}
