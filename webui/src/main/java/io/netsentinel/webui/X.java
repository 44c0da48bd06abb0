package io.netsentinel.webui;

/// x
public final class X {
    private X() {}
}
