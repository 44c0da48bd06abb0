package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentAction;
import io.netsentinel.detection.IncidentConflict;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.Incidents;
import io.netsentinel.detection.Resolution;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What can be done to an incident on its page: `POST /incidents/{status|assign|note|merge|split}`.
/// With htmx the answer is a short message, without it the page the form stood on.
final class IncidentForms {
    private static final Pattern APART = Pattern.compile("[\\s,]+");

    private final Web web;
    private final Incidents incidents;

    IncidentForms(Web web, Incidents incidents) {
        this.web = web;
        this.incidents = incidents;
    }

    void routes(Routes routes) {
        for (String action : List.of("status", "assign", "note", "merge", "split")) {
            routes.post(
                    "/incidents/" + action,
                    Access.TRIAGE,
                    (request, response) -> change(action, request, response));
        }
    }

    private void change(String name, ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        if (!who.mayReadIncidents()) {
            throw Problem.forbidden("This identity may not read the channel incidents.");
        }
        Forms form = Forms.read(request);
        Toast toast = apply(who, action(name, form), form);
        web.answer(request, response, SafePath.of(form.first("back")), toast);
    }

    private static IncidentAction action(String name, Forms form) {
        return switch (name) {
            case "status" ->
                    new IncidentAction.Move(
                            IncidentStatus.parse(form.first("status"))
                                    .orElseThrow(() -> Problem.badRequest("No such status.")),
                            Resolution.parse(form.first("resolution")));
            case "assign" -> new IncidentAction.Assign(form.first("owner"));
            case "note" -> new IncidentAction.Note();
            case "merge" -> new IncidentAction.Merge(ids(form.first("with")));
            default -> new IncidentAction.Split(form.all("member"));
        };
    }

    /// Ids, or addresses of incidents as somebody copies them.
    private static List<String> ids(String text) {
        return APART.splitAsStream(text.strip())
                .map(word -> word.substring(word.lastIndexOf('/') + 1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private Toast apply(Identity who, IncidentAction action, Forms form) {
        String version = form.first("version");
        OptionalInt seen =
                version.matches("\\d{1,9}")
                        ? OptionalInt.of(Integer.parseInt(version))
                        : OptionalInt.empty();
        try {
            Optional<Incident> after =
                    incidents.change(who, form.first("incident"), action, form.first("note"), seen);
            return after.isPresent()
                    ? Toast.done(done(action))
                    : Toast.problem("This incident is no longer kept.");
        } catch (IncidentConflict e) {
            String first =
                    e.user().isEmpty()
                            ? ""
                            : " "
                                    + Visible.of(e.user())
                                    + " was first, at "
                                    + Rows.clock(e.time())
                                    + ".";
            return Toast.problem(
                    "Nothing was changed: the incident is "
                            + IncidentsModel.status(e.incident()).toLowerCase(java.util.Locale.ROOT)
                            + (e.incident().owner().isEmpty()
                                    ? ""
                                    : " and " + Visible.of(e.incident().owner()) + " works on it")
                            + "."
                            + first);
        } catch (IllegalArgumentException e) {
            return Toast.problem(
                    "Nothing was changed. " + Visible.of(String.valueOf(e.getMessage())));
        }
    }

    private static String done(IncidentAction action) {
        return switch (action) {
            case IncidentAction.Move move -> "The incident is " + move.status().text() + " now.";
            case IncidentAction.Assign assign ->
                    assign.owner().isEmpty()
                            ? "Nobody works on it now."
                            : Visible.of(assign.owner()) + " works on it now.";
            case IncidentAction.Note _ -> "Note added.";
            case IncidentAction.Merge merge ->
                    "Took in " + Numbers.count(merge.others().size(), "incident") + ".";
            case IncidentAction.Split split ->
                    "A new incident has "
                            + Numbers.count(split.members().size(), "alert")
                            + " of it.";
        };
    }
}
