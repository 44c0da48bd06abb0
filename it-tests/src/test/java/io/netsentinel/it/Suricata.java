package io.netsentinel.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real Suricata that reads captured packets and writes `eve.json`, with the settings and rules
/// the demo's capture was made with.
final class Suricata {
    static final String USABLE = "io.netsentinel.it.Suricata#usable";
    static final String MISSING =
            "Suricata 7 or newer is not installed; ./test installs it as root on Debian when the"
                    + " machine's package source has it";

    private static final Pattern VERSION = Pattern.compile("version (\\d+)\\.");
    private static final int OLDEST = 7;
    private static final int PATIENCE_SECONDS = 60;
    private static final Path SETTINGS = Path.of("..", "dist", "demo").toAbsolutePath().normalize();

    private final Path folder;

    /// @param folder where it writes `eve.json`; a further run adds to the same file
    Suricata(Path folder) {
        this.folder = folder;
    }

    /// Whether one is installed that is new enough. Also in CI it is a skip when there is none: not
    /// every package source has it.
    static boolean usable() {
        try {
            Matcher version = VERSION.matcher(run(List.of("suricata", "-V")));
            return version.find() && Integer.parseInt(version.group(1)) >= OLDEST;
        } catch (IOException _) {
            return false; // there is no such program
        }
    }

    Path eve() {
        return folder.resolve("eve.json");
    }

    /// Reads one capture to its end. All addresses count as inner and as outer ones.
    void read(Path pcap) throws IOException {
        read(pcap, "regular", eve());
    }

    /// Reads one capture to its end.
    ///
    /// @param kind `regular`, `unix_stream` or `unix_dgram`
    /// @param output the file or socket it writes to
    void read(Path pcap, String kind, Path output) throws IOException {
        read(pcap, "filetype=" + kind, "filename=" + output);
    }

    /// Reads one capture to its end and pushes the lines to a list of a server on this machine.
    void pushTo(int port, String list, Path pcap) throws IOException {
        read(
                pcap,
                "filetype=redis",
                "redis.server=127.0.0.1",
                "redis.port=" + port,
                "redis.async=false",
                "redis.mode=list",
                "redis.key=" + list);
    }

    private void read(Path pcap, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of("suricata"));
        for (String setting : settings) {
            command.addAll(List.of("--set", "outputs.0.eve-log." + setting));
        }
        command.addAll(
                List.of(
                        "-c",
                        SETTINGS.resolve("suricata.yaml").toString(),
                        "-S",
                        SETTINGS.resolve("netsentinel-demo.rules").toString(),
                        "--set",
                        "vars.address-groups.HOME_NET=any",
                        "--set",
                        "vars.address-groups.EXTERNAL_NET=any",
                        "-k",
                        "none",
                        "-l",
                        folder.toString(),
                        "-r",
                        pcap.toString()));
        run(command);
    }

    private static String run(List<String> command) throws IOException {
        Path out = Files.createTempFile("suricata", ".out");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(out, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + said);
            }
            return said;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }
}
