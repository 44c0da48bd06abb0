package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.SignIn;
import io.netsentinel.transport.spi.Endpoint;

/// `/api/login`, `/api/logout`, `/api/password` and `/api/session`.
final class SignInEndpoint implements Endpoint {
    private static final long BODY = 8 * 1024;

    @Override
    public void routes(Routes routes, Services services) {
        BrowserSessions sessions = services.get(BrowserSessions.class);
        routes.post(
                "/api/login",
                Access.OPEN,
                BODY,
                (request, response) -> {
                    ObjectNode body = Json.read(request);
                    SignIn result =
                            sessions.signIn(
                                    request,
                                    response,
                                    Json.text(body, "username"),
                                    Json.text(body, "password"));
                    answer(response, result, "wrong user name or password");
                });
        routes.post(
                "/api/logout",
                Access.IDENTITY,
                BODY,
                (request, response) -> {
                    sessions.signOut(request, response);
                    response.status(204).send();
                });
        routes.post(
                "/api/password",
                Access.IDENTITY,
                BODY,
                (request, response) -> {
                    ObjectNode body = Json.read(request);
                    SignIn result =
                            sessions.changePassword(
                                    request,
                                    response,
                                    Json.text(body, "current"),
                                    Json.text(body, "password"));
                    answer(response, result, "the current password is wrong");
                });
        routes.get("/api/session", Access.IDENTITY, SignInEndpoint::session);
    }

    private static void answer(ServerResponse response, SignIn result, String denied) {
        switch (result) {
            case SignIn.Granted granted ->
                    Json.send(
                            response,
                            Json.object()
                                    .put("token", granted.token())
                                    .put("expires", granted.expires().toString())
                                    .put("csrf", granted.csrf())
                                    .put("user", granted.identity().user())
                                    .put("role", granted.identity().role().text()));
            case SignIn.Denied _ -> throw Problem.unauthorized(denied);
            case SignIn.TooMany many ->
                    throw Problem.tooManyRequests(
                            "too many attempts: try again later", many.retryAfter());
        }
    }

    private static void session(ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        ObjectNode answer =
                Json.object()
                        .put("user", who.user())
                        .put("role", who.role().text())
                        .put("csrf", Guard.csrf(request));
        who.expires().ifPresent(end -> answer.put("expires", end.toString()));
        who.channels().forEach(pattern -> answer.withArray("channels").add(pattern.text()));
        who.rows().ifPresent(rows -> answer.put("rows", rows.text()));
        Json.send(response, answer);
    }
}
