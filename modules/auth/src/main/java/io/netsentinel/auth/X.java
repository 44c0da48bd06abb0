package io.netsentinel.auth;

/// x
public final class X {
    private X() {}
}
