package io.netsentinel.auth;

import java.time.Duration;
import java.time.Instant;

/// The answer to a user name and a password.
public sealed interface SignIn {
    /// Welcome. A new session has begun.
    ///
    /// @param identity who signed in, as the session cookie proves it
    /// @param token the same session as a JWT for `Authorization: Bearer`
    /// @param cookie the value of the session cookie: a secret, not kept by the server
    /// @param csrf what a changing request that comes with the cookie must repeat
    /// @param expires when the session ends at the latest
    record Granted(Identity identity, String token, String cookie, String csrf, Instant expires)
            implements SignIn {}

    /// Unknown user, wrong password or disabled user: the answer does not say which.
    record Denied() implements SignIn {}

    /// Too many attempts.
    ///
    /// @param retryAfter how long to wait, at least a second
    record TooMany(Duration retryAfter) implements SignIn {}
}
