package io.netsentinel.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What went over connections, by something they have in common: who they are of, or how they are
/// written. Whoever comes first has a share of their own, up to a number of shares; all others
/// together are one more, without a name. No share ever gets less.
///
/// Not for several threads at once.
final class TrafficShares {
    private static final String OTHERS = "";

    private final int most;

    /// A share, once given, stays: what ended connections of it have left.
    private final Map<String, Traffic> past = new HashMap<>();

    /// @param most how many shares with a name there are at most
    TrafficShares(int most) {
        this.most = most;
    }

    /// A connection has ended.
    ///
    /// @param name what it has in common with others; empty when that was never known
    void gone(String name, Traffic traffic) {
        past.merge(share(name), traffic, Traffic::plus);
    }

    /// Sums that begin with the connections that have ended.
    Map<String, Traffic> begin() {
        Map<String, Traffic> sums = new TreeMap<>(past);
        sums.values().removeIf(Traffic.NONE::equals);
        return sums;
    }

    /// Adds an open connection to sums. One of which is not known yet where it belongs is left out:
    /// it would be taken away again.
    void add(Map<String, Traffic> sums, String name, Traffic traffic) {
        if (!name.isEmpty()) {
            sums.merge(share(name), traffic, Traffic::plus);
        }
    }

    private String share(String name) {
        if (past.containsKey(name)) {
            return name;
        }
        if (name.isEmpty() || past.size() >= most) {
            return OTHERS;
        }
        past.put(name, Traffic.NONE);
        return name;
    }
}
