package io.netsentinel.queuing;

/// More appends are waiting for their commit than the log accepts; try again later. Carries no
/// stack trace: it is an answer, not an accident.
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message how much is waiting
    public QueueFullException(String message) {
        super(message, null, false, false);
    }
}
