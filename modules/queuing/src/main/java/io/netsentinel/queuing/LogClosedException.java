package io.netsentinel.queuing;

/// The log was closed before the operation was done; nothing of it was written.
public final class LogClosedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogClosedException() {
        super("the log is closed", null, false, false);
    }
}
