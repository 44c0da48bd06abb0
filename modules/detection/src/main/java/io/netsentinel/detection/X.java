package io.netsentinel.detection;

/// x
public final class X {
    private X() {}
}
