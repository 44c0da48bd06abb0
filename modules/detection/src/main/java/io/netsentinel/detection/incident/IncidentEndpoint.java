package io.netsentinel.detection.incident;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Alert;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentConflict;
import io.netsentinel.detection.IncidentPage;
import io.netsentinel.detection.Incidents;
import io.netsentinel.detection.stix.StixBundle;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `GET|POST /api/incidents`, `GET /api/incidents/{id}`, `GET /api/incidents/{id}/export` and `POST
/// /api/incidents/{id}/{status|assign|note|merge|split}`.
public final class IncidentEndpoint implements Endpoint {
    private static final String STIX = "application/stix+json;version=2.1";

    /// For `ServiceLoader`.
    public IncidentEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Incidents incidents = services.get(Incidents.class);
        Alerts alerts = services.get(Alerts.class);
        routes.get(
                        "/api/incidents",
                        Access.READ,
                        (request, response) -> list(incidents, request, response))
                .get(
                        "/api/incidents/{id}",
                        Access.READ,
                        (request, response) -> find(incidents, request, response))
                .get(
                        "/api/incidents/{id}/export",
                        Access.READ,
                        (request, response) -> export(incidents, request, response))
                .post(
                        "/api/incidents",
                        Access.TRIAGE,
                        (request, response) -> open(incidents, alerts, request, response))
                .post(
                        "/api/incidents/{id}/{action}",
                        Access.TRIAGE,
                        (request, response) -> change(incidents, request, response));
    }

    private static void list(Incidents incidents, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        IncidentPage page = incidents.list(who, IncidentParameters.read(request.query()));
        ObjectNode out = Json.object();
        ArrayNode list = out.putArray("incidents");
        page.incidents().forEach(each -> list.add(IncidentJson.state(each)));
        page.next().ifPresent(next -> out.put("next", String.valueOf(next)));
        Json.send(response, out);
    }

    private static void find(Incidents incidents, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        String id = request.path().pathParameters().get("id");
        Incident incident = incidents.find(who, id).orElseThrow(() -> unknown(id));
        ObjectNode out = IncidentJson.full(incident);
        ArrayNode evidence = out.putArray("evidence");
        incidents.members(who, id).forEach(member -> evidence.add(IncidentJson.member(member)));
        Json.send(response, out);
    }

    private static void open(
            Incidents incidents, Alerts alerts, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        try {
            IncidentRequest.Open asked = IncidentRequest.Open.read(Json.read(request));
            if (asked.alerts().size() > Incidents.MAX_OPENING) {
                throw Problem.badRequest(
                        "alerts: at most " + Incidents.MAX_OPENING + " ids at a time");
            }
            List<Alert> found = new ArrayList<>();
            for (String id : asked.alerts()) {
                found.add(
                        alerts.find(who, id)
                                .orElseThrow(() ->
                                        Problem.badRequest(
                                                "alerts: no kept alert has the id \""
                                                        + id
                                                        + "\"")));
            }
            Incident opened = incidents.open(who, found, asked.note());
            Json.send(response, Status.CREATED_201, IncidentJson.full(opened));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        } catch (IncidentConflict e) {
            throw conflict(e);
        }
    }

    private static Problem conflict(IncidentConflict e) {
        return Problem.conflict(e.text())
                .with("version", e.incident().version())
                .with("incident_status", e.incident().status().text())
                .with("owner", e.incident().owner())
                .with("user", e.user())
                .with("time", e.time().toString());
    }

    private static void export(
            Incidents incidents, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        String id = request.path().pathParameters().get("id");
        String format = request.query().first("format").orElse("");
        if (!format.equals("stix")) {
            throw Problem.badRequest("format must be stix");
        }
        Incident incident = incidents.find(who, id).orElseThrow(() -> unknown(id));
        Guard.handsOut(request, "export as stix");
        ObjectNode bundle = StixBundle.of(incident, incidents.members(who, id));
        response.header(HeaderNames.CONTENT_TYPE, STIX)
                .header(
                        HeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"incident-" + incident.id() + ".stix.json\"")
                .send(bundle.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void change(
            Incidents incidents, ServerRequest request, ServerResponse response) {
        Identity who = requireChannel(request);
        Parameters path = request.path().pathParameters();
        String id = path.get("id");
        try {
            IncidentRequest asked =
                    IncidentRequest.read(path.get("action"), Json.read(request))
                            .orElseThrow(() ->
                                    Problem.notFound(
                                            "there is no action \""
                                                    + path.get("action")
                                                    + "\": use status, assign, note, merge or"
                                                    + " split"));
            Incident after =
                    incidents
                            .change(who, id, asked.action(), asked.note(), asked.version())
                            .orElseThrow(() -> unknown(id));
            Json.send(response, IncidentJson.full(after));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        } catch (IncidentConflict e) {
            throw conflict(e);
        }
    }

    private static Identity requireChannel(ServerRequest request) {
        Identity who = Guard.identity(request);
        if (!who.mayReadIncidents()) {
            throw Problem.forbidden("this identity may not read the channel incidents");
        }
        return who;
    }

    private static Problem unknown(String id) {
        return Problem.notFound("no kept incident has the id \"" + id + "\"");
    }
}
