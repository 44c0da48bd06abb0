package io.netsentinel.app;

/// The exit codes scripts may rely on.
enum Exit {
    FINE(0),
    FAILED(1),
    BAD_USAGE(2),
    DATA_IN_USE(3),
    PORT_TAKEN(4);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
