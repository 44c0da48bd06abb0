package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Action;
import io.netsentinel.detection.TriageResult;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What can be done to alerts on a page: `POST /alerts/{ack|unack|escalate|note}` with one `alert`
/// or many. With htmx the answer is a short message, without it the page the form stood on.
final class TriageForms {
    private static final String TOASTS = "div#toasts";

    private final Web web;

    TriageForms(Web web) {
        this.web = web;
    }

    void routes(Routes routes) {
        for (Action action : Action.values()) {
            routes.post(
                    "/alerts/" + action.text(),
                    Access.TRIAGE,
                    (request, response) -> change(action, request, response));
        }
    }

    private void change(Action action, ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.ALERTS)) {
            throw Problem.forbidden("This identity may not read the channel alerts.");
        }
        Forms form = Forms.read(request);
        List<String> ids =
                form.first("one").isEmpty() ? form.all("alert") : List.of(form.first("one"));
        Toast toast = apply(who, action, ids, form.first("note"));
        if (Web.target(request).equals(TOASTS)) {
            Map<String, Object> model = new HashMap<>(Map.of("toast", toast));
            web.fragment(response, "parts", "toast", model);
        } else {
            Web.redirect(response, SafePath.of(form.first("back")));
        }
    }

    private Toast apply(Identity who, Action action, List<String> ids, String note) {
        if (ids.isEmpty()) {
            return Toast.problem("Nothing is selected.");
        }
        try {
            TriageResult result = web.alerts().change(who, action, ids, note);
            return Toast.of(action, result);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
