package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.LimitKeys;
import io.netsentinel.app.doctor.DataChecks;
import io.netsentinel.app.doctor.Finding;
import io.netsentinel.app.doctor.ListenerChecks;
import io.netsentinel.app.doctor.MachineChecks;
import io.netsentinel.auth.AdminCall;
import io.netsentinel.auth.AdminReply;
import io.netsentinel.auth.AdminSocket;
import io.netsentinel.auth.AuthFilesException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `netsentinel doctor`
final class DoctorCommand implements Command {
    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "checks what commonly goes wrong and says how to mend it; sinks get a test record";
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
        ServerLog.quiet(shell.err());
        List<Finding> found = look(arguments, shell);
        found.forEach(one -> shell.out().println(LogText.escape(one.line())));
        boolean problem = found.stream().anyMatch(one -> one.level() == Finding.Level.PROBLEM);
        return problem ? Exit.FAILED : Exit.FINE;
    }

    private static List<Finding> look(Arguments arguments, Shell shell) {
        List<Finding> found = new ArrayList<>();
        Configuration configuration;
        Settings settings;
        try {
            configuration = ConfigurationSources.load(arguments, shell);
            settings = Settings.of(configuration, shell);
        } catch (CommandException e) {
            // without it nobody knows where to look
            String.valueOf(e.getMessage())
                    .lines()
                    .forEach(line ->
                            found.add(
                                    Finding.problem(
                                            "configuration",
                                            line,
                                            "netsentinel check goes on from here")));
            return found;
        }
        found.add(configuration(arguments, shell, configuration));
        configuration
                .warnings()
                .forEach(warning -> found.add(Finding.warning("configuration", warning, "")));
        Instant now = Instant.now();
        found.addAll(MachineChecks.of(configuration.get(LimitKeys.CONNECTIONS)));
        found.addAll(new DataChecks(settings.data(), settings.log(), now).all(shell.home()));
        Optional<AdminReply> reply = server(settings, found);
        found.addAll(ListenerChecks.of(settings.server(), reply.isPresent(), now));
        found.addAll(Connected.findings(reply, settings));
        return found;
    }

    private static Finding configuration(
            Arguments arguments, Shell shell, Configuration configuration) {
        String file =
                ConfigurationSources.file(arguments, shell)
                        .map(path -> path + " is valid")
                        .orElse("none, so everything has its default");
        int count = configuration.warnings().size();
        return Finding.ok("configuration", count == 0 ? file : file + ", warnings: " + count);
    }

    /// What the running server says of its sources and sinks; empty when there is none.
    private static Optional<AdminReply> server(Settings settings, List<Finding> found) {
        try {
            Optional<AdminReply> reply =
                    AdminSocket.call(settings.data(), new AdminCall(Connected.COMMAND, Map.of()));
            found.add(
                    Finding.ok(
                            "server",
                            reply.isPresent() ? "it runs, and was asked" : "it does not run"));
            return reply;
        } catch (AuthFilesException e) {
            found.add(
                    Finding.problem(
                            "server",
                            String.valueOf(e.getMessage()),
                            "run this as the user of the server"));
            return Optional.empty();
        }
    }
}
