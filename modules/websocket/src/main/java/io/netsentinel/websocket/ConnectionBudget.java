package io.netsentinel.websocket;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// How many TCP connections a server takes.
///
/// @param connections open connections at most; further ones are answered with 503
/// @param requestTimeout from accepting a connection to its first complete request head, TLS
///   handshake included; slower ones are closed
/// @param retryAfter seconds a refused client is asked to wait
public record ConnectionBudget(int connections, Duration requestTimeout, int retryAfter) {

    private static final long MIN_RESERVE = 96;

    public ConnectionBudget {
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be positive: " + connections);
        }
    }

    /// The wanted number, or less when the process may not open that many files.
    ///
    /// @param wanted connections at most
    /// @return a budget that leaves what is open now, and an eighth of the limit, at least 96, to
    ///   everything else; 10 s for the first request; retry after 5 s
    /// @throws IllegalStateException when that leaves nothing
    public static ConnectionBudget withinDescriptorLimit(int wanted) {
        return within(wanted, descriptorLimit(), openDescriptors());
    }

    static ConnectionBudget within(int wanted, long limit, long open) {
        long spared = limit - open - Math.max(MIN_RESERVE, limit / 8);
        if (spared < 1) {
            throw new IllegalStateException(
                    "the limit of open files is too low: "
                            + limit
                            + " (ulimit -n), of which "
                            + open
                            + " are in use; it should be at least "
                            + (open + 2 * MIN_RESERVE));
        }
        return new ConnectionBudget((int) Math.min(wanted, spared), Duration.ofSeconds(10), 5);
    }

    /// Files, sockets included, this process may have open; a very large number when unlimited.
    public static long descriptorLimit() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    /// Files, sockets included, this process has open. Costs time in proportion to the number.
    public static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}
