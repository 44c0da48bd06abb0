package io.netsentinel.websocket;

/// Bounds the work a peer can cause with few bytes. What a message inflates to beyond ten times its
/// size is paid for in time: 32 MiB a second, a second's worth ahead. A peer that wants more is
/// read later, not closed. Used by the reader only.
final class InflatePace {
    private static final int FAIR = 10;
    private static final long PER_SECOND = 32 << 20;
    private static final long SECOND = 1_000_000_000;

    /// When everything so far is paid for, `System.nanoTime()`.
    private long paid;

    InflatePace(long now) {
        this.paid = now;
    }

    /// A message was decompressed.
    ///
    /// @param compressed its bytes on the wire
    /// @param work its bytes after
    /// @return nanoseconds to wait before more is read, mostly 0
    long pause(int compressed, long work, long now) {
        long excess = Math.max(0, work - (long) FAIR * compressed);
        paid = (paid - now < 0 ? now : paid) + excess * SECOND / PER_SECOND;
        return Math.max(0, paid - now - SECOND);
    }
}
