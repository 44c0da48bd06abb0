package io.netsentinel.auth;

/// A file of the data directory that holds a secret is missing what it needs, can be read by
/// others, or cannot be read or written. The message is one line that names the file and the way
/// out.
public final class AuthFilesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuthFilesException(String message) {
        super(message);
    }

    AuthFilesException(String message, Throwable cause) {
        super(message, cause);
    }
}
