package io.netsentinel.transport;

import io.netsentinel.auth.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Watches over one connection in time: somebody must say who they are, answer pings, and hold a
/// token that has not ended. Used by the timer's thread, but for what is volatile.
final class Liveness {
    /// Nothing has to be done for longer than anything here takes.
    private static final long FAR = Duration.ofHours(1).toNanos();

    private final ProtocolSettings.Timing timing;
    private final long opened;
    private long nextPing;
    private long warnedFor = Long.MIN_VALUE;

    /// `System.nanoTime()` of the oldest ping that waits for an answer; 0 when none does.
    private volatile long waitingSince;

    Liveness(ProtocolSettings.Timing timing, long now) {
        this.timing = timing;
        this.opened = now;
        this.nextPing = now + timing.ping().toNanos();
    }

    /// What has to be done now.
    ///
    /// @param close why the connection must end, if it must
    /// @param ping whether to ping
    /// @param expiring how long the token is still good, when the client has to be told
    /// @param next nanoseconds until the next look
    record Due(Optional<CloseCode> close, boolean ping, Optional<Duration> expiring, long next) {}

    /// The writer has written a ping.
    void pinged(long now) {
        if (waitingSince == 0) {
            waitingSince = now | 1;
        }
    }

    /// Looks at everything.
    ///
    /// @param now `System.nanoTime()`
    /// @param received when bytes came in last
    Due look(long now, long received, Optional<Identity> identity, Instant time) {
        Optional<CloseCode> close = overdue(now, received, identity, time);
        Optional<Duration> expiring = expiring(identity, time);
        boolean ping = now - nextPing >= 0;
        if (ping) {
            nextPing = now + timing.ping().toNanos();
        }
        long wait = untilNext(now, identity, time);
        return new Due(
                close, ping, expiring, ping ? Math.min(wait, timing.pong().toNanos()) : wait);
    }

    private Optional<CloseCode> overdue(
            long now, long received, Optional<Identity> identity, Instant time) {
        if (identity.isEmpty() && now - opened >= timing.identity().toNanos()) {
            return Optional.of(CloseCode.NO_IDENTITY);
        }
        long since = waitingSince;
        if (since != 0 && received - since >= 0) {
            waitingSince = 0;
        } else if (since != 0 && now - since >= timing.pong().toNanos()) {
            return Optional.of(CloseCode.NO_PONG);
        }
        return left(identity, time).filter(d -> d.plus(timing.grace()).isNegative()).isPresent()
                ? Optional.of(CloseCode.TOKEN_EXPIRED)
                : Optional.empty();
    }

    private Optional<Duration> expiring(Optional<Identity> identity, Instant time) {
        Optional<Duration> left =
                left(identity, time).filter(d -> d.compareTo(timing.expiring()) <= 0);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        long end = identity.flatMap(Identity::expires).map(Instant::toEpochMilli).orElse(0L);
        if (warnedFor == end) {
            return Optional.empty();
        }
        warnedFor = end;
        return left;
    }

    private long untilNext(long now, Optional<Identity> identity, Instant time) {
        long wait = Math.min(FAR, nextPing - now);
        if (identity.isEmpty()) {
            wait = Math.min(wait, opened + timing.identity().toNanos() - now);
        }
        if (waitingSince != 0) {
            wait = Math.min(wait, waitingSince + timing.pong().toNanos() - now);
        }
        Optional<Duration> left = left(identity, time);
        if (left.isPresent()) {
            wait = Math.min(wait, untilExpiryMatters(left.get()));
        }
        return Math.max(0, wait) + Duration.ofMillis(1).toNanos();
    }

    private long untilExpiryMatters(Duration left) {
        Duration warning = left.minus(timing.expiring());
        Duration next = warning.isPositive() ? warning : left.plus(timing.grace());
        return next.compareTo(timing.ping()) > 0 ? FAR : next.toNanos();
    }

    private static Optional<Duration> left(Optional<Identity> identity, Instant time) {
        return identity.flatMap(Identity::expires).map(end -> Duration.between(time, end));
    }
}
