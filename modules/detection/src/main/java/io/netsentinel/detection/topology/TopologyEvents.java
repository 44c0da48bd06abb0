package io.netsentinel.detection.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Entry;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Events of the channel `topology`: hosts and edges as they are by now, and which are gone.
///
/// A `new` event only tells of what was not known; a `changed` one has everything that changed, a
/// `whole` one everything. The last part of these two says how far the channels were looked at:
/// from there the state can be taken up again.
final class TopologyEvents {
    static final String DATASET = "netsentinel.topology";
    static final String NEW = "new";
    static final String CHANGED = "changed";
    static final String WHOLE = "whole";

    /// Found in the bytes of an event without parsing it.
    static final String PROGRESS = "\"progress\":{";

    static final String BEGINS = "\"action\":\"whole\",\"part\":0";

    private static final int PER_EVENT = 200;

    private final String action;
    private final Graph graph;
    private final Instant now;
    private final List<ObjectNode> events = new ArrayList<>();
    private int room;

    TopologyEvents(String action, Graph graph, Instant now) {
        this.action = action;
        this.graph = graph;
        this.now = now;
    }

    void host(Host host) {
        array("hosts").add(GraphJson.host(Views.host(host)));
    }

    void edge(Edge edge) {
        array("edges").add(GraphJson.edge(Views.edge(edge)));
    }

    void gone(Host host) {
        gone("hosts").add(host.ip());
    }

    void gone(Edge edge) {
        gone("edges").add(GraphJson.names(edge.source().ip(), edge.destination().ip()));
    }

    private ArrayNode gone(String what) {
        return body().withObjectProperty("gone").withArrayProperty(what);
    }

    private ArrayNode array(String what) {
        return body().withArrayProperty(what);
    }

    private ObjectNode body() {
        if (room == 0) {
            room = PER_EVENT;
            events.add(event(events.size()));
        }
        room--;
        return topology(events.getLast());
    }

    private static ObjectNode topology(ObjectNode event) {
        return event.withObjectProperty("ns").withObjectProperty("topology");
    }

    private ObjectNode event(int part) {
        ObjectNode event = GraphJson.JSON.createObjectNode();
        event.put("id", Ulid.next());
        event.put("@timestamp", now.toString());
        event.putObject("event")
                .put("kind", "state")
                .put("module", "netsentinel")
                .put("dataset", DATASET)
                .put("action", action)
                .put("part", part);
        event.put("message", "Who talks to whom: " + action);
        topology(event)
                .put(
                        "since",
                        Instant.ofEpochMilli(Math.min(graph.since(), now.toEpochMilli()))
                                .toString())
                .put("newest", Instant.ofEpochMilli(graph.newest()).toString())
                .putObject("size")
                .put("hosts", graph.hosts().size())
                .put("edges", graph.edges().size());
        return event;
    }

    /// Says up to where everything is in it.
    void progress(Map<String, Long> offsets) {
        if (events.isEmpty()) {
            events.add(event(0));
        }
        ObjectNode progress = topology(events.getLast()).putObject("progress");
        offsets.forEach(progress::put);
    }

    List<Entry> entries() {
        return events.stream().map(event -> Entry.of(Channel.TOPOLOGY, bytes(event))).toList();
    }

    private static byte[] bytes(ObjectNode event) {
        try {
            return GraphJson.JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
