package io.netsentinel.app;

import io.netsentinel.auth.AdminCall;
import java.util.List;
import java.util.Map;

/// `netsentinel user`
final class UserCommand implements Command {
    private static final Option ROLE =
            Option.of(
                    "--role",
                    "ROLE",
                    "viewer, analyst (default for add) or admin; for add and role");
    private static final Option STDIN =
            Option.flag(
                    "--password-stdin",
                    "read the password from standard input instead of making one; for add and"
                            + " password");
    private static final List<String> ACTIONS =
            List.of("add", "list", "disable", "enable", "role", "password");

    @Override
    public String name() {
        return "user";
    }

    @Override
    public String operands() {
        return "add NAME | list | disable NAME | enable NAME | role NAME | password NAME";
    }

    @Override
    public String summary() {
        return "adds, lists, disables and enables users and sets their roles and passwords";
    }

    @Override
    public List<Option> options() {
        return List.of(ConfigurationSources.CONFIG, ConfigurationSources.DATA, ROLE, STDIN);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        List<String> operands = arguments.operands();
        String action = operands.isEmpty() ? "" : operands.getFirst();
        if (!ACTIONS.contains(action)) {
            throw CommandException.usage("user: say one of " + operands());
        }
        boolean list = action.equals("list");
        if (operands.size() != (list ? 1 : 2)) {
            throw CommandException.usage(
                    "user " + action + ": expected " + (list ? "no name" : "one name"));
        }
        Administration administration = Administration.of(arguments, shell);
        List<Map<String, String>> rows = administration.run(call(action, arguments, shell));
        if (list) {
            shell.out().print(Columns.of(rows));
        } else {
            rows.forEach(row -> shell.out().println(told(action, row)));
        }
        return Exit.FINE;
    }

    private static AdminCall call(String action, Arguments arguments, Shell shell) {
        if (action.equals("list")) {
            return new AdminCall("user.list", Map.of());
        }
        if (action.equals("role") && arguments.value(ROLE.name()).isEmpty()) {
            throw CommandException.usage("user role: --role is missing");
        }
        String password = arguments.has(STDIN.name()) ? shell.line() : "";
        return new AdminCall(
                "user." + action,
                Map.of(
                        "name", arguments.operands().get(1),
                        "role", arguments.value(ROLE.name()).orElse("analyst"),
                        "password", password));
    }

    private static String told(String action, Map<String, String> row) {
        String name = row.getOrDefault("name", "");
        String password = row.getOrDefault("password", "");
        return switch (action) {
            case "disable" -> name + " is disabled and signed out";
            case "enable" -> name + " may sign in again";
            case "role" -> name + " has the role " + row.getOrDefault("role", "");
            default -> password.isEmpty() ? name : name + " has the password " + password;
        };
    }
}
