package io.netsentinel.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words after a command, sorted into options (`--port 8082` or `--port=8082`) and operands.
final class Arguments {
    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Arguments() {}

    /// Throws a [CommandException] that names the word which does not fit.
    static Arguments parse(Command command, List<String> words) {
        Arguments arguments = new Arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                arguments.operands.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            Option option = find(command, equals < 0 ? word : word.substring(0, equals));
            if (equals >= 0) {
                arguments.put(command, option, word.substring(equals + 1));
            } else if (!option.takesValue()) {
                arguments.put(command, option, "");
            } else if (++i < words.size()) {
                arguments.put(command, option, words.get(i));
            } else {
                throw CommandException.usage(
                        command.name()
                                + ": "
                                + option.name()
                                + " needs a value: "
                                + option.synopsis());
            }
        }
        return arguments;
    }

    private static Option find(Command command, String name) {
        for (Option option : command.options()) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        List<String> names = command.options().stream().map(Option::name).toList();
        throw CommandException.usage(
                command.name() + ": unknown option " + name + Suggestion.text(name, names));
    }

    private void put(Command command, Option option, String value) {
        List<String> values = options.computeIfAbsent(option.name(), _ -> new ArrayList<>());
        if (!values.isEmpty() && !option.repeatable()) {
            throw CommandException.usage(command.name() + ": " + option.name() + " is given twice");
        }
        if (!option.takesValue() && !value.isEmpty()) {
            throw CommandException.usage(command.name() + ": " + option.name() + " takes no value");
        }
        values.add(value);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> value(String option) {
        return values(option).stream().findFirst();
    }

    List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    /// For commands that take only options.
    void noOperands(Command command) {
        if (!operands.isEmpty()) {
            throw CommandException.usage(command.name() + ": unexpected " + operands.getFirst());
        }
    }

    List<String> operands() {
        return List.copyOf(operands);
    }
}
