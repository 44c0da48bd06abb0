package io.netsentinel.auth;

import java.time.Instant;

/// A session as it may be shown.
///
/// @param id its id, which is no secret: nobody signs in with it
/// @param user whose it is
/// @param created when the user signed in
/// @param seen when it was last used, some minutes inexact
/// @param expires when it ends whatever happens
public record SessionInfo(String id, String user, Instant created, Instant seen, Instant expires) {}
