package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The server's own model: it learns from what comes, tells of that on `ml`, and of what is unlike
/// it on `threats`.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class ModelIT {
    private static final String NAME = "netsentinel-hosts";

    @TempDir private Path folder;

    @Test
    void itsTrainingIsPublishedAndWhatItFindsSupportsAndOpensNothing() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Launch launch =
                Launch.of("serve", "--data", data.toString(), "--port", "0")
                        .environment("NETSENTINEL_DETECTION_MODEL_ENABLED", "true")
                        .environment("NETSENTINEL_DETECTION_MODEL_TRAINING", "300");
        try (ServerProcess server = ServerProcess.start(launch, folder.resolve("log"))) {
            HttpApi admin = HttpApi.admin(server, data);
            admin.postEve(Files.readString(SampleData.eve("demo-1h.eve.json")));
            Await.until("it is trained", () -> states(admin).contains("finished"));
            assertThat(states(admin))
                    .startsWith("training", "progress", "progress", "progress", "finished");
            JsonNode model = HttpApi.json(admin.get("/api/ml")).path("models").path(0);
            assertThat(model.path("model").asText()).isEqualTo(NAME);
            Await.until("it has found the scan", () -> !found(admin).isEmpty());
            JsonNode finding = found(admin).getFirst();
            assertThat(finding.at("/source/ip").asText()).isEqualTo("172.16.0.8");
            assertThat(finding.at("/ns/score").asInt()).isEqualTo(21);
            assertThat(finding.at("/message").asText()).contains("193 services");
        }
    }

    private static List<String> states(HttpApi admin) {
        return admin.stored("ml").stream()
                .map(event -> event.at("/data/ns/ml"))
                .filter(state -> state.path("model").asText().equals(NAME))
                .map(state -> state.path("state").asText())
                .toList();
    }

    private static List<JsonNode> found(HttpApi admin) {
        return admin.stored("threats").stream()
                .map(event -> event.path("data"))
                .filter(event -> event.at("/rule/id").asText().equals("ns.host-model"))
                .filter(event -> event.at("/event/dataset").asText().equals("netsentinel.finding"))
                .toList();
    }
}
