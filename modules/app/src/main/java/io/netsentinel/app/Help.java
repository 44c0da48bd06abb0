package io.netsentinel.app;

import java.util.List;

/// The help texts, made from the commands themselves.
final class Help {
    private Help() {}

    static String overview(List<Command> commands) {
        StringBuilder text = new StringBuilder("usage: netsentinel COMMAND [OPTION]...\n\n");
        for (Command command : commands) {
            text.append(String.format("  %-9s %s%n", command.name(), command.summary()));
        }
        text.append("\nnetsentinel COMMAND --help lists a command's options.\n");
        text.append(
                "Exit codes: 0 fine, 1 failed, 2 bad usage or configuration, 3 data directory in use, 4 port taken.\n");
        return text.toString();
    }

    static String of(Command command) {
        StringBuilder text = new StringBuilder("usage: netsentinel ").append(command.name());
        if (!command.operands().isEmpty()) {
            text.append(' ').append(command.operands());
        }
        if (!command.options().isEmpty()) {
            text.append(" [OPTION]...");
        }
        text.append("\n\n").append(command.summary()).append(".\n");
        for (Option option : command.options()) {
            String again = option.repeatable() ? " (may be repeated)" : "";
            text.append(String.format("%n  %-18s %s%s", option.synopsis(), option.help(), again));
        }
        return text.append(command.options().isEmpty() ? "" : "\n").toString();
    }
}
