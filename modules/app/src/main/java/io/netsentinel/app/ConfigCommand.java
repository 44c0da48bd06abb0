package io.netsentinel.app;

import io.netsentinel.app.config.Reference;
import java.util.List;

/// `netsentinel config`
final class ConfigCommand implements Command {
    private static final Option REFERENCE =
            Option.flag("--reference", "documents every key instead");

    @Override
    public String name() {
        return "config";
    }

    @Override
    public String summary() {
        return "prints the effective configuration with secrets masked";
    }

    @Override
    public List<Option> options() {
        return List.of(ConfigurationSources.CONFIG, REFERENCE);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        arguments.noOperands(this);
        if (arguments.has(REFERENCE.name())) {
            ConfigurationSources.plugins(arguments, shell);
            shell.out().print(Reference.plain());
        } else {
            shell.out().print(Reference.effective(ConfigurationSources.load(arguments, shell)));
        }
        return Exit.FINE;
    }
}
