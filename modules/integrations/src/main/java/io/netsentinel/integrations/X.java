package io.netsentinel.integrations;

/// x
public final class X {
    private X() {}
}
