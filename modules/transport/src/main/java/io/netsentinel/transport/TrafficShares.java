package io.netsentinel.transport;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// What went over connections, by something they have in common: who they are of, or how they are
/// written. There are only so many shares; of what comes when all are taken, one more is the sum.
final class TrafficShares {
    /// The share of all that have none of their own.
    static final String OTHERS = "";

    private final Function<ConnectionInfo, String> key;
    private final int most;
    private final ConcurrentMap<String, Traffic.Past> past = new ConcurrentHashMap<>();

    /// @param key what they have in common; [#OTHERS] while that is not known
    /// @param most how many shares there are at most
    TrafficShares(Function<ConnectionInfo, String> key, int most) {
        this.key = key;
        this.most = most;
    }

    void gone(ConnectionInfo one) {
        past.computeIfAbsent(name(one), _ -> new Traffic.Past()).gone(one);
    }

    /// Since the start.
    ///
    /// @param open the connections that are open
    Map<String, Traffic> with(Collection<ConnectionInfo> open) {
        Map<String, Traffic> shares = new TreeMap<>();
        past.forEach((name, share) -> shares.put(name, share.sum()));
        for (ConnectionInfo one : open) {
            shares.merge(name(one), Traffic.of(one), Traffic::plus);
        }
        return shares;
    }

    private String name(ConnectionInfo one) {
        String name = key.apply(one);
        return past.containsKey(name) || past.size() < most ? name : OTHERS;
    }
}
