package io.netsentinel.auth;

/// Something that was good a moment ago and is not any more. Whoever holds an [Identity] it covers
/// lets go of it at once.
///
/// @param scope whether one session or token is meant or everything of a user
/// @param name the session's or token's id, or the user's name
/// @param cause why
public record Revocation(Scope scope, String name, Cause cause) {
    /// What a revocation covers.
    public enum Scope {
        /// One session or token.
        ID,
        /// Everything a user has.
        USER
    }

    /// Why it was revoked.
    public enum Cause {
        /// The user signed out.
        SIGNED_OUT,
        /// The password was changed; whoever knows the new one may come back.
        PASSWORD_CHANGED,
        /// The user has another role: what was opened with the old one ends, the sessions do not.
        ACCESS_CHANGED,
        /// The user was disabled.
        USER_DISABLED,
        /// An administrator revoked the token.
        TOKEN_REVOKED,
        /// A newer session took the place of the user's oldest one.
        DISPLACED
    }

    /// Whether this identity has ended.
    public boolean covers(Identity identity) {
        return switch (scope) {
            case ID -> identity.id().equals(name);
            case USER -> identity.user().equals(name);
        };
    }
}
