package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Every program in `docs/examples` does what its first lines say.
final class ExamplesIT {
    private static final String NODE = "io.netsentinel.it.NodePackages#installed";
    private static final String PYTHON = "io.netsentinel.it.PythonPackages#installed";
    private static final String NO_NODE = "needs Node.js and npm, and the package ws";
    private static final String NO_PYTHON = "needs Python with pip, and the package websockets";
    private static final int ALERTS = 5;
    private static final String RULE = "ET EXPLOIT Apache log4j RCE Attempt";

    @TempDir private static Path folder;

    private static ServerProcess server;
    private static HttpApi api;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        server = ServerProcess.serve(data, 0);
        api = HttpApi.admin(server, data);
        HttpApi.json(api.postEve(Eve.alerts("first", 0, ALERTS)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void allOfThemAreTestedHere() throws IOException {
        try (Stream<Path> files = Files.list(examples())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "README.md",
                            "Watch.java",
                            "plugin", // PluginsIT
                            "publish.mjs",
                            "reference.py",
                            "watch.mjs",
                            "watch.py",
                            "worker.mjs");
        }
    }

    @Test
    void watchInJava() {
        String source = examples().resolve("Watch.java").toString();
        try (Program program =
                Program.start(
                        folder,
                        Map.of(),
                        List.of(
                                Program.java(),
                                "--class-path",
                                JavaClientIT.classPath(),
                                source,
                                url("/ws"),
                                api.token()))) {
            awaitAlerts(program);
        }
    }

    @Test
    @EnabledIf(value = NODE, disabledReason = NO_NODE)
    void watchInNode() {
        try (Program program = node("watch.mjs", url("/ws"), api.token(), "severity >= low")) {
            awaitAlerts(program);
        }
        try (Program program = node("watch.mjs", url("/ws"), api.token(), "severity >>")) {
            assertThat(program.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    @EnabledIf(value = PYTHON, disabledReason = NO_PYTHON)
    void watchInPython() {
        try (Program program = python("watch.py", url("/ws/alerts"), api.token())) {
            awaitAlerts(program);
        }
    }

    private static void awaitAlerts(Program program) {
        Await.until("alerts" + program, () -> program.lines().size() >= ALERTS);
        assertThat(program.lines()).allMatch(line -> line.contains(RULE));
    }

    @Test
    @EnabledIf(value = PYTHON, disabledReason = NO_PYTHON)
    void theReferenceClientGoesOnAfterARestart() throws IOException {
        Path data = Files.createDirectory(folder.resolve("restarted"));
        ServerProcess restarted = ServerProcess.serve(data, 0);
        HttpApi its = HttpApi.admin(restarted, data);
        String address = Subscriber.address(restarted.address(), "/ws").toString();
        try (Program program = python("reference.py", address, its.token(), "network", "0")) {
            HttpApi.json(its.postEve(Eve.requests("one", 0, 3)));
            program.awaitSaid("event", 3);
            restarted.kill();
            restarted = ServerProcess.serve(data, restarted.port());
            HttpApi.json(its.postEve(Eve.requests("two", 0, 3)));
            program.awaitSaid("event", 6);
            assertThat(program.said("event").map(line -> line.substring(0, line.indexOf(' '))))
                    .containsExactly("1", "2", "3", "4", "5", "6");
            assertThat(program.lines()).noneMatch(line -> line.startsWith("LOST"));
        } finally {
            restarted.close();
        }
    }

    @Test
    @EnabledIf(value = NODE, disabledReason = NO_NODE)
    void publishStoresEachLineOnceHoweverOftenItRuns() {
        for (int run = 0; run < 2; run++) {
            try (Program program = node("publish.mjs", url("/ws"), api.token(), "lines", "job-7")) {
                program.input("a\nb\nc\n");
                assertThat(program.awaitExit()).isZero();
                assertThat(program.lines())
                        .allMatch(
                                run == 0
                                        ? line -> line.endsWith("stored")
                                        : line -> line.endsWith("already"))
                        .hasSize(3);
            }
        }
        assertThat(api.stored("lines"))
                .extracting(event -> event.path("data").path("message").asText())
                .containsExactly("a", "b", "c");
    }

    @Test
    @EnabledIf(value = NODE, disabledReason = NO_NODE)
    void theWorkerGoesOnWhereItWasKilledAndMakesWayForAnotherOfItsName() {
        long last;
        try (Program program = node("worker.mjs", url("/ws"), api.token(), "worker-1")) {
            program.awaitSaid("goes", 1);
            HttpApi.json(api.postEve(Eve.alerts("work", 0, ALERTS)));
            program.awaitSaid("dealt", ALERTS);
            Await.until("acknowledged", () -> lag() == 0);
            last = api.tail("alerts");
        }
        HttpApi.json(api.postEve(Eve.alerts("second", 0, 1)));
        long tail = api.tail("alerts");
        try (Program program = node("worker.mjs", url("/ws"), api.token(), "worker-1")) {
            program.awaitSaid("dealt", tail - last);
            assertThat(
                            program.said("dealt")
                                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))))
                    .allMatch(offset -> offset > last);
            try (Program other = node("worker.mjs", url("/ws"), api.token(), "worker-1")) {
                other.awaitSaid("goes", 1);
                assertThat(program.awaitExit()).isEqualTo(1);
            }
        }
    }

    private static long lag() {
        return HttpApi.json(api.get("/api/queues")).path("cursors").path(0).path("lag").asLong(-1);
    }

    private static String url(String path) {
        return Subscriber.address(server.address(), path).toString();
    }

    private static Path examples() {
        return Distribution.home().resolve("docs").resolve("examples");
    }

    private static Program node(String name, String... arguments) {
        try {
            // Node looks for packages beside the program.
            Path program = NodePackages.folder().resolve(name);
            Files.copy(
                    examples().resolve(name),
                    program,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return Program.start(folder, Map.of(), command("node", program, arguments));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Program python(String name, String... arguments) {
        return Program.start(
                folder,
                PythonPackages.environment(),
                command("python3", examples().resolve(name), arguments));
    }

    private static List<String> command(String run, Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(run, program.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
