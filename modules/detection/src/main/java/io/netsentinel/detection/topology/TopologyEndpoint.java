package io.netsentinel.detection.topology;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Topology;
import io.netsentinel.detection.TopologyMap;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// `GET /api/topology`: who talks to whom, now or at a moment (`at`), with at most `limit` edges.
public final class TopologyEndpoint implements Endpoint {
    private static final int LIMIT = 2_000;
    private static final int MOST = 50_000;

    /// For `ServiceLoader`.
    public TopologyEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Topology topology = services.get(Topology.class);
        Clock clock = services.get(Clock.class);
        routes.get(
                "/api/topology",
                Access.READ,
                (request, response) -> send(topology, clock, request, response));
    }

    private static void send(
            Topology topology, Clock clock, ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.TOPOLOGY)) {
            throw Problem.forbidden(
                    "this identity may not read the channel topology, or only some rows of events");
        }
        int limit = limit(request.query().first("limit").orElse(String.valueOf(LIMIT)));
        Optional<String> at = request.query().first("at").asOptional();
        Json.send(
                response,
                json(
                        at.map(text -> then(topology, moment(text, clock.instant()), limit))
                                .orElseGet(() -> topology.now(limit))));
    }

    private static TopologyMap then(Topology topology, Instant at, int limit) {
        return topology.at(at, limit)
                .orElseThrow(() ->
                        Problem.notFound(
                                "nothing is known of the topology at "
                                        + at
                                        + ": it was not kept yet, or is kept no more"));
    }

    private static Instant moment(String text, Instant now) {
        try {
            Instant at = Instant.parse(text);
            if (!at.isAfter(now)) {
                return at;
            }
        } catch (DateTimeException _) {
            // the same answer as for a time to come
        }
        throw Problem.badRequest(
                "at: \"" + text + "\" is not a past time such as 2026-06-01T12:00:00Z");
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // the same answer as for a number out of range
        }
        throw Problem.badRequest("limit: \"" + text + "\" is not a number from 1 to " + MOST);
    }

    private static ObjectNode json(TopologyMap map) {
        ObjectNode json = Json.object();
        json.put("at", map.at().toString());
        map.since().ifPresent(since -> json.put("since", since.toString()));
        map.learning().ifPresent(until -> json.put("learning_until", until.toString()));
        json.putObject("size").put("hosts", map.size().hosts()).put("edges", map.size().edges());
        json.putObject("evicted")
                .put("hosts", map.lost().hosts())
                .put("edges", map.lost().edges())
                .put("services", map.lost().services());
        ArrayNode hosts = json.putArray("hosts");
        map.hosts().forEach(host -> hosts.add(GraphJson.host(host)));
        ArrayNode edges = json.putArray("edges");
        map.edges().forEach(edge -> edges.add(GraphJson.edge(edge)));
        return json;
    }
}
