package io.netsentinel.integrations;

/// A source or sink cannot be changed now; the message says why and what the way out is.
final class NotChangeableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotChangeableException(String message) {
        super(message);
    }
}
