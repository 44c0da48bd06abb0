package io.netsentinel.app;

/// x
public final class X {
    private X() {}
}
