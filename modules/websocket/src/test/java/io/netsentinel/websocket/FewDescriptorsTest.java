package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A process that may open few files: flooded, emptied of descriptors, and recovered.
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs ulimit")
@Timeout(120)
class FewDescriptorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Process process;
    private PrintStream commands;
    private BufferedReader answers;
    private int port;
    private int budget;

    @BeforeEach
    void start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        process =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "ulimit -n 256 && exec \"$@\"",
                                "bash",
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classPath,
                                FewDescriptorsMain.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = answers.readLine();
        while (line != null && !line.startsWith("ready ")) {
            line = answers.readLine();
        }
        assertThat(line).as("the child's first answer").isNotNull();
        try (Scanner ready = new Scanner(line.substring("ready ".length()))) {
            port = ready.nextInt();
            budget = ready.nextInt();
        }
        // loads classes and opens what the JDK keeps open for virtual threads
        assertWorks();
        ask("open");
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void answersAFloodAndRecovers() {
        assertThat(budget).isBetween(20, 160);
        long before = number("descriptors");
        List<RawClient> flood = new ArrayList<>();
        int open = 0;
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            RawClient client = RawClient.tcp(port);
            flood.add(client);
            client.send(RawClient.handshake("/"));
            String head = client.readHead();
            open += head.startsWith("HTTP/1.1 101 ") ? 1 : 0;
            refused += head.startsWith("HTTP/1.1 503 ") ? 1 : 0;
        }
        assertThat(open).isEqualTo(budget);
        assertThat(refused).isEqualTo(400 - budget);
        flood.forEach(RawClient::hangUp);
        Await.until(() -> number("open") == 0, PATIENCE);
        assertWorks();
        assertThat(number("restarts")).isZero();
        // the JDK itself opens a few on the way
        Await.until(() -> number("descriptors") <= before + 8, PATIENCE);
    }

    @Test
    void goesOnAnsweringWhenTheRestOfTheProcessUsesEverything() {
        ask("use up");
        Await.until(() -> ask("listening").equals("false"), PATIENCE);
        for (int i = 0; i < 50; i++) {
            try (RawClient client = RawClient.tcp(port)) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
            }
        }
        assertThat(ask("release")).endsWith("released");
        Await.until(() -> ask("listening").equals("true"), PATIENCE);
        assertWorks();
        assertThat(number("restarts")).isZero();
    }

    @Test
    void comesBackAfterItsAcceptLoopDied() {
        RawClient before = RawClient.connect(port);
        ask("be greedy");
        // accept fails for want of a descriptor, Helidon gives up the listener and its connections
        Await.until(this::acceptLoopIsDead, PATIENCE);
        before.hangUp();
        ask("release");
        Await.until(() -> number("restarts") > 0 && works(), PATIENCE);
        assertWorks();
    }

    private boolean acceptLoopIsDead() {
        try (RawClient client = RawClient.tcp(port)) {
            client.send(RawClient.head("/hello"));
            client.readHead();
            return false;
        } catch (UncheckedIOException e) {
            return e.getCause() instanceof java.net.ConnectException;
        }
    }

    private boolean works() {
        try {
            assertWorks();
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void assertWorks() {
        try (RawClient client = RawClient.connect(port)) {
            client.text("echo");
            assertThat(client.read().text()).isEqualTo("echo");
        }
    }

    private long number(String command) {
        return Long.parseLong(ask(command));
    }

    private String ask(String command) {
        try {
            commands.println(command);
            return String.valueOf(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
