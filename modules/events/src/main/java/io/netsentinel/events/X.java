package io.netsentinel.events;

/// x
public final class X {
    private X() {}
}
