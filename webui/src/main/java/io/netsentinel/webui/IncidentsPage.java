package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.Incidents;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.List;
import java.util.Map;

/// `/incidents`, the list, and `/incidents/{id}`, one incident.
final class IncidentsPage {
    private static final String ROWS = "tbody#rows";
    private static final String DETAIL = "div#incident";

    private final Web web;
    private final Incidents incidents;

    IncidentsPage(Web web, Incidents incidents) {
        this.web = web;
        this.incidents = incidents;
    }

    void routes(Routes routes) {
        routes.get("/incidents", Access.PAGE, this::list)
                .get("/incidents/{id}", Access.PAGE, this::one);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Identity who = reader(request);
        IncidentsView view = IncidentsView.parse(Web.parameters(request));
        Map<String, Object> model = model(request, who, PageHead.of("Incidents", "/incidents"));
        model.put("list", IncidentsModel.of(view, incidents.list(who, view.toQuery()), who.user()));
        if (Web.target(request).equals(ROWS)) {
            web.fragment(request, response, "incidents", "lines", model);
        } else {
            web.page(request, response, "incidents", model);
        }
    }

    private void one(ServerRequest request, ServerResponse response) {
        Identity who = reader(request);
        String id = request.path().pathParameters().get("id");
        Incident incident =
                incidents
                        .find(who, id)
                        .orElseThrow(() -> Problem.notFound("No kept incident has this id."));
        PageHead head =
                new PageHead(
                        Visible.of(incident.title()),
                        "Incident",
                        "/incidents/",
                        "",
                        List.of(),
                        Window.Form.NONE);
        Map<String, Object> model = model(request, who, head);
        model.put("incident", IncidentModel.of(incident, incidents.members(who, id), who.user()));
        model.put("acts", who.may(Permission.TRIAGE) && incident.mergedInto().isEmpty());
        if (Web.target(request).equals(DETAIL)) {
            web.fragment(request, response, "incident", "detail", model);
        } else {
            web.page(request, response, "incident", model);
        }
    }

    /// Whose rows are narrowed gets no events of the channel: the page asks again from time to
    /// time.
    private Map<String, Object> model(ServerRequest request, Identity who, PageHead head) {
        Map<String, Object> model = web.model(request, head);
        long offset = incidents.appliedOffset();
        String epoch = web.hub().channel(Channel.INCIDENTS).map(ChannelInfo::epoch).orElse("");
        model.put("at", new OverviewModel.At(epoch, offset, web.now().toEpochMilli()));
        model.put("follows", who.maySubscribe(Channel.INCIDENTS) && who.mayRead(Channel.INCIDENTS));
        return model;
    }

    private static Identity reader(ServerRequest request) {
        Identity who = Guard.identity(request);
        if (!who.mayReadIncidents()) {
            throw Problem.forbidden("This identity may not read the channel incidents.");
        }
        return who;
    }
}
