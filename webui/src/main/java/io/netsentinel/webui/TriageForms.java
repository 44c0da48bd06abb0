package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Action;
import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.TriageResult;
import io.netsentinel.events.FilterException;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.List;

/// What can be done to alerts on a page: `POST /alerts/{ack|unack|escalate|note}` with one `alert`
/// or many, and `POST /alerts/ack-matching` with a `view` of the page and the moment `until` which
/// alerts are meant. With htmx the answer is a short message, without it the page the form stood
/// on.
final class TriageForms {
    /// As many are changed at once.
    private static final int MOST = 10_000;

    private final Web web;
    private final Undoing undoing;

    TriageForms(Web web, Undoing undoing) {
        this.web = web;
        this.undoing = undoing;
    }

    void routes(Routes routes) {
        for (Action action : Action.values()) {
            routes.post(
                    "/alerts/" + action.text(),
                    Access.TRIAGE,
                    (request, response) -> change(action, request, response));
        }
        routes.post("/alerts/ack-matching", Access.TRIAGE, this::acknowledgeMatching);
    }

    private void change(Action action, ServerRequest request, ServerResponse response) {
        Identity who = AlertsPage.reader(request);
        Forms form = Forms.read(request);
        answer(request, response, form, apply(who, action, form));
    }

    private void answer(ServerRequest request, ServerResponse response, Forms form, Toast toast) {
        web.answer(request, response, SafePath.of(form.first("back")), toast);
    }

    private Toast apply(Identity who, Action action, Forms form) {
        List<String> ids = ids(who, form);
        if (ids.isEmpty()) {
            return Toast.problem(
                    form.first("batch").isEmpty()
                            ? "Nothing is selected."
                            : "That was too long ago to be undone here: the acknowledged alerts"
                                    + " can be opened again from the list.");
        }
        try {
            TriageResult result = web.alerts().change(who, action, ids, form.first("note"));
            return Toast.of(action, result, changed -> undoing.open(who.user(), changed));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private List<String> ids(Identity who, Forms form) {
        if (!form.first("batch").isEmpty()) {
            return undoing.take(who.user(), form.first("batch"));
        }
        return form.first("one").isEmpty() ? form.all("alert") : List.of(form.first("one"));
    }

    /// All that a view shows and that were committed up to a moment: what came after it stays open.
    private void acknowledgeMatching(ServerRequest request, ServerResponse response) {
        Identity who = AlertsPage.reader(request);
        Forms form = Forms.read(request);
        AlertsView view = AlertsView.parse(form.first("view")).newest();
        if (!form.first("only").isEmpty()) {
            view = view.only(form.first("only"));
        }
        try {
            AlertQuery query = view.toQuery(web.now());
            TriageResult result =
                    web.alerts()
                            .acknowledgeMatching(
                                    who, query, until(form.first("until")), form.first("note"));
            answer(request, response, form, acknowledged(who, result));
        } catch (FilterException e) {
            throw Problem.badRequest("filter: " + e.getMessage());
        }
    }

    private Toast acknowledged(Identity who, TriageResult result) {
        if (result.changed().isEmpty() && result.conflicts().isEmpty()) {
            return Toast.problem("None of them was open any more.");
        }
        Toast toast = Toast.of(Action.ACK, result, ids -> undoing.open(who.user(), ids));
        return result.changed().size() < MOST
                ? toast
                : new Toast(
                        toast.text() + " There may be more: acknowledge again.",
                        false,
                        toast.undo());
    }

    private static long until(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw Problem.badRequest(
                    "until: \"" + text + "\" is no time in milliseconds since 1970");
        }
    }
}
