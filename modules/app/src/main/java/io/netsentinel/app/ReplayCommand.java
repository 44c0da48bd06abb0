package io.netsentinel.app;

import io.netsentinel.app.replay.Replaying;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// `netsentinel replay`
final class ReplayCommand implements Command {
    private static final Option SPEED =
            Option.of("--speed", "N", "how many times as fast as it was recorded (default 1)");
    private static final Option LOOP =
            Option.flag("--loop", "begins anew at the end, until stopped");
    private static final Option KEEP =
            Option.flag("--keep-times", "leaves the times in the lines as they are");
    private static final Option FORMAT =
            Option.of(
                    "--format", "NAME", "eve, zeek, cowrie or syslog (default: by the first line)");
    private static final Option URL =
            Option.of("--url", "URL", "the server (default http://127.0.0.1:8082)");
    private static final Option TOKEN =
            Option.of(
                    "--token",
                    "TOKEN",
                    "a token of the role sensor or admin (default: NETSENTINEL_TOKEN)");
    private static final Option DRY_RUN =
            Option.flag(
                    "--dry-run",
                    "only says what the detectors would find in the files, or without files in the log, with the configuration as it is");
    private static final List<String> FORMATS = List.of("eve", "zeek", "cowrie", "syslog");

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String operands() {
        return "FILE...";
    }

    @Override
    public String summary() {
        return "feeds recorded files to a running server as if it happened now";
    }

    @Override
    public List<Option> options() {
        return List.of(
                SPEED,
                LOOP,
                KEEP,
                FORMAT,
                URL,
                TOKEN,
                DRY_RUN,
                ConfigurationSources.CONFIG,
                ConfigurationSources.DATA);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        List<Path> files = arguments.operands().stream().map(Path::of).toList();
        if (files.isEmpty() && !arguments.has(DRY_RUN.name())) {
            throw CommandException.usage("replay: name at least one file");
        }
        files.stream()
                .filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
                .findFirst()
                .ifPresent(file -> {
                    throw CommandException.usage("replay: cannot read " + file);
                });
        if (arguments.has(DRY_RUN.name())) {
            return dryRun(files, arguments, shell);
        }
        Replaying replaying =
                new Replaying(
                        server(arguments.value(URL.name()).orElse("http://127.0.0.1:8082")),
                        token(arguments, shell),
                        speed(arguments.value(SPEED.name()).orElse("1")),
                        arguments.has(KEEP.name()),
                        Clock.systemUTC());
        return play(replaying, files, arguments, shell);
    }

    private static Exit dryRun(List<Path> files, Arguments arguments, Shell shell) {
        DryRunning running = new DryRunning(arguments, shell);
        if (!files.isEmpty()) {
            return running.files(files, format(arguments));
        }
        Optional<String> url = arguments.value(URL.name());
        return url.isPresent()
                ? running.server(server(url.get()), token(arguments, shell))
                : running.log();
    }

    private static Optional<String> format(Arguments arguments) {
        Optional<String> format = arguments.value(FORMAT.name());
        if (format.isPresent() && !FORMATS.contains(format.get())) {
            throw CommandException.usage(
                    "replay: --format " + format.get() + ": expected one of " + FORMATS);
        }
        return format;
    }

    private static Exit play(
            Replaying replaying, List<Path> files, Arguments arguments, Shell shell) {
        Optional<String> format = format(arguments);
        try {
            do {
                replaying.play(files, format);
                shell.out().println(replaying.summary());
            } while (arguments.has(LOOP.name()));
        } catch (Replaying.FailedException | IOException e) {
            throw new CommandException(Exit.FAILED, "replay: " + e.getMessage(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return replaying.nothing() ? Exit.FAILED : Exit.FINE;
    }

    private static URI server(String text) {
        try {
            URI uri = new URI(text);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // said below
        }
        throw CommandException.usage(
                "replay: --url " + text + ": expected an address such as http://127.0.0.1:8082");
    }

    private static String token(Arguments arguments, Shell shell) {
        String token =
                arguments
                        .value(TOKEN.name())
                        .orElse(shell.environment().getOrDefault("NETSENTINEL_TOKEN", ""));
        if (!token.matches("[!-~]+")) {
            throw CommandException.usage(
                    "replay: a token is needed: --token, or NETSENTINEL_TOKEN; make one with:"
                            + " netsentinel token --name replay --role sensor");
        }
        return token;
    }

    private static double speed(String text) {
        if (text.matches("\\d{1,6}(\\.\\d{1,3})?") && Double.parseDouble(text) > 0) {
            return Double.parseDouble(text);
        }
        throw CommandException.usage(
                "replay: --speed " + text + ": expected a number above 0 and below 1000000");
    }
}
