package io.netsentinel.channels;

/// No further channel may be created.
public final class ChannelLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChannelLimitException(int limit) {
        super("the limit of " + limit + " channels is reached", null, false, false);
    }
}
