package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.integrations.sink.SinkRunner;
import io.netsentinel.integrations.sink.SinkStatus;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// `GET|POST /api/sinks`, `GET|DELETE /api/sinks/{name}` and `POST
/// /api/sinks/{name}/{test|pause|resume|skip|rewind}`.
public final class SinksEndpoint implements Endpoint {
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    /// For `ServiceLoader`.
    public SinksEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Sinks sinks = services.get(Sinks.class);
        routes.get("/api/sinks", Access.ADMIN, (_, response) -> Json.send(response, list(sinks)));
        routes.get(
                "/api/sinks/{name}",
                Access.ADMIN,
                (request, response) -> Json.send(response, json(sinks, find(sinks, request))));
        routes.post(
                "/api/sinks", Access.ADMIN, (request, response) -> make(sinks, request, response));
        routes.delete(
                "/api/sinks/{name}",
                Access.ADMIN,
                (request, response) -> {
                    SinkSlot slot = find(sinks, request);
                    String user = Guard.identity(request).user();
                    Made.change(() -> {
                        sinks.delete(slot, user);
                        return true;
                    });
                    response.status(Status.NO_CONTENT_204).send();
                });
        routes.post(
                "/api/sinks/{name}/{action}",
                Access.ADMIN,
                (request, response) -> act(sinks, request, response));
    }

    private static void make(Sinks sinks, ServerRequest request, ServerResponse response) {
        Made.Wish wish = Made.Wish.of(Json.read(request));
        String user = Guard.identity(request).user();
        SinkSlot made =
                Made.change(() -> sinks.make(wish.name(), wish.kind(), wish.options(), user));
        Json.send(response, Status.CREATED_201, json(sinks, made));
    }

    private static SinkSlot find(Sinks sinks, ServerRequest request) {
        return sinks.require(request.path().pathParameters().get("name"));
    }

    private static void act(Sinks sinks, ServerRequest request, ServerResponse response) {
        SinkSlot slot = find(sinks, request);
        SinkRunner sink = slot.runner().orElseThrow(() -> Problem.conflict(slot.problem()));
        String who = Guard.identity(request).user();
        String action = request.path().pathParameters().get("action");
        ObjectNode body = request.content().hasEntity() ? Json.read(request) : Json.object();
        ObjectNode answer =
                switch (action) {
                    case "test" -> test(sink, who);
                    case "pause" -> Json.object().put("changed", await(sink.pause(who)));
                    case "resume" -> Json.object().put("changed", await(sink.resume(who)));
                    case "skip", "rewind" -> moved(sinks.move(sink, action, body, who));
                    default ->
                            throw Problem.notFound(
                                    "there is no action \""
                                            + action
                                            + "\": use test, pause, resume, skip or rewind");
                };
        Json.send(response, answer);
    }

    private static ObjectNode test(SinkRunner sink, String who) {
        long start = System.nanoTime();
        Optional<String> problem = await(sink.test(who));
        if (problem.isPresent()) {
            throw new Problem(502, "The target did not take it", problem.get());
        }
        return Json.object()
                .put("taken", true)
                .put("millis", Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static ObjectNode moved(Map<String, Long> offsets) {
        ObjectNode json = Json.object();
        ObjectNode channels = json.putObject("offsets");
        offsets.forEach(channels::put);
        return json;
    }

    /// Waits for something that is done between two deliveries.
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            answer.cancel(false);
            throw Problem.unavailable(
                    "the sink is busy with a delivery; nothing was changed", Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server is stopping", Duration.ofSeconds(5));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageDegradedException) {
                throw Problem.unavailable("nothing can be stored for now", Duration.ofSeconds(5));
            }
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e);
        }
    }

    private static ObjectNode list(Sinks sinks) {
        ObjectNode json = Json.object();
        var array = json.putArray("sinks");
        sinks.all().forEach(sink -> array.add(json(sinks, sink)));
        return json;
    }

    private static ObjectNode json(Sinks sinks, SinkSlot slot) {
        ObjectNode json = json(slot.status());
        Made.describe(json, slot.definition(), options(sinks, slot.kind()));
        return json;
    }

    private static List<Option> options(Sinks sinks, String kind) {
        List<Option> options = new ArrayList<>(SinkCommon.OPTIONS);
        options.addAll(sinks.kinds().optionsOf(kind));
        return options;
    }

    private static ObjectNode json(SinkStatus status) {
        ObjectNode json =
                Json.object()
                        .put("name", status.name())
                        .put("kind", status.kind())
                        .put("target", status.target())
                        .put("filter", status.filter())
                        .put("state", status.state().text())
                        .put("circuit", status.circuit().text())
                        .put("lag", status.lag())
                        .put("eventsPerSecond", status.eventsPerSecond())
                        .put("sent", status.sent())
                        .put("bytes", status.bytes())
                        .put("filtered", status.filtered())
                        .put("retried", status.retried())
                        .put("failed", status.failed())
                        .put("skipped", status.skipped())
                        .put("missed", status.missed())
                        .put("batch", status.batch());
        status.connections().ifPresent(count -> json.put("connections", count));
        status.lastSent().ifPresent(time -> json.put("lastSent", time.toString()));
        if (!status.lastError().isEmpty()) {
            json.put("lastError", status.lastError());
        }
        status.lastErrorTime().ifPresent(time -> json.put("lastErrorTime", time.toString()));
        status.nextAttempt().ifPresent(time -> json.put("nextAttempt", time.toString()));
        var cursors = json.putArray("cursors");
        for (SinkStatus.ChannelPlace place : status.places()) {
            cursors.addObject()
                    .put("channel", place.channel())
                    .put("epoch", place.epoch())
                    .put("offset", place.offset())
                    .put("tail", place.tail())
                    .put("lag", place.lag());
        }
        return json;
    }
}
