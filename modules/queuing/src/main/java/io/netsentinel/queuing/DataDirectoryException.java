package io.netsentinel.queuing;

/// The data directory cannot be used; the message is one clear line.
public sealed class DataDirectoryException extends RuntimeException
        permits DataDirectoryInUseException {

    private static final long serialVersionUID = 1L;

    DataDirectoryException(String message) {
        super(message);
    }

    DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
