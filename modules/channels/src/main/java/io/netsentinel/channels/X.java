package io.netsentinel.channels;

/// x
public final class X {
    private X() {}
}
