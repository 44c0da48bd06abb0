package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.queuing.Purge;
import io.netsentinel.queuing.PurgeRequest;
import io.netsentinel.queuing.PurgeSubject;
import io.netsentinel.transport.spi.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `/api/admin/purge`: asks for everything about an address or a user to be removed. The next start
/// of the server does it: the log must not be open meanwhile.
final class PurgeEndpoint implements Endpoint {
    @Override
    public void routes(Routes routes, Services services) {
        Optional<DataPlace> place = services.find(DataPlace.class);
        if (place.isEmpty()) {
            return;
        }
        Path data = place.get().path();
        routes.get(
                        "/api/admin/purge",
                        Access.ADMIN,
                        (_, response) -> Json.send(response, list(Purge.pending(data))))
                .post(
                        "/api/admin/purge",
                        Access.ADMIN,
                        (request, response) -> ask(data, request, response))
                .delete(
                        "/api/admin/purge/{id}",
                        Access.ADMIN,
                        (request, response) -> withdraw(data, request, response));
    }

    private static ObjectNode list(List<PurgeRequest> pending) {
        ObjectNode answer = Json.object();
        answer.putArray("purges");
        pending.forEach(one -> answer.withArray("purges").add(json(one)));
        return answer;
    }

    private static ObjectNode json(PurgeRequest one) {
        return Json.object()
                .put("id", one.id())
                .put(one.subject().kind(), one.subject().text())
                .put("when", "next start");
    }

    private static void ask(Path data, ServerRequest request, ServerResponse response) {
        ObjectNode body = Json.read(request);
        Optional<String> address = Json.optionalText(body, "address");
        Optional<String> user = Json.optionalText(body, "user");
        if (address.isPresent() == user.isPresent() || body.size() != 1) {
            throw Problem.badRequest("say \"address\" or \"user\", one of them and nothing else");
        }
        PurgeSubject subject = subject(address, user);
        if (Purge.pending(data).size() >= Purge.MOST_PENDING) {
            throw Problem.conflict(
                    "%d purges wait for the next start: restart the server first"
                            .formatted(Purge.MOST_PENDING));
        }
        Json.send(response, Status.ACCEPTED_202, json(Purge.request(data, subject)));
    }

    private static PurgeSubject subject(Optional<String> address, Optional<String> user) {
        try {
            return address.map(text -> PurgeSubject.of("address", text))
                    .or(() -> user.map(text -> PurgeSubject.of("user", text)))
                    .orElseThrow();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static void withdraw(Path data, ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        if (Purge.pending(data).stream().noneMatch(one -> one.id().equals(id))) {
            throw Problem.notFound("there is no purge \"" + id + "\" that waits");
        }
        Purge.forget(data, id);
        response.status(Status.NO_CONTENT_204).send();
    }
}
