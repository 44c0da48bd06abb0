package io.netsentinel.app;

import io.netsentinel.auth.AdminCall;
import java.util.List;
import java.util.Map;

/// `netsentinel audit`
final class AuditCommand implements Command {
    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String operands() {
        return "verify";
    }

    @Override
    public String summary() {
        return "checks that nobody has changed, removed or inserted an entry of the audit trail";
    }

    @Override
    public List<Option> options() {
        return List.of(ConfigurationSources.CONFIG, ConfigurationSources.DATA);
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        if (!arguments.operands().equals(List.of("verify"))) {
            throw CommandException.usage("audit: say " + operands());
        }
        Map<String, String> found =
                Administration.of(arguments, shell)
                        .run(new AdminCall(AuditedCommands.VERIFY, Map.of()))
                        .getFirst();
        String problems = found.getOrDefault("problems", "");
        shell.out()
                .println(
                        "%s entries, %s to %s, the newest has the hash %s"
                                .formatted(
                                        found.get("entries"),
                                        found.get("first"),
                                        found.get("last"),
                                        found.get("head")));
        if (problems.isEmpty()) {
            shell.out().println("the chain is whole");
            return Exit.FINE;
        }
        shell.err().println(problems);
        return Exit.FAILED;
    }
}
