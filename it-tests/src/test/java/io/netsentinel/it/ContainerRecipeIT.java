package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recipe for a container in the zip: there may be no engine to build it with, so each of its
/// steps is looked at, and its environment, its command and its health check are run outside.
final class ContainerRecipeIT {
    private static final String INSTALLED = "/opt/netsentinel/";
    private static final String DATA = "/var/lib/netsentinel";

    @TempDir private Path folder;
    private List<String> steps = List.of();

    @BeforeEach
    void read() throws IOException {
        steps =
                Files.readAllLines(
                                Distribution.home().resolve("container").resolve("Containerfile"))
                        .stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList();
    }

    private List<String> of(String instruction) {
        return steps.stream()
                .filter(step -> step.startsWith(instruction + " "))
                .map(step -> step.substring(instruction.length() + 1))
                .toList();
    }

    private static List<String> words(String json) throws JsonProcessingException {
        List<String> words = new ArrayList<>();
        for (JsonNode word : new ObjectMapper().readTree(json)) {
            words.add(word.asText());
        }
        return words;
    }

    @Test
    void allItCopiesIsInTheZipAndNothingTheServerNeedsIsLeftOut() {
        List<String> copied = new ArrayList<>();
        for (String copy : of("COPY")) {
            List<String> words = List.of(copy.split(" ", -1));
            assertThat(words.getLast()).startsWith(INSTALLED);
            copied.addAll(words.subList(0, words.size() - 1));
        }
        assertThat(copied)
                .allSatisfy(path -> assertThat(Distribution.home().resolve(path)).exists())
                .contains("bin", "lib", "runtime", "conf", "plugins");
    }

    @Test
    void itIsNotRootAndWritesInItsVolumeAlone() {
        assertThat(of("USER")).hasSize(1).noneMatch(user -> user.matches("root|0"));
        assertThat(of("VOLUME")).containsExactly(DATA);
        assertThat(of("ENV")).contains("NETSENTINEL_DATA=" + DATA);
        assertThat(of("STOPSIGNAL")).containsExactly("SIGTERM");
    }

    @Test
    void itsCommandStartsAServerThatItsHealthCheckFindsWell()
            throws IOException, InterruptedException {
        assertThat(of("ENTRYPOINT")).containsExactly("[\"" + INSTALLED + "bin/netsentinel\"]");
        int port = ServerProcess.freePort();
        Launch launch =
                Launch.of(words(of("CMD").getFirst()).toArray(String[]::new))
                        .environment("NETSENTINEL_PORT", Integer.toString(port));
        for (String variable : of("ENV")) {
            String[] pair = variable.split("=", 2);
            launch.environment(pair[0], pair[1].replace(DATA, folder.resolve("data").toString()));
        }
        assertThat(healthy(port)).isFalse();
        try (ServerProcess server = ServerProcess.start(launch, folder.resolve("log"))) {
            assertThat(folder.resolve("data")).isDirectory();
            assertThat(healthy(port)).isTrue();
            assertThat(server.stop()).isZero();
        }
    }

    private boolean healthy(int port) throws IOException, InterruptedException {
        String check = of("HEALTHCHECK").getFirst();
        List<String> words = words(check.substring(check.indexOf("CMD ") + 4));
        words.replaceAll(word -> word.replace("/8082", "/" + port));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 && said.contains("200");
    }
}
