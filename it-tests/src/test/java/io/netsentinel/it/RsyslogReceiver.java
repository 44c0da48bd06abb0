package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real rsyslog that takes messages over TCP and UDP on loopback and writes them to a file.
final class RsyslogReceiver implements AutoCloseable {
    static final String USABLE = "io.netsentinel.it.RsyslogReceiver#usable";
    static final String MISSING = "rsyslog is not installed (/usr/sbin/rsyslogd)";

    private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");

    private final Process process;
    private final Path out;

    private RsyslogReceiver(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /// Whether there is one.
    static boolean usable() {
        return Files.isExecutable(PROGRAM);
    }

    /// Starts one in a folder of its own.
    static RsyslogReceiver start(Path folder, int port) {
        try {
            Path out = Files.createFile(folder.resolve("received"));
            Path configuration =
                    Files.writeString(
                            folder.resolve("rsyslog.conf"),
                            """
                            global(workDirectory="%1$s" maxMessageSize="128k")
                            module(load="imtcp")
                            module(load="imudp")
                            input(type="imtcp" port="%2$d" address="127.0.0.1")
                            input(type="imudp" port="%2$d" address="127.0.0.1")
                            template(name="line" type="string" string="%%app-name%% %%structured-data%% %%msg%%\\n")
                            action(type="omfile" file="%3$s" template="line")
                            """
                                    .formatted(folder, port, out));
            Process process =
                    new ProcessBuilder(
                                    PROGRAM.toString(),
                                    "-n",
                                    "-f",
                                    configuration.toString(),
                                    "-i",
                                    folder.resolve("pid").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile())
                            .start();
            return new RsyslogReceiver(process, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The lines it has written that hold a text.
    List<String> lines(String text) {
        try {
            return Files.readAllLines(out).stream().filter(line -> line.contains(text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
