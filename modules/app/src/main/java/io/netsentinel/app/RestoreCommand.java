package io.netsentinel.app;

import io.netsentinel.queuing.DataDirectoryException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.Audit;
import io.netsentinel.transport.AuditEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// `netsentinel restore`
final class RestoreCommand implements Command {
    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "makes a new data directory (--data) of a backup";
    }

    @Override
    public List<Option> options() {
        return List.of(ConfigurationSources.CONFIG, ConfigurationSources.DATA);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        Path file = BackupCommand.file(this, arguments);
        if (arguments.value(ConfigurationSources.DATA.name()).isEmpty()) {
            throw CommandException.usage("restore: --data is missing: the directory to be made");
        }
        ServerLog.quiet(shell.err());
        Settings settings = Settings.of(ConfigurationSources.load(arguments, shell), shell);
        try {
            EventLog.restore(file, settings.data());
            shell.out().println(note(file, settings));
        } catch (DataDirectoryException e) {
            throw new CommandException(Exit.FAILED, String.valueOf(e.getMessage()), e);
        }
        return Exit.FINE;
    }

    /// Opening it shows that it can be used.
    private static String note(Path file, Settings settings) {
        Clock clock = Clock.systemUTC();
        try (EventLog log = EventLog.open(settings.data(), settings.log(), clock);
                Audit audit = Audit.open(log, log::append, clock)) {
            int channels = log.states().size();
            audit.note(AuditEntry.local("restore", file.toString(), true, "by the command line"));
            return "%s: %d channels; it is served by: netsentinel serve --data %s"
                    .formatted(settings.data(), channels, settings.data());
        }
    }
}
