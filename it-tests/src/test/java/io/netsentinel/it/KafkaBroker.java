package io.netsentinel.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real Kafka broker as a process of its own, on loopback; spoken to with kcat.
final class KafkaBroker implements AutoCloseable {
    static final String USABLE = "io.netsentinel.it.KafkaBroker#usable";
    static final String MISSING = "kcat is not installed; ./test installs it as root on Debian";

    private final Path folder;
    private final int port = ServerProcess.freePort();
    private final Process process;

    private KafkaBroker(Path folder) throws IOException {
        this.folder = folder;
        Path settings = folder.resolve("server.properties");
        int controller = ServerProcess.freePort();
        Files.writeString(
                settings,
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%d
                listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=PLAINTEXT://127.0.0.1:%d
                controller.listener.names=CONTROLLER
                log.dirs=%s
                offsets.topic.replication.factor=1
                num.partitions=1
                """
                        .formatted(controller, port, controller, port, folder.resolve("data")));
        Process format =
                program(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        "4L6g3nShT-eMCtK--X86sw",
                        "-c",
                        settings.toString());
        Programs.await(format, folder.resolve("log"));
        process = program("kafka.Kafka", settings.toString());
        Await.until("the broker answers", () -> kcat("-L").exit() == 0);
    }

    static KafkaBroker start(Path folder) throws IOException {
        return new KafkaBroker(folder);
    }

    static boolean usable() {
        return Programs.installed("kcat");
    }

    String servers() {
        return "127.0.0.1:" + port;
    }

    private Process program(String main, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    /// Runs kcat with these words.
    Programs.Said kcat(String... words) {
        return Programs.run(command(words));
    }

    /// Sends lines to a topic, each a message.
    void send(String topic, Path lines, String... more) {
        List<String> words = new ArrayList<>(List.of("-P", "-t", topic, "-l"));
        words.addAll(List.of(more));
        words.add(lines.toString());
        Programs.Said said = kcat(words.toArray(String[]::new));
        if (said.exit() != 0) {
            throw new AssertionError(said.text());
        }
    }

    /// What a topic holds so far, in a form of kcat's.
    List<String> read(String topic, String format) {
        return kcat("-C", "-t", topic, "-e", "-q", "-o", "beginning", "-f", format + "\n")
                .text()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("kcat", "-b", servers(), "-m", "5"));
        command.addAll(List.of(words));
        return command;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
