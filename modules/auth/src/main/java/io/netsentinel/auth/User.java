package io.netsentinel.auth;

import java.time.Instant;
import java.util.Optional;

/// A user, without the secret.
///
/// @param name 1 to 64 of `a-z 0-9 . _ @ -`, starting with a letter or digit
/// @param role what the user may do
/// @param disabled a disabled user cannot sign in and has no session
/// @param created when the user was added
/// @param passwordChanged when the password was last set
/// @param account where the user signs in instead; empty for users with a password
public record User(
        String name,
        Role role,
        boolean disabled,
        Instant created,
        Instant passwordChanged,
        Optional<Account> account) {
    User withRole(Role other) {
        return new User(name, other, disabled, created, passwordChanged, account);
    }

    User withDisabled(boolean now) {
        return new User(name, role, now, created, passwordChanged, account);
    }

    User withPasswordChanged(Instant when) {
        return new User(name, role, disabled, created, when, account);
    }
}
