package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Duration;
import java.util.Optional;

/// `GET|POST /api/sources`, `GET|DELETE /api/sources/{name}` and `POST
/// /api/sources/{name}/{test|pause|resume}`.
public final class SourcesEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public SourcesEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Sources sources = services.get(Sources.class);
        routes.get(
                "/api/sources", Access.ADMIN, (_, response) -> Json.send(response, list(sources)));
        routes.get(
                "/api/sources/{name}",
                Access.ADMIN,
                (request, response) -> Json.send(response, json(sources, find(sources, request))));
        routes.post(
                "/api/sources",
                Access.ADMIN,
                (request, response) -> make(sources, request, response));
        routes.delete(
                "/api/sources/{name}",
                Access.ADMIN,
                (request, response) -> {
                    SourceSlot slot = find(sources, request);
                    String user = Guard.identity(request).user();
                    Made.change(() -> {
                        sources.delete(slot, user);
                        return true;
                    });
                    response.status(Status.NO_CONTENT_204).send();
                });
        routes.post(
                "/api/sources/{name}/{action}",
                Access.ADMIN,
                (request, response) -> act(sources, request, response));
    }

    private static SourceSlot find(Sources sources, ServerRequest request) {
        String name = request.path().pathParameters().get("name");
        return sources.changeable(name)
                .orElseThrow(() -> Problem.notFound("there is no source \"" + name + "\""));
    }

    private static void make(Sources sources, ServerRequest request, ServerResponse response) {
        Made.Wish wish = Made.Wish.of(Json.read(request));
        String user = Guard.identity(request).user();
        SourceSlot made =
                Made.change(() -> sources.make(wish.name(), wish.kind(), wish.options(), user));
        Json.send(response, Status.CREATED_201, json(sources, made));
    }

    private static void act(Sources sources, ServerRequest request, ServerResponse response) {
        SourceSlot slot = find(sources, request);
        String user = Guard.identity(request).user();
        String action = request.path().pathParameters().get("action");
        Json.send(
                response,
                switch (action) {
                    case "test" -> test(slot);
                    case "pause" ->
                            Json.object()
                                    .put("changed", Made.change(() -> sources.pause(slot, user)));
                    case "resume" ->
                            Json.object()
                                    .put("changed", Made.change(() -> sources.resume(slot, user)));
                    default ->
                            throw Problem.notFound(
                                    "there is no action \""
                                            + action
                                            + "\": use test, pause or resume");
                });
    }

    private static ObjectNode test(SourceSlot slot) {
        long start = System.nanoTime();
        Optional<String> problem = slot.test();
        if (problem.isPresent()) {
            throw new Problem(502, "It cannot be read from", problem.get());
        }
        return Json.object()
                .put("readable", true)
                .put("millis", Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static ObjectNode list(Sources sources) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("sources");
        sources.slots().forEach(slot -> list.add(json(sources, slot)));
        sources.posts()
                .statuses()
                .forEach(status -> list.add(json(status).put("origin", "posted")));
        PluginsEndpoint.list(json.putArray("plugins"));
        return json;
    }

    private static ObjectNode json(Sources sources, SourceSlot slot) {
        ObjectNode json = json(slot.status()).put("paused", slot.paused());
        Made.describe(json, slot.definition(), sources.kinds().optionsOf(slot.kind()));
        return json;
    }

    private static ObjectNode json(SourceStatus source) {
        ObjectNode json =
                Json.object()
                        .put("name", source.name())
                        .put("kind", source.kind())
                        .put("path", source.path())
                        .put("format", source.format())
                        .put("state", source.state().text())
                        .put("eventsPerSecond", source.eventsPerSecond())
                        .put("accepted", source.accepted())
                        .put("deadLetters", source.deadLetters())
                        .put("overlong", source.overlong())
                        .put("nulBytes", source.nulBytes())
                        .put("lostBytes", source.lostBytes())
                        .put("rotations", source.rotations())
                        .put("dropped", source.dropped())
                        .put("refused", source.refused())
                        .put("missed", source.missed())
                        .put("returned", source.returned())
                        .put("bytesRead", source.bytesRead())
                        .put("lagBytes", source.lagBytes())
                        .put("progress", source.progress());
        source.lastEvent().ifPresent(time -> json.put("lastEvent", time.toString()));
        if (!source.lastError().isEmpty()) {
            json.put("lastError", source.lastError());
        }
        return json;
    }
}
