package io.netsentinel.auth;

/// What a role may do. Each permission stands alone: none includes another.
public enum Permission {
    /// Read pages, channels (`audit` needs [#ADMIN] as well), history and topology.
    READ,
    /// Acknowledge, escalate, write notes, work on incidents.
    TRIAGE,
    /// Publish to channels and post events.
    PUBLISH,
    /// Everything that concerns the server and its users.
    ADMIN
}
