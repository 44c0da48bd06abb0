package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.auth.SessionInfo;
import io.netsentinel.transport.spi.Endpoint;
import java.util.List;

/// `/api/sessions`: where somebody is signed in. Everybody sees and ends their own; administrators
/// those of all.
final class SessionsEndpoint implements Endpoint {
    @Override
    public void routes(Routes routes, Services services) {
        Auth auth = services.get(Auth.class);
        routes.get(
                        "/api/sessions",
                        Access.IDENTITY,
                        (request, response) -> Json.send(response, list(auth, request)))
                .delete(
                        "/api/sessions/{id}",
                        Access.IDENTITY,
                        (request, response) -> end(auth, request, response));
    }

    /// Those the identity may know of.
    private static List<SessionInfo> visible(Auth auth, Identity who) {
        return auth.sessions().stream()
                .filter(one -> who.may(Permission.ADMIN) || one.user().equals(who.user()))
                .toList();
    }

    private static ObjectNode list(Auth auth, ServerRequest request) {
        Identity who = Guard.identity(request);
        ObjectNode answer = Json.object();
        answer.putArray("sessions");
        visible(auth, who)
                .forEach(one ->
                        answer.withArray("sessions")
                                .addObject()
                                .put("id", one.id())
                                .put("user", one.user())
                                .put("created", one.created().toString())
                                .put("seen", one.seen().toString())
                                .put("expires", one.expires().toString())
                                .put("current", one.id().equals(who.id())));
        return answer;
    }

    /// Somebody else's is not found rather than forbidden, so that nobody learns of it.
    private static void end(Auth auth, ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        if (visible(auth, Guard.identity(request)).stream().noneMatch(one -> one.id().equals(id))) {
            throw Problem.notFound("there is no session \"" + id + "\"");
        }
        auth.endSession(id);
        response.status(Status.NO_CONTENT_204).send();
    }
}
