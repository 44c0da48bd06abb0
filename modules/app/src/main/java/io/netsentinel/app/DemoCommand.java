package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.ConfigurationException;
import io.netsentinel.app.config.ConfigurationLoader;
import io.netsentinel.app.demo.DemoSensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// `netsentinel demo`: a server of its own on a temporary data directory, with a sensor that plays
/// the bundled capture.
final class DemoCommand implements Command {
    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "starts a server with live example traffic; nothing of it is kept";
    }

    @Override
    public List<Option> options() {
        return List.of(ConfigurationSources.PORT);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        arguments.noOperands(this);
        Path capture = shell.home().resolve("lib").resolve("demo").resolve("demo.eve.json.gz");
        if (!Files.isReadable(capture)) {
            throw new CommandException(
                    Exit.FAILED, "demo: " + capture + " is missing: unpack the zip anew");
        }
        StopSignals signals = StopSignals.install();
        Path folder = temporaryFolder();
        try {
            serve(arguments, shell, folder, capture, signals);
        } finally {
            delete(folder);
        }
        return Exit.FINE;
    }

    private static void serve(
            Arguments arguments, Shell shell, Path folder, Path capture, StopSignals signals) {
        Path eve = folder.resolve("eve.json");
        Configuration configuration =
                configuration(arguments, folder, eve, capture.resolveSibling("assets.csv"));
        ServerLog.configure(configuration, shell.err());
        try (Application application = ServeCommand.start(Settings.of(configuration, shell));
                DemoSensor _ = DemoSensor.start(capture, eve, Clock.systemUTC())) {
            shell.out().println("NetSentinel ready on " + application.address());
            application
                    .initialPassword()
                    .ifPresent(password ->
                            shell.out()
                                    .println(
                                            "Demo: sign in as admin with the password "
                                                    + password
                                                    + " . Ctrl-C ends it and removes its data."));
            Desktop.open(application.address(), shell.environment());
            signals.await();
        }
    }

    /// No file and no environment variables: the demo looks the same everywhere.
    private static Configuration configuration(
            Arguments arguments, Path folder, Path eve, Path assets) {
        ConfigurationLoader loader =
                new ConfigurationLoader()
                        .option("demo", "data", folder.resolve("data").toString())
                        .option("demo", "sources.demo.path", eve.toString());
        if (Files.isReadable(assets)) {
            loader.option("demo", "enrichment.assets", assets.toString());
        }
        arguments
                .value(ConfigurationSources.PORT.name())
                .ifPresent(port -> loader.option(ConfigurationSources.PORT.name(), "port", port));
        try {
            return loader.load();
        } catch (ConfigurationException e) {
            throw new CommandException(Exit.BAD_USAGE, e.text(), e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("netsentinel-demo-");
        } catch (IOException e) {
            throw new CommandException(
                    Exit.FAILED, "demo: no temporary folder: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new CommandException(
                    Exit.FAILED, "demo: cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
