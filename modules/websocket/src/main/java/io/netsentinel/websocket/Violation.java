package io.netsentinel.websocket;

import java.io.Serial;

/// The peer broke the protocol or a limit: the connection is to be failed with this code.
final class Violation extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final int code;

    /// @param code for the close frame
    /// @param rule what was broken, for the close reason and the log
    Violation(int code, String rule) {
        super(rule, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String rule() {
        return String.valueOf(getMessage());
    }
}
