package io.netsentinel.webui;

/// How fast a counter runs, over its last few readings.
final class RateOfChange {
    private final long[] times;
    private final long[] counts;
    private int readings;

    /// @param span how many intervals between two readings the rate covers
    RateOfChange(int span) {
        times = new long[span + 1];
        counts = new long[span + 1];
    }

    /// A reading.
    ///
    /// @param nanos when, by [System#nanoTime]
    synchronized void add(long nanos, long count) {
        times[readings % times.length] = nanos;
        counts[readings % counts.length] = count;
        readings++;
    }

    /// Counts per second; 0 while there are less than two readings.
    synchronized double perSecond() {
        if (readings < 2) {
            return 0;
        }
        int newest = (readings - 1) % times.length;
        int oldest = readings <= times.length ? 0 : readings % times.length;
        double seconds = (times[newest] - times[oldest]) / 1e9;
        return seconds <= 0 ? 0 : Math.max(0, counts[newest] - counts[oldest]) / seconds;
    }
}
