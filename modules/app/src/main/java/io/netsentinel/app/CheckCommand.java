package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
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
        Configuration configuration = ConfigurationSources.load(arguments, shell);
        Settings _ = Settings.of(configuration, shell);
        configuration
                .warnings()
                .forEach(warning -> shell.err().println("netsentinel: warning: " + warning));
        String file =
                ConfigurationSources.file(arguments, shell).map(Path::toString).orElse("defaults");
        shell.out().println(file + ": fine");
        return Exit.FINE;
    }
}
