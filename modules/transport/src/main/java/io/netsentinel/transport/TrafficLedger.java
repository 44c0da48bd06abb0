package io.netsentinel.transport;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/// What went over all connections since the start, the open ones and those that have ended.
final class TrafficLedger {
    /// Users whose traffic is told apart.
    private static final int USERS = 1_000;

    private final TrafficShares users = new TrafficShares(USERS);
    private final TrafficShares formats = new TrafficShares(Integer.MAX_VALUE);
    private Traffic past = Traffic.NONE;

    /// A connection ends.
    ///
    /// @param remove takes it out of the open ones: from then on it is among the ended ones, and at
    ///   no time in both or in neither
    synchronized void ended(ProtocolConnection connection, Runnable remove) {
        remove.run();
        Traffic traffic = Traffic.of(connection);
        past = past.plus(traffic);
        users.gone(user(connection), traffic);
        formats.gone(format(connection), traffic);
    }

    /// All sums at one moment.
    ///
    /// @param open the open connections
    synchronized TrafficSums sums(Collection<ProtocolConnection> open) {
        Traffic total = past;
        Map<String, Traffic> byUser = users.begin();
        Map<String, Traffic> byFormat = formats.begin();
        for (ProtocolConnection connection : open) {
            Traffic traffic = Traffic.of(connection);
            total = total.plus(traffic);
            users.add(byUser, user(connection), traffic);
            formats.add(byFormat, format(connection), traffic);
        }
        return new TrafficSums(total, byUser, byFormat);
    }

    private static String user(ProtocolConnection connection) {
        return connection.identity().map(who -> who.user()).orElse("");
    }

    private static String format(ProtocolConnection connection) {
        return connection.wire().encoding().name().toLowerCase(Locale.ROOT);
    }
}
