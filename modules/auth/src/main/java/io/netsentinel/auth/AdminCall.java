package io.netsentinel.auth;

import java.util.Map;
import java.util.Optional;

/// One administrative command and its arguments, as the command line gives them.
///
/// @param command one of [AdminCommands]
/// @param arguments by name
public record AdminCall(String command, Map<String, String> arguments) {
    public AdminCall {
        arguments = Map.copyOf(arguments);
    }

    /// An argument, if it was given and is not empty.
    public Optional<String> argument(String name) {
        return Optional.ofNullable(arguments.get(name)).filter(value -> !value.isEmpty());
    }
}
