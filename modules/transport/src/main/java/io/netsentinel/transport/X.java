package io.netsentinel.transport;

/// x
public final class X {
    private X() {}
}
