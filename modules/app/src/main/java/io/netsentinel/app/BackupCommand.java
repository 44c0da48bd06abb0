package io.netsentinel.app;

import io.netsentinel.auth.AdminCall;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `netsentinel backup`
final class BackupCommand implements Command {
    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "copies the data directory into one new file, while the server runs or not";
    }

    @Override
    public List<Option> options() {
        return List.of(ConfigurationSources.CONFIG, ConfigurationSources.DATA);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        Path file = file(this, arguments);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandException.usage(file + " exists already and is not overwritten");
        }
        Administration administration = Administration.of(arguments, shell);
        administration.requireData();
        Map<String, String> made = made(administration, file);
        shell.out()
                .println(
                        "%s: %s bytes, %s channels"
                                .formatted(
                                        made.get("file"), made.get("bytes"), made.get("channels")));
        return Exit.FINE;
    }

    /// What goes wrong from here on is no wrong use.
    private static Map<String, String> made(Administration administration, Path file) {
        try {
            return administration
                    .run(new AdminCall(AuditedCommands.BACKUP, Map.of("file", file.toString())))
                    .getFirst();
        } catch (CommandException e) {
            throw e.exit() == Exit.BAD_USAGE
                    ? new CommandException(Exit.FAILED, String.valueOf(e.getMessage()), e)
                    : e;
        }
    }

    /// The one file a command is given; a running server has another working directory.
    static Path file(Command command, Arguments arguments) {
        if (arguments.operands().size() != 1) {
            throw CommandException.usage(command.name() + ": say " + command.operands());
        }
        return Path.of(arguments.operands().getFirst()).toAbsolutePath().normalize();
    }
}
