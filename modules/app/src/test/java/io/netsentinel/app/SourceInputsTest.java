package io.netsentinel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.app.config.ConfigurationLoader;
import io.netsentinel.app.config.Reference;
import io.netsentinel.integrations.InputSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceInputsTest {
    @TempDir private Path folder;

    @Test
    void theKindMayBeLeftOutForFilesAndListeners() throws IOException {
        List<InputSettings> inputs =
                inputs(
                        """
                        sources:
                          a: {path: /x/eve.json, start: end}
                          b: {listen: "udp://127.0.0.1:5514"}
                          c: {kind: file, path: /x/y}
                          d: {kind: listen, listen: stdin, format: zeek}
                        """);
        assertThat(inputs).extracting(InputSettings::name).containsExactly("a", "b", "c", "d");
        assertThat(inputs)
                .extracting(InputSettings::kind)
                .containsExactly("file", "listen", "file", "listen");
    }

    @Test
    void whatDoesNotFitTogetherIsNamed() {
        refused(
                "a: {start: end}",
                "sources.a.path is missing (a file to read), or listen (an"
                        + " address to be sent to)");
        refused(
                "a: {path: /x, listen: stdin}",
                "sources.a.path and listen exclude each other: make two sources of it");
        refused("a: {path: /x, key: /k}", "sources.a.key: not of a source with path");
        refused("a: {listen: stdin, roots: [/x]}", "sources.a.roots: not of a source with listen");
        refused("a: {path: /x, max-line: 5B}", "sources.a.max-line: 1 KiB to 8 MiB");
        refused(
                "a: {kind: file, path: /x, key: /k}",
                "sources.a.key: not of a source of kind file, which has format, max-line, path,"
                        + " roots, start");
        refused("a: {kind: file}", "sources.a.path is missing");
        refused(
                "a: {listen: \"tls://127.0.0.1:6514\"}",
                "sources.a.certificate and key are both needed to listen on"
                        + " tls://127.0.0.1:6514");
    }

    @Test
    void anUnknownKindIsToldWithThoseThereAre() {
        assertThatThrownBy(() -> inputs("sources.a.kind: pigeon"))
                .hasMessageStartingWith("sources.a.kind: there is no 'pigeon'; there are ");
    }

    @Test
    void secretsOfKindsAreMaskedAndMayComeFromAFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("token"), "hush-hush\n");
        var configuration =
                new ConfigurationLoader()
                        .environment(
                                Map.of(
                                        "NETSENTINEL_SINKS_SIEM_TOKEN_FILE",
                                        secret.toString(),
                                        "NETSENTINEL_SINKS_CHAT_HIDDEN_URL",
                                        "https://chat.example.org/hush"))
                        .load();
        assertThat(configuration.below("sinks"))
                .isEqualTo(
                        Map.of(
                                "siem", Map.of("token", "hush-hush"),
                                "chat", Map.of("hidden-url", "https://chat.example.org/hush")));
        assertThat(Reference.effective(configuration)).doesNotContain("hush");
    }

    private void refused(String source, String message) {
        assertThatThrownBy(() -> inputs("sources:\n  " + source + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private List<InputSettings> inputs(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("netsentinel.yaml"), yaml);
        return SourceInputs.of(new ConfigurationLoader().file(file).load());
    }
}
