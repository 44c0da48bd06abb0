package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.auth.AuthFilesException;
import io.netsentinel.queuing.DataDirectoryException;
import io.netsentinel.queuing.DataDirectoryInUseException;
import io.netsentinel.transport.ServerException;
import java.util.List;
import java.util.Objects;

/// `netsentinel serve`
final class ServeCommand implements Command {
    private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "starts the server";
    }

    @Override
    public List<Option> options() {
        return List.of(
                ConfigurationSources.CONFIG,
                ConfigurationSources.DATA,
                ConfigurationSources.HOST,
                ConfigurationSources.PORT,
                ConfigurationSources.EVE);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        arguments.noOperands(this);
        StopSignals signals = StopSignals.install();
        Configuration configuration = ConfigurationSources.load(arguments, shell);
        ServerLog.configure(configuration, shell.err());
        configuration.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        Settings settings = Settings.of(configuration, shell);
        try (Application application = start(settings)) {
            application
                    .initialPassword()
                    .ifPresent(password -> announce(password, settings, shell));
            shell.out().println("NetSentinel ready on " + application.address());
            signals.await();
        }
        return Exit.FINE;
    }

    static Application start(Settings settings) {
        try {
            return Application.start(settings);
        } catch (DataDirectoryInUseException e) {
            throw failure(Exit.DATA_IN_USE, e);
        } catch (DataDirectoryException e) {
            throw failure(Exit.FAILED, e);
        } catch (AuthFilesException e) {
            throw failure(Exit.BAD_USAGE, e);
        } catch (ServerException e) {
            throw switch (e.reason()) {
                case PORT_IN_USE -> failure(Exit.PORT_TAKEN, e);
                case SETTINGS, CANNOT_BIND -> failure(Exit.BAD_USAGE, e);
            };
        }
    }

    private static CommandException failure(Exit exit, RuntimeException e) {
        return new CommandException(
                exit, Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    }

    private static void announce(String password, Settings settings, Shell shell) {
        shell.err().println("First start: sign in as admin with the password " + password);
        shell.err()
                .println(
                        "It is kept in "
                                + settings.data().resolve("initial-admin-password")
                                + " until you change it.");
    }
}
