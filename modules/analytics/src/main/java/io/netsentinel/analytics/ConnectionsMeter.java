package io.netsentinel.analytics;

import io.netsentinel.channels.DurableStatistics;
import io.netsentinel.queuing.InboxStatistics;
import io.netsentinel.transport.Connections;
import io.netsentinel.transport.Figures;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.Times;
import io.netsentinel.transport.Traffic;
import io.netsentinel.transport.TrafficSums;
import io.netsentinel.transport.spi.Meter;
import java.util.Comparator;
import java.util.Map;

/// The figures of the connections, of what is kept for clients, and of the dashboards' screens.
public final class ConnectionsMeter implements Meter {
    /// Users with figures of their own, those with the most traffic: each takes four of the figures
    /// that are kept over time.
    private static final int USERS = 20;

    private static final Comparator<Map.Entry<String, Traffic>> BUSIEST_FIRST =
            Comparator.comparingLong(one -> -one.getValue().bytesOut());

    /// For `ServiceLoader`.
    public ConnectionsMeter() {}

    @Override
    public void measure(Services services, Figures figures) {
        services.find(Connections.class).ifPresent(all -> connections(all, figures));
    }

    private static void connections(Connections connections, Figures figures) {
        TrafficSums sums = connections.traffic();
        Traffic traffic = sums.total();
        figures.gauge("netsentinel_connections", "WebSocket connections open.", connections.size());
        figures.counter(
                "netsentinel_connections_opened_total",
                "WebSocket connections since the start.",
                traffic.opened());
        connections
                .ended()
                .forEach((code, count) ->
                        figures.counter(
                                "netsentinel_connections_closed_total",
                                "WebSocket connections that ended, by close code; 1006 are those that were lost.",
                                count,
                                "code",
                                Integer.toString(code)));
        String messages = "WebSocket messages.";
        String bytes = "Bytes over WebSocket connections.";
        figures.counter(
                "netsentinel_messages_total", messages, traffic.messagesIn(), "direction", "in");
        figures.counter(
                "netsentinel_messages_total", messages, traffic.messagesOut(), "direction", "out");
        figures.counter("netsentinel_bytes_total", bytes, traffic.bytesIn(), "direction", "in");
        figures.counter("netsentinel_bytes_total", bytes, traffic.bytesOut(), "direction", "out");
        connections
                .refused()
                .forEach((status, count) ->
                        figures.counter(
                                "netsentinel_connections_refused_total",
                                "WebSocket handshakes that got another answer, by HTTP status.",
                                count,
                                "status",
                                Integer.toString(status)));
        sums.byFormat().forEach((format, share) -> share("format", format, share, figures));
        sums.byUser().entrySet().stream()
                .sorted(BUSIEST_FIRST)
                .limit(USERS)
                .forEach(one -> share("user", one.getKey(), one.getValue(), figures));
        queues(connections, figures);
        times(
                "netsentinel_delivery_seconds",
                "Time from the commit of the newest live event of a socket write to the end of that write.",
                connections.delivery(),
                figures);
        times(
                "netsentinel_client_round_trip_seconds",
                "Time a ping takes to a client and back, of the clients that tell.",
                connections.roundTrips(),
                figures);
        times(
                "netsentinel_screen_seconds",
                "Time from when an alert was taken in until a dashboard showed it, as browsers tell.",
                connections.screens(),
                figures);
        times(
                "netsentinel_connection_seconds",
                "How long the WebSocket connections lasted that have ended.",
                connections.durations(),
                figures);
    }

    private static void share(String kind, String name, Traffic traffic, Figures figures) {
        String messages = "netsentinel_" + kind + "_messages_total";
        String bytes = "netsentinel_" + kind + "_bytes_total";
        String help = "Over WebSocket connections, by " + kind + ".";
        figures.counter(messages, help, traffic.messagesIn(), kind, name, "direction", "in");
        figures.counter(messages, help, traffic.messagesOut(), kind, name, "direction", "out");
        figures.counter(bytes, help, traffic.bytesIn(), kind, name, "direction", "in");
        figures.counter(bytes, help, traffic.bytesOut(), kind, name, "direction", "out");
    }

    private static void queues(Connections connections, Figures figures) {
        DurableStatistics durable = connections.durable();
        figures.gauge(
                "netsentinel_durable_subscriptions",
                "Places kept for durable subscriptions.",
                durable.cursors());
        figures.gauge(
                "netsentinel_durable_subscriptions_held",
                "Those of them whose client is connected.",
                durable.held());
        figures.counter(
                "netsentinel_acknowledgements_total",
                "Acknowledgements of durable subscriptions.",
                durable.acknowledgements());
        InboxStatistics inboxes = connections.inboxes();
        figures.gauge(
                "netsentinel_direct_messages",
                "Direct messages kept until their client acknowledges them.",
                inboxes.messages());
        String ended = "Direct messages that are not kept any more, and those never taken.";
        String name = "netsentinel_direct_messages_total";
        figures.counter(name, ended, inboxes.acknowledged(), "outcome", "acknowledged");
        figures.counter(name, ended, inboxes.expired(), "outcome", "expired");
        figures.counter(name, ended, inboxes.purged(), "outcome", "purged");
        figures.counter(name, ended, inboxes.refused(), "outcome", "refused");
    }

    private static void times(String name, String help, Times times, Figures figures) {
        if (times.enabled()) {
            figures.histogram(name, help, times.bounds(), times.counts(), times.sum());
        }
    }
}
