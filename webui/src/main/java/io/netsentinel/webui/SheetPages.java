package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.events.FilterException;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The pages that are tables: `/logs` for everybody who may read them; `/connections`, `/channels`,
/// `/queues`, `/integrations`, `/users` and `/audit` for administrators.
final class SheetPages {
    static final Web.Shown SHOWN = new Web.Shown("sheets", "parts");

    private final Web web;
    private final Services services;
    private final AdminSheets admin;
    private final EventSheets events;
    private final Volumes volumes;

    SheetPages(Web web, Services services) {
        this.web = web;
        this.services = services;
        this.admin = new AdminSheets(services);
        this.events = new EventSheets(new RecentEvents(web));
        this.volumes = new Volumes(web);
    }

    /// A page.
    ///
    /// @param follows the channel whose events mean that it has changed; empty when it asks again
    ///   and again
    /// @param search an example of a filter it can be searched with; empty when it cannot
    /// @param add which form for new things it has, empty for none
    private record Page(String path, String title, String follows, String search, String add) {
        /// What stands in its table.
        String plural() {
            return path.equals("/logs") ? "log lines" : "entries";
        }
    }

    void routes(Routes routes) {
        admin(
                routes,
                new Page("/connections", "Connections", "", "", "messages"),
                _ -> admin.connections());
        admin(routes, new Page("/channels", "Channels", "", "", ""), _ -> admin.channels());
        admin(routes, new Page("/queues", "Queues", "", "", ""), _ -> admin.queues());
        admin(
                routes,
                new Page("/integrations", "Integrations", Channel.SIEM, "", ""),
                _ -> admin.integrations());
        admin(routes, new Page("/users", "Users", "", "", "users"), _ -> admin.users());
        Page audit =
                new Page(
                        "/audit",
                        "Audit",
                        Channel.AUDIT,
                        "event.outcome = failure and user.name = ann",
                        "");
        routes.get(
                audit.path(),
                Access.ADMIN_PAGE,
                (request, response) ->
                        searched(request, response, audit, Channel.AUDIT, events::audit));
        Page logs =
                new Page(
                        "/logs",
                        "Logs",
                        Channel.LOGS,
                        "message ~ \"*failed*\" and severity >= medium",
                        "");
        routes.get(
                logs.path(),
                Access.PAGE,
                (request, response) ->
                        searched(request, response, logs, Channel.LOGS, events::logs));
    }

    private void admin(Routes routes, Page page, Function<Identity, List<Sheet>> sheets) {
        routes.get(
                page.path(),
                Access.ADMIN_PAGE,
                (request, response) ->
                        show(
                                request,
                                response,
                                page,
                                sheets.apply(Guard.identity(request)),
                                "",
                                ""));
    }

    /// The newest events of a channel that a filter lets through.
    private interface Search {
        Sheet sheet(Identity who, String filter, Window window);
    }

    private void searched(
            ServerRequest request,
            ServerResponse response,
            Page page,
            String channel,
            Search search) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(channel)) {
            throw Problem.forbidden("This identity may not read the channel " + channel + ".");
        }
        String filter = Web.parameters(request).apply("q").orElse("").strip();
        Window window = Window.parse(Web.parameters(request), RecentEvents.RANGES);
        try {
            show(request, response, page, List.of(search.sheet(who, filter, window)), filter, "");
        } catch (FilterException e) {
            String problem = Web.problem(e);
            Web.refuseFile(request, problem);
            show(request, response, page, List.of(search.sheet(who, "", window)), filter, problem);
        }
    }

    private void show(
            ServerRequest request,
            ServerResponse response,
            Page page,
            List<Sheet> sheets,
            String filter,
            String problem) {
        boolean searched = !page.search().isEmpty();
        Window window = Window.parse(Web.parameters(request), RecentEvents.RANGES);
        PageHead head =
                new PageHead(
                        page.title(),
                        page.title(),
                        page.path(),
                        "",
                        filter.isEmpty() ? List.of() : List.of(new Shell.Kept("q", filter)),
                        searched ? window.form(web.now(), RecentEvents.RANGES) : Window.Form.NONE);
        Map<String, Object> model = web.model(request, head);
        Identity who = Guard.identity(request);
        boolean follows =
                !page.follows().isEmpty()
                        && who.maySubscribe(page.follows())
                        && (window.live() || !searched);
        put(model, sheets, follows ? page.follows() : "");
        if (searched) {
            model.put(
                    "volumes",
                    volumes
                            .of(who, page.follows(), "All " + page.plural() + " over time", window)
                            .stream()
                            .toList());
        }
        model.put("search", searched);
        model.put("kept", window.fields(TimeRange.ALL));
        model.put("example", page.search());
        model.put("path", page.path());
        model.put("filter", Visible.of(filter));
        model.put("watched", problem.isEmpty() ? filter : "");
        model.put("problem", problem);
        model.put("adds", page.add().equals("users"));
        if (page.add().equals("messages")) {
            String client = Web.parameters(request).apply("notify").orElse("");
            model.put("sends", true);
            model.put("recipients", MessageForms.Recipients.of(services, who, client));
        }
        web.show(request, response, SHOWN, model);
    }

    /// What the template needs of a page that is tables and nothing else.
    static void put(Map<String, Object> model, List<Sheet> sheets, String follows) {
        model.put("sheets", sheets);
        model.put("volumes", List.of());
        model.put("follows", follows);
        model.put("search", false);
        model.put("kept", List.of());
        model.put("example", "");
        model.put("path", "");
        model.put("filter", "");
        model.put("watched", "");
        model.put("problem", "");
        model.put("adds", false);
        model.put("sends", false);
        model.put("purges", false);
    }
}
