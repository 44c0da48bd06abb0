package io.netsentinel.channels;

/// What a subscription may leave out when it is behind. What it leaves out is declared by a gap.
///
/// @param ttlMillis events older than this may go, by commit time; 0 for no such limit
/// @param maxBehind events further below the newest offset than this may go; 0 for no such limit
/// @param spared events of this priority or above never go; [#NONE_SPARED] when all may
/// @param floor up to here nothing is wanted in any case, as far as that is known from the start
public record Expiry(long ttlMillis, long maxBehind, int spared, long floor) {

    /// Above every priority.
    public static final int NONE_SPARED = 4;

    /// Nothing goes.
    public static final Expiry NEVER = new Expiry(0, 0, NONE_SPARED, 0);

    /// @throws IllegalArgumentException when a value is out of range
    public Expiry {
        if (ttlMillis < 0 || maxBehind < 0 || floor < 0) {
            throw new IllegalArgumentException("a limit is not negative");
        }
        if (spared < 0 || spared > NONE_SPARED) {
            throw new IllegalArgumentException("a priority is 0 to 3: " + spared);
        }
    }

    /// Whether there is a limit at all.
    public boolean active() {
        return ttlMillis > 0 || maxBehind > 0;
    }

    /// Whether everything that is old enough goes, so that it need not be looked at.
    boolean sparesNone() {
        return spared == NONE_SPARED;
    }

    Expiry above(long offset) {
        return new Expiry(ttlMillis, maxBehind, spared, Math.max(0, offset));
    }

    /// Everything up to this offset goes.
    long passed(long tail) {
        return maxBehind > 0 && sparesNone() ? Math.max(floor, tail - maxBehind) : floor;
    }

    /// Whether one event goes.
    boolean over(long offset, long time, int priority, long now, long tail) {
        return priority < spared
                && ((ttlMillis > 0 && time <= now - ttlMillis)
                        || (maxBehind > 0 && offset <= tail - maxBehind));
    }
}
