package io.netsentinel.transport;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Revocation;
import java.util.ArrayDeque;
import java.util.Optional;

/// The last revocations, so that a connection that was being made while its token was revoked is
/// found out.
final class RecentRevocations {
    private static final int KEPT = 1_000;

    private final ArrayDeque<Revocation> recent = new ArrayDeque<>();
    private long count;

    synchronized void add(Revocation revocation) {
        recent.addLast(revocation);
        count++;
        if (recent.size() > KEPT) {
            recent.removeFirst();
        }
    }

    /// A mark for [#since(long, Identity)].
    synchronized long mark() {
        return count;
    }

    /// What was revoked after the mark and covers the identity.
    synchronized Optional<Revocation> since(long mark, Identity identity) {
        return recent.stream()
                .skip(Math.max(0, mark - (count - recent.size())))
                .filter(revocation -> revocation.covers(identity))
                .findFirst();
    }
}
