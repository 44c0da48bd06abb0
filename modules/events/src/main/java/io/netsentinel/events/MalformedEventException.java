package io.netsentinel.events;

import java.io.Serial;

/// Bytes that are not an event. The message says what is wrong and where, and never repeats the
/// input, so that it may be shown.
public final class MalformedEventException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /// @param reason what is wrong, fit to be shown to whoever sent the input
    public MalformedEventException(String reason) {
        super(reason);
    }
}
