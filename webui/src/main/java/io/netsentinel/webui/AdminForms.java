package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthException;
import io.netsentinel.auth.Role;
import io.netsentinel.integrations.Sinks;
import io.netsentinel.integrations.Sources;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Connections;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What administrators do on their pages. With htmx the answer is a short message, without it the
/// page the form stood on.
final class AdminForms {
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Toast NOTHING = Toast.problem("This server has none of these.");

    private final Web web;
    private final Services services;
    private final Auth auth;

    AdminForms(Web web, Services services) {
        this.web = web;
        this.services = services;
        this.auth = services.get(Auth.class);
    }

    void routes(Routes routes) {
        add(routes, "/connections/close", "/connections", (_, form) -> close(form.first("id")));
        add(
                routes,
                "/users/disable",
                "/users",
                (_, form) -> {
                    auth.users().disable(form.first("name"));
                    return Toast.done(
                            Visible.of(form.first("name")) + " is disabled and signed out.");
                });
        add(
                routes,
                "/users/enable",
                "/users",
                (_, form) -> {
                    auth.users().enable(form.first("name"));
                    return Toast.done(Visible.of(form.first("name")) + " may sign in again.");
                });
        add(
                routes,
                "/users/revoke",
                "/users",
                (_, form) -> {
                    auth.revoke(form.first("id"));
                    return Toast.done("The token is over.");
                });
        add(
                routes,
                "/users/sign-out",
                "/users",
                (_, form) -> {
                    auth.endSession(form.first("id"));
                    return Toast.done("Signed out.");
                });
        make(routes, "/users/add", "User made", this::addUser);
        make(routes, "/users/token", "Token made", this::addToken);
        for (boolean pause : new boolean[] {true, false}) {
            add(
                    routes,
                    "/integrations/sinks/" + (pause ? "pause" : "resume"),
                    "/integrations",
                    (request, form) -> sink(request, form.first("name"), pause));
        }
        tests(routes);
    }

    private void tests(Routes routes) {
        add(
                routes,
                "/integrations/sinks/test",
                "/integrations",
                (request, form) -> {
                    String user = Guard.identity(request).user();
                    return services.find(Sinks.class)
                            .map(all ->
                                    tested(
                                            all.test(form.first("name"), user),
                                            "The target has taken a test."))
                            .orElse(NOTHING);
                });
        add(
                routes,
                "/integrations/sources/test",
                "/integrations",
                (_, form) ->
                        services.find(Sources.class)
                                .map(all ->
                                        tested(
                                                all.test(form.first("name")),
                                                "It can be read from."))
                                .orElse(NOTHING));
    }

    /// @param problem empty when there is none
    private static Toast tested(Optional<String> problem, String well) {
        return problem.map(text -> Toast.problem("The test failed: " + Visible.of(text) + "."))
                .orElseGet(() -> Toast.done(well));
    }

    /// What a form does; the message about it.
    private interface Deed {
        Toast act(ServerRequest request, Forms form);
    }

    private void add(Routes routes, String path, String back, Deed deed) {
        routes.post(
                path,
                Access.ADMIN,
                (request, response) -> {
                    Toast toast;
                    try {
                        toast = deed.act(request, Forms.read(request));
                    } catch (AuthException | IllegalArgumentException e) {
                        toast =
                                Toast.problem(
                                        "Nothing was changed: "
                                                + Visible.of(String.valueOf(e.getMessage()))
                                                + ".");
                    }
                    web.answer(request, response, back, toast);
                });
    }

    /// Makes something with a secret that is shown on a page of its own, this once.
    private void make(Routes routes, String path, String title, Function<Forms, Made> maker) {
        routes.post(
                path,
                Access.ADMIN,
                (request, response) -> {
                    Made made = maker.apply(Forms.read(request));
                    Map<String, Object> model = web.model(request, PageHead.of(title, "/users"));
                    model.put("made", made);
                    web.page(response, "secret", model);
                });
    }

    /// @param what in words
    /// @param secret what is shown this once
    record Made(String what, String secret) {}

    private Toast close(String id) {
        boolean closed = services.find(Connections.class).map(all -> all.close(id)).orElse(false);
        return closed
                ? Toast.done("The connection is closed.")
                : Toast.problem("It was gone already.");
    }

    private Made addUser(Forms form) {
        String password = Auth.randomPassword();
        String name = auth.users().add(form.first("name"), role(form), password).name();
        return new Made("The password of " + Visible.of(name), password);
    }

    private Made addToken(Forms form) {
        String name = form.first("name");
        String jwt = auth.tokens().issue(name, role(form), List.of(), USUAL).jwt();
        return new Made(
                "The token " + Visible.of(name) + ", good for " + USUAL.toDays() + " days", jwt);
    }

    private static Role role(Forms form) {
        return Role.parse(form.first("role"))
                .orElseThrow(() -> Problem.badRequest("There is no such role."));
    }

    private Toast sink(ServerRequest request, String name, boolean pause) {
        Optional<Sinks> sinks = services.find(Sinks.class);
        String user = Guard.identity(request).user();
        if (sinks.isEmpty() || !sinks.get().pause(name, pause, user)) {
            return Toast.problem("There is no sink of this name.");
        }
        return Toast.done(pause ? "It is paused; events wait for it." : "It goes on.");
    }
}
