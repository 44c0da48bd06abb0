package io.netsentinel.app;

import io.netsentinel.auth.AdminCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `netsentinel token`
final class TokenCommand implements Command {
    private static final Option NAME =
            Option.of("--name", "N", "what its actions are recorded under");
    private static final Option ROLE = Option.of("--role", "R", "viewer, analyst, admin or sensor");
    private static final Option CHANNELS =
            Option.of(
                    "--channels",
                    "a,b.*:subscribe",
                    "the only channels it may use (default: all its role may); after a colon what"
                            + " for: subscribe, history, publish, ack, joined by +");
    private static final Option ROWS =
            Option.of("--rows", "FILTER", "the only events it may see (default: all its role may)");
    private static final Option TTL =
            Option.of("--ttl", "30d", "how long it is good (default 30d)");

    @Override
    public String name() {
        return "token";
    }

    @Override
    public String operands() {
        return "[list | revoke ID]";
    }

    @Override
    public String summary() {
        return "issues a token for a sensor or a script and prints it, lists and revokes tokens";
    }

    @Override
    public List<Option> options() {
        return List.of(
                ConfigurationSources.CONFIG,
                ConfigurationSources.DATA,
                NAME,
                ROLE,
                CHANNELS,
                ROWS,
                TTL);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        AdminCall call = call(arguments);
        List<Map<String, String>> rows = Administration.of(arguments, shell).run(call);
        switch (call.command()) {
            case "token.list" -> shell.out().print(Columns.of(rows));
            case "token.issue" ->
                    rows.forEach(row -> shell.out().println(row.getOrDefault("token", "")));
            default ->
                    rows.forEach(
                            row -> shell.out().println(row.getOrDefault("id", "") + " is revoked"));
        }
        return Exit.FINE;
    }

    private AdminCall call(Arguments arguments) {
        List<String> operands = arguments.operands();
        if (operands.isEmpty()) {
            return issue(arguments);
        }
        if (operands.equals(List.of("list"))) {
            return new AdminCall("token.list", Map.of());
        }
        if (operands.size() == 2 && operands.getFirst().equals("revoke")) {
            return new AdminCall("token.revoke", Map.of("id", operands.get(1)));
        }
        throw CommandException.usage("token: say --name N --role R, list, or revoke ID");
    }

    private static AdminCall issue(Arguments arguments) {
        Map<String, String> values = new HashMap<>();
        for (Option option : List.of(NAME, ROLE)) {
            String value =
                    arguments
                            .value(option.name())
                            .orElseThrow(() ->
                                    CommandException.usage(
                                            "token: " + option.name() + " is missing"));
            values.put(option.name().substring(2), value);
        }
        arguments.value(CHANNELS.name()).ifPresent(channels -> values.put("channels", channels));
        arguments.value(ROWS.name()).ifPresent(rows -> values.put("rows", rows));
        arguments.value(TTL.name()).ifPresent(ttl -> values.put("ttl", ttl));
        return new AdminCall("token.issue", values);
    }
}
