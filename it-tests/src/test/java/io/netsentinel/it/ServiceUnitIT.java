package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The systemd unit in the zip, as systemd's own checker sees it.
@EnabledIf(value = "checkable", disabledReason = "needs systemd-analyze 250 or newer")
final class ServiceUnitIT {
    private static final String INSTALLED = "/opt/netsentinel";

    /// Tenths; "safe" by systemd's own words is below 2.
    private static final String MOST_EXPOSED = "20";

    @TempDir private Path folder;

    static boolean checkable() {
        try {
            Result version = run("systemd-analyze", "--version");
            String first = version.text().lines().findFirst().orElse("");
            return first.matches("systemd (2[5-9]\\d|[3-9]\\d\\d)\\b.*");
        } catch (IOException _) {
            return false; // there is no such program
        }
    }

    private record Result(int exit, String text) {}

    private static Result run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.onExit().join().exitValue(), text);
    }

    /// The unit with the path of the unzipped distribution, because the checker looks whether the
    /// program is there.
    private Path unit() throws IOException {
        Path shipped = Distribution.home().resolve("systemd").resolve("netsentinel.service");
        String text = Files.readString(shipped);
        assertThat(text).contains("ExecStart=" + INSTALLED + "/bin/netsentinel serve ");
        return Files.writeString(
                folder.resolve("netsentinel.service"),
                text.replace(INSTALLED, Distribution.home().toString()));
    }

    @Test
    void systemdHasNothingToSayAgainstIt() throws IOException {
        Result result = run("systemd-analyze", "verify", "--man=no", unit().toString());
        assertThat(result.text()).doesNotContain("netsentinel.service");
        assertThat(result.exit()).isZero();
    }

    @Test
    void littleOfTheMachineIsOpenToIt() throws IOException {
        Result result =
                run(
                        "systemd-analyze",
                        "security",
                        "--no-pager",
                        "--offline=yes",
                        "--threshold=" + MOST_EXPOSED,
                        unit().toString());
        assertThat(result.exit()).as(result.text()).isZero();
    }

    @Test
    void itsCommandIsOneThatTheProgramKnows() throws IOException {
        String start =
                Files.readAllLines(unit()).stream()
                        .filter(line -> line.startsWith("ExecStart="))
                        .findFirst()
                        .orElseThrow();
        List<String> words = new ArrayList<>(List.of(start.split(" ", -1)));
        String program = words.removeFirst().replaceFirst("^ExecStart=", "");
        assertThat(Path.of(program)).isExecutable();
        Path config = folder.resolve("netsentinel.yaml");
        assertThat(Launch.of("init", "--config", config.toString()).run().exit()).isZero();
        words.replaceAll(word -> word.replace("/etc/netsentinel", folder.toString()));
        words.replaceAll(word -> word.replace("/var/lib/netsentinel", folder + "/data"));
        try (ServerProcess server =
                ServerProcess.start(
                        Launch.of(words.toArray(String[]::new)).with("--port", "0"),
                        folder.resolve("log"))) {
            assertThat(folder.resolve("data")).isDirectory();
            assertThat(server.stop()).isZero();
        }
    }
}
