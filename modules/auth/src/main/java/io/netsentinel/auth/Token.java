package io.netsentinel.auth;

import java.time.Instant;
import java.util.List;

/// An issued token, without the token itself: that is shown once, when it is issued.
///
/// @param id its `jti`
/// @param name the name it was issued under; what it does is recorded under this name
/// @param role what it may do
/// @param rights what narrows the role
/// @param issued when
/// @param expires when it ends
/// @param revoked whether it was revoked before its end
public record Token(
        String id,
        String name,
        Role role,
        Rights rights,
        Instant issued,
        Instant expires,
        boolean revoked) {
    /// The only channels it may use; empty for all the role may.
    public List<ChannelGrant> channels() {
        return rights.grants();
    }
}
