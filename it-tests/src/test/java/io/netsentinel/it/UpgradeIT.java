package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Going back to an older program.
final class UpgradeIT {
    @TempDir private Path folder;

    /// Every file with its size and time.
    private static Map<String, String> state(Path data) throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("lock")) {
                    state.put(
                            data.relativize(file).toString(),
                            Files.size(file) + " " + Files.getLastModifiedTime(file));
                }
            }
        }
        return state;
    }

    @Test
    void aDataDirectoryOfANewerFormatIsRefusedAndNotTouched() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path log = folder.resolve("logs/server.log");
        try (ServerProcess server =
                ServerProcess.start(
                        Launch.of("serve", "--data", data.toString(), "--port", "0")
                                .environment("NETSENTINEL_LOG_FILE", log.toString())
                                .environment("NETSENTINEL_LOG_FORMAT", "json"),
                        folder.resolve("errors"))) {
            HttpApi.json(HttpApi.admin(server, data).postEve(Eve.alerts("kept", 0, 3)));
            assertThat(server.stop()).isZero();
        }
        assertThat(Files.readAllLines(log))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(HttpApi.parse(line).path("@timestamp").asText()).isNotEmpty());
        assertThat(folder.resolve("errors")).content().doesNotContain(" INFO ");

        Path version = data.resolve("version");
        assertThat(version).hasContent("netsentinel-data 1");
        Files.writeString(version, "netsentinel-data 2\n");
        Map<String, String> before = state(data);
        Launch.Result refused = Launch.of("serve", "--data", data.toString(), "--port", "0").run();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("has format 2", "this one reads format 1");
        assertThat(state(data)).isEqualTo(before);

        Files.writeString(version, "netsentinel-data 1\n");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi nobody = new HttpApi(server.address(), "");
            assertThat(nobody.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }
}
