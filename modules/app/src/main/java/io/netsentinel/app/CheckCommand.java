package io.netsentinel.app;

import java.nio.file.Path;
import java.util.List;

/// `netsentinel check`
final class CheckCommand implements Command {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public String summary() {
        return "validates the configuration without starting anything";
    }

    @Override
    public List<Option> options() {
        return List.of(ConfigurationSources.CONFIG);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        arguments.noOperands(this);
        Settings _ = Settings.of(ConfigurationSources.load(arguments, shell), shell);
        String file =
                ConfigurationSources.file(arguments, shell).map(Path::toString).orElse("defaults");
        shell.out().println(file + ": fine");
        return Exit.FINE;
    }
}
