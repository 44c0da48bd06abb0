package io.netsentinel.analytics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubStatistics;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogStatistics;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Connections;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.Traffic;
import io.netsentinel.transport.TrafficSums;
import io.netsentinel.transport.spi.Endpoint;
import java.util.Map;
import java.util.TreeMap;

/// `GET /ws/stats`: connections, streams and the log in figures since the start, as JSON.
public final class StatsEndpoint implements Endpoint {
    private static final double NANOS_PER_MILLI = 1e6;

    /// For `ServiceLoader`.
    public StatsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Connections connections = services.get(Connections.class);
        Hub hub = services.get(Hub.class);
        EventLog log = services.get(EventLog.class);
        routes.get(
                "/ws/stats",
                Access.ADMIN,
                (_, response) -> Json.send(response, stats(connections, hub, log)));
    }

    private static ObjectNode stats(Connections connections, Hub hub, EventLog log) {
        ObjectNode json = Json.object();
        TrafficSums sums = connections.traffic();
        connections(json.putObject("connections"), connections, sums.total());
        shares(json.putArray("users"), "user", sums.byUser());
        shares(json.putArray("formats"), "format", sums.byFormat());
        HubStatistics streams = hub.statistics();
        json.putObject("streams")
                .put("channels", streams.channels())
                .put("views", streams.views())
                .put("subscriptions", streams.subscriptions())
                .put("hotBytes", streams.hotBytes())
                .put("pagesRead", streams.pagesRead())
                .put("encoded", streams.encoded())
                .put("frames", streams.frames())
                .put("delivered", streams.delivered())
                .put("plainBytes", streams.plainBytes())
                .put("compressedBytes", streams.compressedBytes());
        ObjectNode gone = json.putObject("gone");
        streams.gone().forEach((reason, count) -> gone.put(reason.text(), count));
        log(json.putObject("log"), log.statistics());
        return json;
    }

    private static void connections(ObjectNode json, Connections connections, Traffic traffic) {
        traffic(json.put("open", connections.size()), traffic);
        ObjectNode closed = json.putObject("closed");
        connections.ended().forEach((code, count) -> closed.put(Integer.toString(code), count));
        ObjectNode refused = json.putObject("refused");
        connections
                .refused()
                .forEach((status, count) -> refused.put(Integer.toString(status), count));
    }

    private static void shares(ArrayNode json, String name, Map<String, Traffic> shares) {
        new TreeMap<>(shares)
                .forEach((share, traffic) -> traffic(json.addObject().put(name, share), traffic));
    }

    private static void traffic(ObjectNode json, Traffic traffic) {
        json.put("opened", traffic.opened())
                .put("messagesIn", traffic.messagesIn())
                .put("messagesOut", traffic.messagesOut())
                .put("bytesIn", traffic.bytesIn())
                .put("bytesOut", traffic.bytesOut());
    }

    private static void log(ObjectNode json, LogStatistics log) {
        json.put("events", log.events())
                .put("bytes", log.bytes())
                .put("commits", log.groups())
                .put("duplicates", log.duplicates())
                .put("refused", log.refused())
                .put("queuedEvents", log.queuedEvents())
                .put("diskBytes", log.diskBytes())
                .put("segments", log.segments())
                .put("recordsRead", log.recordsRead());
        latency(json.putObject("commitMs"), log.commit());
        latency(json.putObject("appendMs"), log.append());
    }

    private static void latency(ObjectNode json, LogStatistics.Latency latency) {
        json.put("count", latency.count())
                .put("p50", latency.p50().toNanos() / NANOS_PER_MILLI)
                .put("p99", latency.p99().toNanos() / NANOS_PER_MILLI)
                .put("max", latency.max().toNanos() / NANOS_PER_MILLI);
    }
}
