package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.List;
import java.util.Map;

/// `/views`, the saved views of a user, and the forms that save, rename and delete one.
final class ViewPages {
    private final Web web;

    ViewPages(Web web) {
        this.web = web;
    }

    void routes(Routes routes) {
        routes.get("/views", Access.PAGE, this::list)
                .post("/views/save", Access.READ, this::save)
                .post(
                        "/views/rename",
                        Access.READ,
                        (request, response) -> change(request, response, this::rename))
                .post(
                        "/views/delete",
                        Access.READ,
                        (request, response) -> change(request, response, this::delete));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Map<String, Object> model = web.model(request, PageHead.of("Saved views", "/views"));
        List<SavedView> views = web.views().of(Guard.identity(request).user());
        model.put("views", views);
        model.put("none", views.isEmpty());
        web.page(request, response, "views", model);
    }

    /// Leads to what was saved.
    private void save(ServerRequest request, ServerResponse response) {
        Forms form = Forms.read(request);
        String href = SafePath.of(form.first("href"));
        change(
                request,
                response,
                href,
                (user, fields) -> web.views().save(user, fields.first("name"), href));
    }

    private void rename(String user, Forms form) {
        web.views().rename(user, form.first("id"), form.first("name"));
    }

    private void delete(String user, Forms form) {
        var _ = web.views().delete(user, form.first("id"));
    }

    private interface Change {
        void apply(String user, Forms form);
    }

    private void change(ServerRequest request, ServerResponse response, Change change) {
        change(request, response, "/views", change);
    }

    private static void change(
            ServerRequest request, ServerResponse response, String back, Change change) {
        try {
            Forms form = Forms.read(request);
            Web.stored(() -> {
                change.apply(Guard.identity(request).user(), form);
                return true;
            });
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(
                    "Nothing was changed: " + Visible.of(String.valueOf(e.getMessage())) + ".");
        }
        Web.redirect(response, back);
    }
}
