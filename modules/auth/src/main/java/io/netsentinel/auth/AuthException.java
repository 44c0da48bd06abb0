package io.netsentinel.auth;

/// A request about users or tokens that cannot be done. The message says why and is safe to show.
public final class AuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong, for whoever must choose an answer.
    public enum Reason {
        /// A value is missing or not acceptable.
        INVALID,
        /// There is no such user or token.
        UNKNOWN,
        /// It exists already, or the change would lock everybody out.
        CONFLICT,
        /// The current password given is wrong, or somebody may not come in.
        DENIED,
        /// The identity provider does not answer.
        UNREACHABLE
    }

    private final Reason reason;

    AuthException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// What is wrong.
    public Reason reason() {
        return reason;
    }
}
