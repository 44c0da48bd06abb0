package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example plug-in as its README says: compiled against the zip, put into the folder, used by a
/// server.
final class PluginsIT {
    private static final Path EXAMPLE = Distribution.home().resolve("docs/examples/plugin");

    @TempDir private Path folder;
    private Path plugins;
    private Path config;

    @BeforeEach
    void build() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        config = folder.resolve("netsentinel.yaml");
        jar(plugins.resolve("hello.jar"), sources());
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private void jar(Path jar, List<Path> sources) throws IOException {
        Path build = Files.createTempDirectory(folder, "build");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--system",
                                Distribution.home().resolve("runtime").toString(),
                                "-d",
                                build.toString()));
        sources.forEach(source -> words.add(source.toString()));
        run("javac", words.toArray(String[]::new));
        run("jar", "--create", "--file", jar.toString(), "-C", build.toString(), ".");
    }

    private static void run(String tool, String... words) {
        int exit = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, words);
        assertThat(exit).as(tool).isZero();
    }

    private void configure(String yaml) throws IOException {
        Files.writeString(config, "plugins: " + plugins + "\n" + yaml);
    }

    private ServerProcess serve() {
        return ServerProcess.start(
                Launch.of(
                        "serve",
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        "0",
                        "--config",
                        config.toString()),
                folder.resolve("server.log"));
    }

    private Launch.Result check() {
        return Launch.of("check", "--config", config.toString()).run();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Files.deleteIfExists(config);
    }

    @Test
    void theExampleBringsASourceAFormatASinkAndADetector() throws IOException {
        Path seen = folder.resolve("seen.txt");
        configure(
                """
                sources:
                  greeter: {kind: hello, greeting: good morning, every: 10ms}
                sinks:
                  seen: {kind: list, path: %s, channels: [logs], linger: 1ms}
                """
                        .formatted(seen));
        HttpApi admin;
        try (ServerProcess server = serve()) {
            admin = HttpApi.admin(server, folder.resolve("data"));
            HttpApi first = admin;
            long begun = first.tail("logs");
            Await.until("it says hello", () -> first.tail("logs") > begun + 50);
            server.kill();
        }
        try (ServerProcess server = serve()) {
            HttpApi again = admin.at(server);
            long tail = again.tail("logs");
            Await.until("it goes on", () -> again.tail("logs") > tail + 50);
            HttpApi.json(again.post("/api/sources/greeter/pause", "application/json", ""));
            List<String> said =
                    again.stored("logs").stream()
                            .map(event -> event.path("data").path("message").asText())
                            .toList();
            assertThat(said)
                    .isEqualTo(
                            IntStream.rangeClosed(1, said.size())
                                    .mapToObj(n -> "good morning " + n)
                                    .toList());
            Await.until(
                    "the sink has all",
                    () -> lines(seen).stream().distinct().count() == said.size());

            Await.until("its detector finds many greetings", () -> again.tail("threats") > 0);
            assertThat(again.stored("threats").getFirst().toString())
                    .contains("\"ns.crowd\"", "greeter said hello 10 times within 10 s");

            // its format is one of /api/events as well, and more are made while the server runs
            assertThat(
                            again.post("/api/events?format=hello", "text/plain", "hi 1\nnonsense\n")
                                    .body())
                    .contains("\"accepted\":1", "no text with a number after it");
            assertThat(
                            again.post(
                                            "/api/sources",
                                            "application/json",
                                            "{\"name\":\"other\",\"kind\":\"hello\",\"every\":\"1h\"}")
                                    .statusCode())
                    .isEqualTo(201);
            assertThat(
                            again.post(
                                            "/api/sinks",
                                            "application/json",
                                            "{\"name\":\"other\",\"kind\":\"list\",\"path\":\"/tmp/x\"}")
                                    .body())
                    .contains("can only be made in the server's configuration");
            JsonNode plugin = HttpApi.json(again.get("/api/plugins")).path("plugins").path(0);
            assertThat(plugin.path("name").asText()).isEqualTo("hello.jar");
            assertThat(plugin.path("provides").toString())
                    .isEqualTo(
                            "[\"source hello\",\"sink list\",\"format hello\",\"detector crowd\"]");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException _) {
            return List.of();
        }
    }

    @Test
    void itsKeysAreCheckedLikeAllOthers() throws IOException {
        configure("sources:\n  greeter: {kind: hello, evry: 1s}\n");
        assertThat(check().exit()).isEqualTo(2);
        assertThat(check().err())
                .contains("sources.greeter.evry: unknown key, did you mean sources.greeter.every?");
        configure("sources:\n  greeter: {kind: hello, every: 0s}\n");
        assertThat(check().err()).contains("sources.greeter.every: more than nothing");
        configure("sources:\n  greeter: {kind: hello, every: 5s}\n");
        assertThat(check().exit()).isZero();
        assertThat(Launch.of("config", "--reference", "--config", config.toString()).run().out())
                .contains("sources.*.greeting");
    }

    @Test
    void aBrokenJarIsNamedAndTheServerStartsWithoutIt() throws IOException {
        Files.writeString(plugins.resolve("broken.jar"), "this is no jar");
        Files.createDirectory(plugins.resolve("empty"));
        jar(plugins.resolve("second.jar"), sources());
        configure("sources:\n  greeter: {kind: hello, every: 10ms}\n");
        assertThat(check().err())
                .contains("warning: plugins: plug-in broken.jar is not used: ")
                .contains("plug-in second.jar is not used: there is a kind of sources hello");
        try (ServerProcess server = serve()) {
            HttpApi admin = HttpApi.admin(server, folder.resolve("data"));
            Await.until("the good one works", () -> admin.tail("logs") > 5);
            String all = admin.get("/api/sources").body();
            assertThat(all).contains("\"broken.jar\"", "\"empty\"", "there is no module in it");
            assertThat(server.log()).contains("plug-in broken.jar is not used");
        }
    }
}
