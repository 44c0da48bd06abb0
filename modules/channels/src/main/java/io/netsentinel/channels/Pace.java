package io.netsentinel.channels;

/// How many events a subscription may hand out: so many a second, and after a rest those of a tenth
/// of a second at once, at least one. Used by one thread at a time.
final class Pace {
    private static final double BURST_SECONDS = 0.1;
    private static final double MILLIS = 1_000;

    /// A wake-up costs a socket write, so even a high rate gets no more than a hundred a second.
    private static final long SHORTEST_WAIT = 10;

    private final double perMilli;
    private final double most;
    private double left;
    private long at;

    /// @param perSecond more than 0
    /// @param now milliseconds
    Pace(double perSecond, long now) {
        this.perMilli = perSecond / MILLIS;
        this.most = Math.max(1, perSecond * BURST_SECONDS);
        this.left = most;
        this.at = now;
    }

    /// How many events may be handed out now.
    int allowed(long now) {
        left = Math.min(most, left + Math.max(0, now - at) * perMilli);
        at = now;
        return (int) left;
    }

    void spend(int events) {
        left -= events;
    }

    /// Milliseconds until the next event may be handed out.
    long pause() {
        return Math.max(SHORTEST_WAIT, (long) Math.ceil((1 - left) / perMilli));
    }
}
