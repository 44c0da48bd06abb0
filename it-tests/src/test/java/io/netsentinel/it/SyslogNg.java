package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A real syslog-ng and its load generator: the machine's own, or one that was only unpacked,
/// because Debian installs it beside no other syslog.
final class SyslogNg implements AutoCloseable {
    static final String USABLE = "io.netsentinel.it.SyslogNg#usable";
    static final String MISSING =
            "syslog-ng is neither installed nor unpacked to /opt/syslog-ng (see ./test)";

    private static final Path UNPACKED = Path.of("/opt/syslog-ng");

    private final Process process;
    private final Path log;

    private SyslogNg(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Whether there is one.
    static boolean usable() {
        return Files.isExecutable(root().resolve("usr/sbin/syslog-ng"));
    }

    private static Path root() {
        Path here = Path.of("/");
        return Files.isExecutable(here.resolve("usr/sbin/syslog-ng")) ? here : UNPACKED;
    }

    /// Where its plug-ins are: the one folder named like a version.
    private static Path modules() {
        try (Stream<Path> folders = Files.list(libraries())) {
            return folders.filter(folder -> Files.exists(folder.resolve("libafsocket.so")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path libraries() {
        return root().resolve("usr/lib/syslog-ng");
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LD_LIBRARY_PATH", libraries().toString());
        builder.environment().put("SYSLOGNG_PREFIX", root().resolve("usr").toString());
        return builder;
    }

    /// Starts one in a folder of its own.
    ///
    /// @param statements of its configuration, without the version
    static SyslogNg start(Path folder, String statements) throws IOException {
        String version = modules().getFileName().toString();
        Path configuration =
                Files.writeString(
                        folder.resolve("syslog-ng.conf"),
                        "@version: " + version + "\noptions { stats-freq(0); };\n" + statements);
        Path log = folder.resolve("log");
        Process process =
                builder(
                                List.of(
                                        root().resolve("usr/sbin/syslog-ng").toString(),
                                        "--foreground",
                                        "--no-caps",
                                        "--stderr",
                                        "--cfgfile=" + configuration,
                                        "--module-path=" + modules(),
                                        "--persist-file=" + folder.resolve("persist"),
                                        "--pidfile=" + folder.resolve("pid"),
                                        "--control=" + folder.resolve("control")))
                        .redirectOutput(log.toFile())
                        .start();
        return new SyslogNg(process, log);
    }

    /// Sends so many messages a second for so many seconds; what it says at the end.
    static String loggen(int rate, int seconds, int port, String... options) throws IOException {
        Process process =
                builder(
                                Stream.concat(
                                                Stream.of(
                                                        root().resolve("usr/bin/loggen").toString(),
                                                        "--inet",
                                                        "--rate=" + rate,
                                                        "--interval=" + seconds,
                                                        "--size=300"),
                                                Stream.concat(
                                                        Stream.of(options),
                                                        Stream.of("127.0.0.1", "" + port)))
                                        .toList())
                        .start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    /// What it has to say, for the reader of a failure.
    String said() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
