package io.netsentinel.app;

import java.util.List;

/// Finds the command, runs it, and turns what went wrong into one line and an exit code.
final class Program {
    private static final List<Command> COMMANDS =
            List.of(
                    new ServeCommand(),
                    new DemoCommand(),
                    new ReplayCommand(),
                    new InitCommand(),
                    new CheckCommand(),
                    new DoctorCommand(),
                    new ConfigCommand(),
                    new UserCommand(),
                    new AuditCommand(),
                    new TokenCommand(),
                    new BackupCommand(),
                    new RestoreCommand(),
                    new PurgeCommand(),
                    new VersionCommand());

    private final Shell shell;

    Program(Shell shell) {
        this.shell = shell;
    }

    Exit run(List<String> words) {
        try {
            return dispatch(words);
        } catch (CommandException e) {
            shell.err().println("netsentinel: " + e.getMessage());
            return e.exit();
        }
    }

    private Exit dispatch(List<String> words) {
        if (words.isEmpty() || isHelp(words.getFirst())) {
            shell.out().print(Help.overview(COMMANDS));
            return words.isEmpty() ? Exit.BAD_USAGE : Exit.FINE;
        }
        Command command = find(words.getFirst());
        List<String> rest = words.subList(1, words.size());
        if (rest.stream().anyMatch(Program::isHelp)) {
            shell.out().print(Help.of(command));
            return Exit.FINE;
        }
        return command.run(Arguments.parse(command, rest), shell);
    }

    private static boolean isHelp(String word) {
        return word.equals("help") || word.equals("--help") || word.equals("-h");
    }

    private static Command find(String name) {
        String plain = name.equals("--version") ? "version" : name;
        for (Command command : COMMANDS) {
            if (command.name().equals(plain)) {
                return command;
            }
        }
        List<String> names = COMMANDS.stream().map(Command::name).toList();
        throw CommandException.usage(
                "unknown command " + name + Suggestion.text(name, names) + " See netsentinel help");
    }
}
