package io.netsentinel.auth;

/// The answer to "is this token or cookie good?".
public sealed interface Verdict {
    /// It is.
    record Accepted(Identity identity) implements Verdict {}

    /// It is not.
    ///
    /// @param reason one sentence that may be shown to the caller; it holds nothing of what they
    ///   sent
    /// @param expired whether it was good once and only its time is over
    record Refused(String reason, boolean expired) implements Verdict {}
}
