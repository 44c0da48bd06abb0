package io.netsentinel.transport;

/// The server cannot start. The message is one line for whoever started it.
public final class ServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why, as far as a script wants to know.
    public enum Reason {
        /// A setting is wrong, or a file it names.
        SETTINGS,
        /// Something else listens on the port.
        PORT_IN_USE,
        /// The address is not one of this machine, or the port needs more rights.
        CANNOT_BIND
    }

    private final Reason reason;

    ServerException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ServerException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// Why.
    public Reason reason() {
        return reason;
    }
}
