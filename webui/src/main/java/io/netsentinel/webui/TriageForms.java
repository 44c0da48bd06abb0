package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Action;
import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.TriageResult;
import io.netsentinel.events.Event;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What can be done to alerts on a page: `POST /alerts/{ack|unack|escalate|note}` with one `alert`
/// or many, and `POST /alerts/ack-matching` with a `view` of the page, the key `of` one of its
/// groups when it has some, and the moment `until` which alerts are meant. With htmx the answer is
/// a short message, without it the page the form stood on.
final class TriageForms {
    /// As many are changed at once.
    private static final int MOST = 10_000;

    private static final String NONE = "Nothing is selected.";

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
        try {
            if (action == Action.UNACK && form.first("one").isEmpty()) {
                return restore(who, form);
            }
            List<String> ids =
                    form.first("one").isEmpty() ? form.all("alert") : List.of(form.first("one"));
            if (ids.isEmpty()) {
                return Toast.problem(NONE);
            }
            TriageResult result = web.alerts().change(who, action, ids, form.first("note"));
            return Toast.of(action, result, changed -> undoing.of(who.user(), changed));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private Toast restore(Identity who, Forms form) {
        Map<Action, TriageResult> results = undoing.restore(web.alerts(), who, form);
        if (!results.isEmpty()) {
            return Undoing.toast(results);
        }
        return Toast.problem(
                form.first("batch").isEmpty()
                        ? NONE
                        : "That was too long ago to be undone here: the acknowledged alerts"
                                + " can be opened again from the list.");
    }

    /// All that a view shows, or one of its groups, and that were committed up to a moment: what
    /// came after it stays open.
    private void acknowledgeMatching(ServerRequest request, ServerResponse response) {
        Identity who = AlertsPage.reader(request);
        Forms form = Forms.read(request);
        AlertsView view = GivenView.parse(form.first("view")).newest();
        AlertQuery query = ofGroup(view, form.first("of"), view.toQuery(web.now()));
        TriageResult result =
                web.alerts()
                        .acknowledgeMatching(
                                who, query, until(form.first("until")), form.first("note"));
        answer(request, response, form, acknowledged(who, result));
    }

    /// Only those of a group, by what tells it apart: a filter cannot say every group.
    private static AlertQuery ofGroup(AlertsView view, String key, AlertQuery query) {
        if (view.group().isPresent() == key.isEmpty()) {
            throw Problem.badRequest(
                    key.isEmpty()
                            ? "of: the key of a group of the view is missing; nothing was changed,"
                                    + " load the page again"
                            : "of: the view has no groups; nothing was changed");
        }
        List<Predicate<Event>> filters = new ArrayList<>(query.filters());
        view.group().ifPresent(by -> filters.add(by.of(key)));
        return query.withFilters(filters);
    }

    private Toast acknowledged(Identity who, TriageResult result) {
        if (result.changed().isEmpty() && result.conflicts().isEmpty()) {
            return Toast.problem("None of them was open any more.");
        }
        Toast toast = Toast.of(Action.ACK, result, changed -> undoing.of(who.user(), changed));
        return new Toast(toast.text() + rest(result), toast.bad(), toast.undo());
    }

    /// What to say of those that were too many for once; empty when there can be none.
    static String rest(TriageResult result) {
        int tried = result.changed().size() + result.conflicts().size() + result.unknown().size();
        return tried < MOST ? "" : " There may be more that wait: acknowledge again.";
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
