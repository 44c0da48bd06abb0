package io.netsentinel.app;

import io.netsentinel.auth.AdminCall;
import io.netsentinel.auth.AdminReply;
import io.netsentinel.auth.AdminSocket;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthFilesException;
import io.netsentinel.queuing.DataDirectoryException;
import io.netsentinel.queuing.DataDirectoryInUseException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.Audit;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Runs commands about users and tokens: by the running server when there is one, else on the data
/// directory itself.
final class Administration {
    private static final int ATTEMPTS = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Settings settings;

    private Administration(Settings settings) {
        this.settings = settings;
    }

    static Administration of(Arguments arguments, Shell shell) {
        var configuration = ConfigurationSources.load(arguments, shell);
        ServerLog.quiet(shell.err());
        return new Administration(Settings.of(configuration, shell));
    }

    /// Throws a [CommandException] when there is no data directory: opening one would make it.
    void requireData() {
        if (!Files.isDirectory(settings.data())) {
            throw CommandException.usage("there is no data directory " + settings.data());
        }
    }

    /// What there is to tell. Throws a [CommandException] when it was not done.
    List<Map<String, String>> run(AdminCall call) {
        try {
            return switch (reply(call)) {
                case AdminReply.Done done -> done.rows();
                case AdminReply.Failed failed -> throw CommandException.usage(failed.message());
            };
        } catch (DataDirectoryException | AuthFilesException e) {
            throw new CommandException(
                    Exit.FAILED, Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
        }
    }

    /// A server that is just starting or stopping has the directory but does not listen: try again
    /// for some seconds.
    private AdminReply reply(AdminCall call) {
        for (int attempt = 1; ; attempt++) {
            Optional<AdminReply> reply = AdminSocket.call(settings.data(), call);
            if (reply.isPresent()) {
                return reply.get();
            }
            try {
                return offline(call);
            } catch (DataDirectoryInUseException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                pause();
            }
        }
    }

    private AdminReply offline(AdminCall call) {
        Clock clock = Clock.systemUTC();
        try (EventLog log = EventLog.open(settings.data(), settings.log(), clock);
                Auth auth = Auth.open(log.store(), settings.data(), settings.auth(), clock);
                Audit audit = Audit.open(log, log::append, clock)) {
            return new AuditedCommands(auth, audit, log).run(call);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
