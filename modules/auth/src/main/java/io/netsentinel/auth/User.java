package io.netsentinel.auth;

import java.time.Instant;

/// A user, without the secret.
///
/// @param name 1 to 64 of `a-z 0-9 . _ @ -`, starting with a letter or digit
/// @param role what the user may do
/// @param disabled a disabled user cannot sign in and has no session
/// @param created when the user was added
/// @param passwordChanged when the password was last set
public record User(
        String name, Role role, boolean disabled, Instant created, Instant passwordChanged) {}
