package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.transport.ProtocolSettings;

/// The settings under `encryption`: messages that only the client and the server can read.
public final class EncryptionKeys {
    private static final int FEWEST = 16;
    private static final int MOST = 1 << 24;

    public static final Key<Integer> FRAMES_PER_KEY =
            Key.of(
                    "encryption.frames-per-key",
                    count("a number", FEWEST, MOST),
                    ProtocolSettings.defaults().framesPerKey(),
                    "After so many frames in one direction of an encrypted WebSocket connection both"
                            + " sides take the next key.");

    static final Section SECTION =
            Section.of(
                    "Message encryption",
                    "For clients that encrypt their messages, for example behind a proxy that ends"
                            + " TLS.",
                    FRAMES_PER_KEY);

    private EncryptionKeys() {}
}
