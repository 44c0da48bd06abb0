package io.netsentinel.events;

import java.io.Serial;

/// Bytes that are no MessagePack as it is accepted here. The message says what is wrong and at
/// which byte, and never repeats the input, so that it may be shown.
public final class MessagePackException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    MessagePackException(String reason, int at) {
        super(reason + " at byte " + at, null, false, false);
    }

    /// What is wrong, fit to be shown to whoever sent the input.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
