package io.netsentinel.queuing;

/// x
public final class X {
    private X() {}
}
