package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertGroups;
import io.netsentinel.detection.AlertPage;
import io.netsentinel.detection.GroupBy;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.time.Instant;
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
        AlertsView asked = AlertsView.parse(Web.parameters(request));
        String problem = problem(asked);
        if (!problem.isEmpty()) {
            Web.refuseFile(request, problem);
        }
        AlertsView view = problem.isEmpty() ? asked : asked.filtered("");
        Instant now = web.now();
        PageHead head =
                new PageHead(
                        "Alerts",
                        "Alerts",
                        "/alerts",
                        view.query(),
                        view.kept(),
                        view.window().form(now, AlertsView.RANGES));
        Map<String, Object> model = web.model(request, head);
        model.put("start", !web.started());
        model.put("commands", commands(request));
        model.put("chips", AlertsModel.chips(view, web.alerts().open(who)));
        // a change tells too little of its alert to be found by every filter
        model.put(
                "watched",
                view.filter().isEmpty() ? "" : "(" + view.filter() + ") or event.kind = state");
        model.put("tools", AlertsModel.Tools.of(view, asked.filter(), problem, now));
        if (view.group().isPresent()) {
            groups(request, response, model, view);
        } else {
            rows(request, response, model, view);
        }
    }

    private static String problem(AlertsView view) {
        try {
            if (!view.filter().isEmpty()) {
                Filter.parse(view.filter());
            }
            return "";
        } catch (FilterException e) {
            return Web.problem(e);
        }
    }

    private void rows(
            ServerRequest request,
            ServerResponse response,
            Map<String, Object> model,
            AlertsView view) {
        Identity who = Guard.identity(request);
        AlertPage page = web.alerts().list(who, view.toQuery(web.now()));
        Optional<Alert> opened =
                view.alert().isEmpty() ? Optional.empty() : web.alerts().find(who, view.alert());
        model.put("severities", OverviewModel.Level.all());
        model.put("timeline", chart(who, view.window()));
        model.put("list", AlertsModel.ListView.of(view, page));
        model.put("sheets", List.of(AlertSheets.of(page)));
        model.put("rows", AlertsModel.rows(page.alerts()));
        model.put("opened", opened.isPresent());
        opened.ifPresent(alert ->
                model.put("alert", DetailModel.of(alert, view.href(), view.closed().href())));
        web.show(request, response, new Web.Shown("alerts", ""), model);
    }

    /// Over time, whatever the filters: there is no end to all time, so that is the last day.
    private OverviewModel.Chart chart(Identity who, Window window) {
        Window shown =
                window.live() && window.range() == TimeRange.ALL
                        ? Window.of(TimeRange.DAY)
                        : window;
        return OverviewModel.Chart.of(
                "All alerts over time", OverviewPage.timeline(web, who, shown), shown);
    }

    private void groups(
            ServerRequest request,
            ServerResponse response,
            Map<String, Object> model,
            AlertsView view) {
        Identity who = Guard.identity(request);
        GroupBy by = view.group().orElseThrow();
        AlertGroups all = web.alerts().groups(who, view.toQuery(web.now()), by);
        model.put("groups", GroupsModel.of(view, all));
        model.put("sheets", List.of(AlertSheets.of(all, by)));
        model.put(
                "follows",
                view.window().live() && who.maySubscribe(Channel.ALERTS) ? Channel.ALERTS : "");
        web.show(request, response, new Web.Shown("groups", "groups"), model);
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
                                Window.Form.NONE));
        model.put("alert", DetailModel.of(alert, here, "/alerts"));
        if (drawer) {
            web.fragment(request, response, "detail", "detail", model);
        } else {
            web.page(request, response, "alert", model);
        }
    }

    static StartCommands commands(ServerRequest request) {
        return StartCommands.of(request.authority(), request.isSecure());
    }

    /// Who asks, when they may see alerts.
    static Identity reader(ServerRequest request) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.ALERTS)) {
            throw Problem.forbidden("This identity may not read the channel alerts.");
        }
        return who;
    }
}
