package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.integrations.sink.NotificationRunner;
import io.netsentinel.integrations.sink.NotificationStatus;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Duration;
import java.util.Optional;

/// `GET|POST /api/notifications`, `GET|DELETE /api/notifications/{name}` and `POST
/// /api/notifications/{name}/test`.
public final class NotificationsEndpoint implements Endpoint {
    private static final String ONE = "/api/notifications/{name}";

    /// For `ServiceLoader`.
    public NotificationsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Notifications notifications = services.get(Notifications.class);
        routes.get(
                "/api/notifications",
                Access.ADMIN,
                (_, response) -> Json.send(response, list(notifications)));
        routes.get(
                ONE,
                Access.ADMIN,
                (request, response) ->
                        Json.send(response, json(notifications, find(notifications, request))));
        routes.post(
                "/api/notifications",
                Access.ADMIN,
                (request, response) -> make(notifications, request, response));
        routes.delete(
                ONE,
                Access.ADMIN,
                (request, response) -> {
                    NotificationSlot slot = find(notifications, request);
                    String user = Guard.identity(request).user();
                    Made.change(() -> {
                        notifications.delete(slot, user);
                        return true;
                    });
                    response.status(Status.NO_CONTENT_204).send();
                });
        routes.post(
                ONE + "/test",
                Access.ADMIN,
                (request, response) ->
                        Json.send(
                                response,
                                test(
                                        find(notifications, request),
                                        Guard.identity(request).user())));
    }

    private static NotificationSlot find(Notifications notifications, ServerRequest request) {
        String name = request.path().pathParameters().get("name");
        return notifications
                .find(name)
                .orElseThrow(() -> Problem.notFound("there is no notification \"" + name + "\""));
    }

    private static void make(
            Notifications notifications, ServerRequest request, ServerResponse response) {
        Made.Wish wish = Made.Wish.of(Json.read(request));
        String user = Guard.identity(request).user();
        NotificationSlot made =
                Made.change(
                        () -> notifications.make(wish.name(), wish.kind(), wish.options(), user));
        Json.send(response, Status.CREATED_201, json(notifications, made));
    }

    private static ObjectNode test(NotificationSlot slot, String who) {
        NotificationRunner runner =
                slot.runner().orElseThrow(() -> Problem.conflict(slot.problem()));
        long start = System.nanoTime();
        Optional<String> problem = SinksEndpoint.await(runner.test(who));
        if (problem.isPresent()) {
            throw new Problem(502, "The target did not take it", problem.get());
        }
        return Json.object()
                .put("taken", true)
                .put("millis", Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static ObjectNode list(Notifications notifications) {
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("notifications");
        notifications.all().forEach(slot -> array.add(json(notifications, slot)));
        return json;
    }

    private static ObjectNode json(Notifications notifications, NotificationSlot slot) {
        NotificationStatus status = slot.status();
        ObjectNode json =
                Json.object()
                        .put("name", slot.name())
                        .put("kind", slot.kind())
                        .put("target", status.target())
                        .put("state", status.state())
                        .put("matched", status.matched())
                        .put("pending", status.pending())
                        .put("sent", status.messages())
                        .put("failed", status.failed())
                        .put("missed", status.missed())
                        .put("lag", status.lag());
        status.next().ifPresent(time -> json.put("next", time.toString()));
        if (!status.held().isEmpty()) {
            json.put("heldBy", status.held());
        }
        status.lastSent().ifPresent(time -> json.put("lastSent", time.toString()));
        if (!status.lastError().isEmpty()) {
            json.put("lastError", status.lastError());
        }
        status.lastErrorTime().ifPresent(time -> json.put("lastErrorTime", time.toString()));
        Made.describe(json, slot.definition(), notifications.known(slot.kind()));
        return json;
    }
}
