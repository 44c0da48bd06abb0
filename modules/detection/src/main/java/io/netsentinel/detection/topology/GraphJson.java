package io.netsentinel.detection.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import java.time.DateTimeException;
import java.time.Instant;

/// Hosts and edges as JSON, and back.
final class GraphJson {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String PROTOCOL = "protocol";
    private static final String TRANSPORT = "transport";
    private static final String CONNECTIONS = "connections";
    private static final String BYTES_OUT = "bytes_out";
    private static final String BYTES_IN = "bytes_in";
    private static final String SOURCE = "source";
    private static final String DESTINATION = "destination";

    private GraphJson() {}

    static ObjectNode host(TopologyHost host) {
        ObjectNode json = JSON.createObjectNode();
        json.put("ip", host.ip())
                .put("inside", host.inside())
                .put("role", host.role())
                .put("cluster", host.cluster())
                .put("x", host.x())
                .put("y", host.y())
                .put(FIRST, host.first().toString())
                .put(LAST, host.last().toString())
                .put(BYTES_OUT, host.bytesOut())
                .put(BYTES_IN, host.bytesIn());
        ArrayNode services = json.putArray("services");
        for (TopologyHost.Service service : host.services()) {
            services.addObject()
                    .put(TRANSPORT, service.transport())
                    .put("port", service.port())
                    .put(PROTOCOL, service.protocol())
                    .put(FIRST, service.first().toString())
                    .put(LAST, service.last().toString())
                    .put(CONNECTIONS, service.connections())
                    .put("bytes", service.bytes());
        }
        return json;
    }

    static ObjectNode edge(TopologyEdge edge) {
        ObjectNode json = names(edge.source(), edge.destination());
        json.put(FIRST, edge.first().toString())
                .put(LAST, edge.last().toString())
                .put(CONNECTIONS, edge.connections())
                .put(BYTES_OUT, edge.bytesOut())
                .put(BYTES_IN, edge.bytesIn());
        ArrayNode protocols = json.putArray("protocols");
        edge.protocols().forEach(protocols::add);
        return json;
    }

    static ObjectNode names(String source, String destination) {
        return JSON.createObjectNode().put(SOURCE, source).put(DESTINATION, destination);
    }

    /// Takes up what an event of the channel `topology` tells.
    static void restore(JsonNode told, Graph graph) {
        if (told.has("since")) {
            graph.restore(time(told, "since"), time(told, "newest"));
        }
        for (JsonNode json : told.path("hosts")) {
            host(json, graph);
        }
        for (JsonNode json : told.path("edges")) {
            edge(json, graph);
        }
        for (JsonNode json : told.path("gone").path("edges")) {
            graph.restoreGone(json.path(SOURCE).asText(), json.path(DESTINATION).asText());
        }
        for (JsonNode json : told.path("gone").path("hosts")) {
            graph.restoreGone(json.asText());
        }
    }

    private static void host(JsonNode json, Graph graph) {
        Host host =
                graph.restoreHost(json.path("ip").asText(), time(json, FIRST), time(json, LAST));
        host.moved(json.path(BYTES_OUT).asLong(), json.path(BYTES_IN).asLong());
        for (JsonNode one : json.path("services")) {
            String transport = one.path(TRANSPORT).asText();
            int port = one.path("port").asInt();
            Service service = new Service(transport, port, time(one, FIRST), time(one, LAST));
            service.restore(
                    one.path(PROTOCOL).asText(),
                    one.path(CONNECTIONS).asLong(),
                    one.path("bytes").asLong());
            service.tell();
            host.services().put(transport + "/" + port, service);
        }
        host.tell();
    }

    private static void edge(JsonNode json, Graph graph) {
        Edge edge =
                graph.restoreEdge(
                        json.path(SOURCE).asText(),
                        json.path(DESTINATION).asText(),
                        time(json, FIRST),
                        time(json, LAST));
        edge.restore(
                json.path(CONNECTIONS).asLong(),
                json.path(BYTES_OUT).asLong(),
                json.path(BYTES_IN).asLong());
        json.path("protocols").forEach(protocol -> edge.speaks(protocol.asText()));
        edge.tell();
    }

    static long time(JsonNode json, String field) {
        try {
            return Instant.parse(json.path(field).asText()).toEpochMilli();
        } catch (DateTimeException _) {
            return 0;
        }
    }
}
