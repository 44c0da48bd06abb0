package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertPage;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/alerts`, the list with its drawer, and `/alerts/{id}`, one alert alone.
final class AlertsPage {
    private static final String DRAWER = "aside#drawer";

    private final Web web;

    AlertsPage(Web web) {
        this.web = web;
    }

    void routes(Routes routes) {
        routes.get("/alerts", Access.PAGE, this::list).get("/alerts/{id}", Access.PAGE, this::one);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Identity who = reader(request);
        AlertsView view =
                AlertsView.parse(name ->
                        request.query().contains(name)
                                ? Optional.of(request.query().get(name))
                                : Optional.empty());
        PageHead head =
                new PageHead(
                        "Alerts",
                        "Alerts",
                        "/alerts",
                        view.query(),
                        view.kept(),
                        TimeRange.choices(view.range(), List.of(TimeRange.values())));
        Map<String, Object> model = web.model(request, head);
        AlertPage page = web.alerts().list(who, view.toQuery(web.now()));
        OpenCounts open = web.alerts().open(who);
        Optional<Alert> opened =
                view.alert().isEmpty() ? Optional.empty() : web.alerts().find(who, view.alert());
        model.put("start", !web.started());
        model.put("commands", commands(request));
        model.put("list", AlertsModel.ListView.of(view, page));
        model.put("chips", AlertsModel.chips(view, open));
        model.put("rows", AlertsModel.rows(page.alerts()));
        model.put("opened", opened.isPresent());
        opened.ifPresent(alert ->
                model.put("alert", DetailModel.of(alert, view.href(), view.closed().href())));
        web.page(response, "alerts", model);
    }

    private void one(ServerRequest request, ServerResponse response) {
        Identity who = reader(request);
        String id = request.path().pathParameters().get("id");
        Alert alert =
                web.alerts()
                        .find(who, id)
                        .orElseThrow(() -> Problem.notFound("No kept alert has this id."));
        boolean drawer = Web.target(request).equals(DRAWER);
        String here = drawer ? SafePath.of(Web.header(request, "NS-Back")) : Rows.path(id);
        Map<String, Object> model =
                web.model(
                        request,
                        new PageHead(
                                Visible.of(Rows.signature(alert.event())),
                                "Alert",
                                "/alerts/",
                                "",
                                List.of(),
                                List.of()));
        model.put("alert", DetailModel.of(alert, here, "/alerts"));
        if (drawer) {
            web.fragment(response, "detail", "detail", model);
        } else {
            web.page(response, "alert", model);
        }
    }

    static StartCommands commands(ServerRequest request) {
        return StartCommands.of(request.authority(), request.isSecure());
    }

    private static Identity reader(ServerRequest request) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.ALERTS)) {
            throw Problem.forbidden("This identity may not read the channel alerts.");
        }
        return who;
    }
}
