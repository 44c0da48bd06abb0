package io.netsentinel.websocket;

/// How many frames without content a peer may send: a bucket that fills at `perSecond` and holds
/// twice as many. Used by the reader only.
final class ControlBudget {
    private static final double SECOND = 1e9;

    private final int perSecond;
    private double tokens;
    private long filledAt;

    ControlBudget(int perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = 2.0 * perSecond;
        this.filledAt = now;
    }

    /// Takes one.
    ///
    /// @param now `System.nanoTime()`
    /// @return false when there is none left
    boolean take(long now) {
        tokens = Math.min(2.0 * perSecond, tokens + (now - filledAt) / SECOND * perSecond);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
