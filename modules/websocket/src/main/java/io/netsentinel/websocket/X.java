package io.netsentinel.websocket;

/// x
public final class X {
    private X() {}
}
