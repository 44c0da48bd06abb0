package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Fields;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.List;
import java.util.Map;

/// `/honeypot`, the sessions, and `/honeypot/session?id=…`, one of them with what was typed.
final class HoneypotPages {
    private static final int MOST = 1_000;
    private static final int LONGEST = 200;

    private final Web web;
    private final RecentEvents recent;
    private final Volumes volumes;

    HoneypotPages(Web web) {
        this.web = web;
        this.recent = new RecentEvents(web);
        this.volumes = new Volumes(web);
    }

    void routes(Routes routes) {
        routes.get("/honeypot", Access.PAGE, this::list)
                .get("/honeypot/session", Access.PAGE, this::one);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Identity who = reader(request);
        Window window = Window.parse(Web.parameters(request), RecentEvents.RANGES);
        HoneypotSheets sheets =
                new HoneypotSheets(recent.newest(who, Channel.HONEYPOT, "", MOST, window).events());
        PageHead head =
                new PageHead(
                        "Honeypot",
                        "Honeypot",
                        "/honeypot",
                        "",
                        List.of(),
                        window.form(web.now(), RecentEvents.RANGES));
        Map<String, Object> model = model(request, who, head, "");
        if (!window.live()) {
            model.put("follows", "");
        }
        model.put(
                "volumes",
                volumes.of(who, Channel.HONEYPOT, "All events over time", window).stream()
                        .toList());
        model.put("bars", sheets.bars());
        model.put("sheets", List.of(sheets.sessions()));
        web.show(request, response, new Web.Shown("honeypot", "sessions"), model);
    }

    private void one(ServerRequest request, ServerResponse response) {
        Identity who = reader(request);
        String id = request.query().contains("id") ? request.query().get("id") : "";
        String filter = Fields.SESSION_ID + " = " + Href.quoted(id);
        List<RecentEvents.One> found =
                id.isEmpty() || id.length() > LONGEST
                        ? List.of()
                        : recent.newest(who, Channel.HONEYPOT, filter, MOST).events();
        if (found.isEmpty()) {
            throw Problem.notFound("No kept event belongs to a session with this id.");
        }
        SessionModel shown =
                SessionModel.of(
                        new HoneypotSession(
                                id,
                                found.reversed().stream().map(RecentEvents.One::event).toList()));
        PageHead head =
                new PageHead(
                        "Session from " + shown.title(),
                        "Honeypot session",
                        "/honeypot/",
                        "",
                        List.of(),
                        Window.Form.NONE);
        Map<String, Object> model = model(request, who, head, filter);
        model.put("session", shown);
        web.show(request, response, new Web.Shown("session", "session"), model);
    }

    private Map<String, Object> model(
            ServerRequest request, Identity who, PageHead head, String filter) {
        Map<String, Object> model = web.model(request, head);
        model.put("follows", who.maySubscribe(Channel.HONEYPOT) ? Channel.HONEYPOT : "");
        model.put("watched", filter);
        return model;
    }

    private static Identity reader(ServerRequest request) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.HONEYPOT)) {
            throw Problem.forbidden("This identity may not read the channel honeypot.");
        }
        return who;
    }
}
