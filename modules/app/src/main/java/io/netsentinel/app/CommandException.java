package io.netsentinel.app;

/// Ends a command: the message is all the user needs, no stack trace is shown.
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    CommandException(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    CommandException(Exit exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    static CommandException usage(String message) {
        return new CommandException(Exit.BAD_USAGE, message);
    }

    Exit exit() {
        return exit;
    }
}
