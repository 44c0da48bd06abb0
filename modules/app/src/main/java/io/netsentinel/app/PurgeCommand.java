package io.netsentinel.app;

import io.netsentinel.queuing.DataDirectoryException;
import io.netsentinel.queuing.DataDirectoryInUseException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Purge;
import io.netsentinel.queuing.PurgeRequest;
import io.netsentinel.queuing.PurgeSubject;
import io.netsentinel.transport.Audit;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// `netsentinel purge`
final class PurgeCommand implements Command {
    private static final Option ADDRESS =
            Option.of("--address", "IP", "the address whose data is removed");
    private static final Option USER =
            Option.of("--user", "NAME", "the user whose data is removed");
    private static final Option DRY_RUN =
            Option.flag("--dry-run", "counts what would be removed and removes nothing");
    private static final Option NEXT_START =
            Option.flag(
                    "--at-next-start",
                    "only writes the request down: the server carries it out when it starts next");

    @Override
    public String name() {
        return "purge";
    }

    @Override
    public String summary() {
        return "removes all data about one address or one user, with the server stopped";
    }

    @Override
    public List<Option> options() {
        return List.of(
                ADDRESS,
                USER,
                DRY_RUN,
                NEXT_START,
                ConfigurationSources.CONFIG,
                ConfigurationSources.DATA);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        arguments.noOperands(this);
        PurgeSubject subject = subject(arguments);
        if (arguments.has(DRY_RUN.name()) && arguments.has(NEXT_START.name())) {
            throw CommandException.usage(
                    "purge: --dry-run counts now, --at-next-start does nothing now: say one of"
                            + " them");
        }
        ServerLog.quiet(shell.err());
        Settings settings = Settings.of(ConfigurationSources.load(arguments, shell), shell);
        if (!Files.isDirectory(settings.data())) {
            throw CommandException.usage("there is no data directory " + settings.data());
        }
        try {
            return run(arguments, settings, subject, shell);
        } catch (DataDirectoryInUseException e) {
            throw new CommandException(
                    Exit.DATA_IN_USE,
                    e.getMessage() + "; stop the server, or add --at-next-start",
                    e);
        } catch (DataDirectoryException | UncheckedIOException e) {
            throw new CommandException(
                    Exit.FAILED, Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
        }
    }

    private static PurgeSubject subject(Arguments arguments) {
        Optional<String> address = arguments.value(ADDRESS.name());
        Optional<String> user = arguments.value(USER.name());
        if (address.isPresent() == user.isPresent()) {
            throw CommandException.usage("purge: say --address IP or --user NAME, one of them");
        }
        try {
            return address.isPresent()
                    ? PurgeSubject.of("address", address.get())
                    : PurgeSubject.of("user", user.orElseThrow());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("purge: " + e.getMessage());
        }
    }

    private static Exit run(
            Arguments arguments, Settings settings, PurgeSubject subject, Shell shell) {
        DataPurge purge = new DataPurge(settings);
        if (arguments.has(DRY_RUN.name())) {
            shell.out().println("nothing is removed yet; " + purge.count(subject));
            return Exit.FINE;
        }
        if (arguments.has(NEXT_START.name())) {
            PurgeRequest request = Purge.request(settings.data(), subject);
            shell.out()
                    .println("purge " + request.id() + ": carried out when the server starts next");
            return Exit.FINE;
        }
        return now(settings, purge, subject, shell);
    }

    /// What a crash interrupts is done by the next start of the server: the request is written down
    /// first, when it is sure that no server has the directory.
    private static Exit now(Settings settings, DataPurge purge, PurgeSubject subject, Shell shell) {
        Clock clock = Clock.systemUTC();
        EventLog.open(settings.data(), settings.log(), clock).close();
        PurgeRequest request = Purge.request(settings.data(), subject);
        Purge.Outcome outcome = purge.carryOut(request);
        try (EventLog log = EventLog.open(settings.data(), settings.log(), clock);
                Audit audit = Audit.open(log, log::append, clock)) {
            DataPurge.note(settings, audit);
        }
        if (DataPurge.refused(outcome)) {
            throw new CommandException(Exit.FAILED, "purge: " + outcome.summary());
        }
        shell.out().println("purge " + outcome.id() + ": " + outcome.summary());
        return Exit.FINE;
    }
}
