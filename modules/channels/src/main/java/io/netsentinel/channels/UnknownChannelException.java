package io.netsentinel.channels;

/// There is no channel of this name.
public final class UnknownChannelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownChannelException(String channel) {
        super("there is no channel '" + channel + "'", null, false, false);
    }
}
