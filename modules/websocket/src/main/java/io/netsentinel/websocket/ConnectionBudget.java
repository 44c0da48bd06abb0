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

    public ConnectionBudget {
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be positive: " + connections);
        }
    }

    /// The wanted number, or less when the process may not open that many files.
    ///
    /// @param wanted connections at most
    /// @return a budget that leaves an eighth of the descriptors, and at least 128, to everything
    ///   else; 10 s for the first request; retry after 5 s
    public static ConnectionBudget withinDescriptorLimit(int wanted) {
        long spared = descriptorLimit() - reserve(descriptorLimit());
        if (spared < 1) {
            throw new IllegalStateException(
                    "the limit of open files is too low: "
                            + descriptorLimit()
                            + " (ulimit -n); at least 256 are needed");
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

    private static long reserve(long limit) {
        return Math.max(128, limit / 8);
    }
}
