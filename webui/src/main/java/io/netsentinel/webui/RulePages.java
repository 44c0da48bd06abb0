package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.TriageResult;
import io.netsentinel.integrations.HouseAction;
import io.netsentinel.integrations.HouseMatch;
import io.netsentinel.integrations.HouseRule;
import io.netsentinel.integrations.HouseRules;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Rules of the house on the dashboard, for administrators: `/rules` lists them, `POST /rules/end`
/// ends one; `/alerts/suppress` makes one out of an alert and acknowledges what it means, and `POST
/// /alerts/unsuppress` takes both back.
final class RulePages {
    private static final String DRAWER = "aside#drawer";

    private final Web web;
    private final HouseRules rules;
    private final Undoing undoing;

    RulePages(Web web, HouseRules rules, Undoing undoing) {
        this.web = web;
        this.rules = rules;
        this.undoing = undoing;
    }

    void routes(Routes routes) {
        routes.get("/alerts/suppress", Access.ADMIN_PAGE, this::form)
                .post("/alerts/suppress", Access.ADMIN, this::suppress)
                .post("/alerts/unsuppress", Access.ADMIN, this::unsuppress)
                .get("/rules", Access.ADMIN_PAGE, this::list)
                .post("/rules/end", Access.ADMIN, this::end);
    }

    private void form(ServerRequest request, ServerResponse response) {
        Identity who = AlertsPage.reader(request);
        String id = query(request, "alert");
        Alert alert =
                web.alerts()
                        .find(who, id)
                        .orElseThrow(() -> Problem.notFound("No kept alert has this id."));
        boolean drawer = Web.target(request).equals(DRAWER);
        String back = SafePath.of(drawer ? Web.header(request, "NS-Back") : query(request, "back"));
        Map<String, Object> model =
                web.model(
                        request,
                        new PageHead(
                                "Suppress",
                                "Suppress alerts like this",
                                "/alerts/",
                                "",
                                List.of(),
                                Window.Form.NONE));
        model.put(
                "suppress",
                Suppression.of(
                        alert.event(),
                        alert.id(),
                        query(request, "by"),
                        back.equals("/") ? "/alerts" : back));
        if (drawer) {
            web.fragment(request, response, "suppress", "form", model);
        } else {
            web.page(request, response, "suppress", model);
        }
    }

    private static String query(ServerRequest request, String name) {
        return Web.parameters(request).apply(name).orElse("");
    }

    private void suppress(ServerRequest request, ServerResponse response) {
        Identity who = AlertsPage.reader(request);
        Forms form = Forms.read(request);
        HouseMatch match = Suppression.match(form);
        long now = web.now().toEpochMilli();
        HouseRule rule =
                changed(() ->
                        rules.make(
                                HouseAction.SUPPRESS,
                                match,
                                Suppression.expires(form, web.now()),
                                form.first("reason"),
                                who.user()));
        Optional<TriageResult> cleared =
                form.first("present").isEmpty()
                        ? Optional.empty()
                        : Optional.of(clear(who, rule, now));
        List<TriageResult.Changed> changed = cleared.map(TriageResult::changed).orElse(List.of());
        List<Toast.Field> fields = new ArrayList<>();
        fields.add(new Toast.Field("rule", rule.id()));
        if (!changed.isEmpty()) {
            fields.add(new Toast.Field("batch", undoing.keep(who.user(), changed)));
        }
        String also =
                changed.isEmpty()
                        ? ""
                        : " " + Numbers.count(changed.size(), "open alert") + " acknowledged.";
        web.answer(
                request,
                response,
                SafePath.of(form.first("back")),
                new Toast(
                        "Alerts like this are suppressed "
                                + rule.expires()
                                        .map(end ->
                                                "until "
                                                        + Rows.full(end).substring(0, 16)
                                                        + " UTC.")
                                        .orElse("until somebody ends the rule.")
                                + also
                                + cleared.map(TriageForms::rest).orElse(""),
                        false,
                        new Toast.Undo("/alerts/unsuppress", fields)));
    }

    /// Acknowledges what waits and the rule means, up to the moment it was made.
    private TriageResult clear(Identity who, HouseRule rule, long until) {
        AlertQuery all = AlertQuery.newest(1).withFilters(List.of(rule.match()::meets));
        return web.alerts().acknowledgeMatching(who, all, until, "suppressed: " + rule.reason());
    }

    private void unsuppress(ServerRequest request, ServerResponse response) {
        Identity who = AlertsPage.reader(request);
        Forms form = Forms.read(request);
        boolean ended =
                changed(() -> rules.end(form.first("rule"), who.user(), "undone")).isPresent();
        int open = Undoing.changed(changed(() -> undoing.restore(web.alerts(), who, form)));
        String text =
                ended ? "The rule has ended." : "There is no such rule, or it was ended before.";
        String also = open == 0 ? "" : " " + Numbers.count(open, "alert") + " opened again.";
        web.answer(
                request,
                response,
                SafePath.of(form.first("back")),
                new Toast(text + also, !ended && open == 0, Toast.Undo.NONE));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Map<String, Object> model = web.model(request, PageHead.of("Rules", "/rules"));
        SheetPages.put(model, List.of(RuleSheet.of(rules, web.now())), "");
        web.show(request, response, SheetPages.SHOWN, model);
    }

    private void end(ServerRequest request, ServerResponse response) {
        String user = Guard.identity(request).user();
        String id = Forms.read(request).first("id");
        boolean ended = changed(() -> rules.end(id, user, "")).isPresent();
        web.answer(
                request,
                response,
                "/rules",
                ended
                        ? Toast.done("The rule has ended. What it was applied to stays as it is.")
                        : Toast.problem("There is no such rule, or it was ended before."));
    }

    private static <T> T changed(Supplier<T> change) {
        try {
            return Web.stored(change);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            throw Problem.conflict(String.valueOf(e.getMessage()));
        }
    }
}
