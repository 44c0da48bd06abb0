package io.netsentinel.detection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.util.List;

/// `GET /api/alerts`, `GET /api/alerts/groups`, `GET /api/alerts/{id}`, `POST
/// /api/alerts/{id}/{ack|unack|escalate|note}` and `POST /api/alerts/ack` for many at once.
public final class AlertEndpoint implements Endpoint {

    /// For `ServiceLoader`.
    public AlertEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Alerts alerts = services.get(Alerts.class);
        routes.get(
                        "/api/alerts",
                        Access.READ,
                        (request, response) -> list(alerts, request, response))
                // before {id}, which would match them too
                .get(
                        "/api/alerts/groups",
                        Access.READ,
                        (request, response) -> groups(alerts, request, response))
                .post(
                        "/api/alerts/ack",
                        Access.TRIAGE,
                        (request, response) -> acknowledge(alerts, request, response))
                .get(
                        "/api/alerts/{id}",
                        Access.READ,
                        (request, response) -> find(alerts, request, response))
                .post(
                        "/api/alerts/{id}/{action}",
                        Access.TRIAGE,
                        (request, response) -> change(alerts, request, response));
    }

    private static void list(Alerts alerts, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        AlertQuery query = QueryParameters.alerts(request.query());
        send(response, AlertJson.page(alerts.list(who, query)));
    }

    private static void groups(Alerts alerts, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        AlertQuery query = QueryParameters.alerts(request.query());
        GroupBy by = QueryParameters.groupBy(request.query());
        send(response, GroupJson.write(alerts.groups(who, query, by)));
    }

    private static void find(Alerts alerts, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        String id = request.path().pathParameters().get("id");
        send(response, AlertJson.write(alerts.find(who, id).orElseThrow(() -> unknown(id))));
    }

    private static void change(Alerts alerts, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        Parameters path = request.path().pathParameters();
        String name = path.get("action");
        Action action =
                Action.parse(name)
                        .orElseThrow(() ->
                                Problem.notFound(
                                        "there is no action \""
                                                + name
                                                + "\": use ack, unack, escalate or note"));
        String id = path.get("id");
        String note = note(request);
        TriageResult result = checked(() -> alerts.change(who, action, List.of(id), note));
        if (!result.unknown().isEmpty()) {
            throw unknown(id);
        }
        for (TriageResult.Conflict conflict : result.conflicts()) {
            throw Problem.conflict(conflict.message())
                    .with("status", conflict.status().text())
                    .with("user", conflict.user())
                    .with("time", conflict.time().toString());
        }
        send(response, AlertJson.changed(result.changed().getFirst()));
    }

    private static void acknowledge(Alerts alerts, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        ObjectNode body = Json.read(request);
        BulkRequest bulk = BulkRequest.read(body);
        TriageResult result = checked(() -> bulk.apply(alerts, who));
        send(response, AlertJson.result(result));
    }

    private static TriageResult checked(java.util.function.Supplier<TriageResult> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static String note(ServerRequest request) {
        return request.content().hasEntity()
                ? Json.optionalText(Json.read(request), "note").orElse("")
                : "";
    }

    private static Identity requireChannel(ServerRequest request) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.ALERTS)) {
            throw Problem.forbidden("this identity may not read the channel alerts");
        }
        return who;
    }

    private static Problem unknown(String id) {
        return Problem.notFound("no kept alert has the id \"" + id + "\"");
    }

    private static void send(ServerResponse response, byte[] json) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(json);
    }
}
