package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.ConfigurationException;
import io.netsentinel.app.config.ConfigurationLoader;
import io.netsentinel.app.config.PluginKeys;
import io.netsentinel.integrations.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the configuration of a command comes from: `--config F`, else `NETSENTINEL_CONFIG`, else
/// `conf/netsentinel.yaml` when there is one; the environment; and the command's own options.
final class ConfigurationSources {
    static final Option CONFIG =
            Option.of(
                    "--config",
                    "FILE",
                    "the configuration file (default: conf/netsentinel.yaml when it exists)");
    static final Option DATA = Option.of("--data", "DIR", "the data directory (key data)");
    static final Option HOST =
            Option.of(
                    "--host", "ADDRESS", "the address to listen on (key host, default 127.0.0.1)");
    static final Option PORT =
            Option.of(
                    "--port", "N", "the port to listen on (key port, default 8082; 0: a free one)");
    static final Option EVE =
            Option.repeatable(
                    "--eve",
                    "FILE",
                    "follow a Suricata eve.json file, or a pattern of them in quotes; - is standard input");

    private ConfigurationSources() {}

    /// Throws a [CommandException] with exit code 2 that lists every problem.
    static Configuration load(Arguments arguments, Shell shell) {
        plugins(arguments, shell);
        ConfigurationLoader loader = loader(arguments, shell);
        Plugins.problems().forEach(problem -> loader.warning("plugins", problem));
        for (Option option : List.of(DATA, HOST, PORT)) {
            arguments
                    .value(option.name())
                    .ifPresent(value ->
                            loader.option(option.name(), option.name().substring(2), value));
        }
        int number = 1;
        for (String path : arguments.values(EVE.name())) {
            String name = number == 1 ? "eve" : "eve-" + number;
            if (path.equals("-")) {
                loader.option(EVE.name(), "sources." + name + ".listen", "stdin");
            } else {
                loader.option(EVE.name(), "sources." + name + ".path", path);
            }
            number++;
        }
        try {
            return loader.load();
        } catch (ConfigurationException e) {
            throw new CommandException(Exit.BAD_USAGE, e.text(), e);
        }
    }

    /// Loads the plug-ins, which bring keys along.
    static void plugins(Arguments arguments, Shell shell) {
        PluginKeys.load(
                loader(arguments, shell), shell.home().resolve("plugins"), AllDetectors::of);
    }

    private static ConfigurationLoader loader(Arguments arguments, Shell shell) {
        ConfigurationLoader loader = new ConfigurationLoader();
        file(arguments, shell).ifPresent(loader::file);
        return loader.environment(shell.environment());
    }

    /// The configuration file in use. One that was asked for by name need not exist; the loader
    /// says so.
    static Optional<Path> file(Arguments arguments, Shell shell) {
        return arguments
                .value(CONFIG.name())
                .or(() -> Optional.ofNullable(shell.environment().get("NETSENTINEL_CONFIG")))
                .map(Path::of)
                .or(() -> Optional.of(standard(shell)).filter(Files::exists));
    }

    /// `conf/netsentinel.yaml` in the folder NetSentinel was unpacked into.
    static Path standard(Shell shell) {
        return shell.home().resolve("conf").resolve("netsentinel.yaml");
    }
}
