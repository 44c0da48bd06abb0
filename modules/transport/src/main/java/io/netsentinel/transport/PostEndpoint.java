package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.queuing.Inboxes;
import io.netsentinel.queuing.Position;
import io.netsentinel.transport.spi.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// What an administrator sends to clients or does for them: `POST /ws/broadcast`,
/// `/ws/notify/{client_id}`, `/ws/channels/{channel}/subscribe` and `…/unsubscribe`.
final class PostEndpoint implements Endpoint {
    private static final List<String> BROADCAST = List.of("channel", "data", "ttl", "priority");
    private static final List<String> NOTIFY = List.of("data", "ttl", "priority", "user");
    private static final List<String> UNSUBSCRIBE = List.of("client_id", "user", "sub");

    /// The data and all that stands around it.
    private static final long NOTIFY_BODY = Inboxes.MAX_DATA + (4L << 10);

    private final Protocol protocol;
    private final Messenger messenger;

    PostEndpoint(Protocol protocol) {
        this.protocol = protocol;
        this.messenger = protocol.services().get(Messenger.class);
    }

    @Override
    public void routes(Routes routes, Services services) {
        routes.post("/ws/broadcast", Access.ADMIN, (q, s) -> refusing(() -> broadcast(q), s))
                .post(
                        "/ws/notify/{client_id}",
                        Access.ADMIN,
                        NOTIFY_BODY,
                        (q, s) -> refusing(() -> notify(q), s))
                .post(
                        "/ws/channels/{channel}/subscribe",
                        Access.ADMIN,
                        (q, s) -> refusing(() -> subscribe(q), s))
                .post(
                        "/ws/channels/{channel}/unsubscribe",
                        Access.ADMIN,
                        (q, s) -> refusing(() -> unsubscribe(q), s));
    }

    /// What is answered.
    private record Answer(Status status, ObjectNode body) {
        static Answer ok(ObjectNode body) {
            return new Answer(Status.OK_200, body);
        }
    }

    /// Says over HTTP what the protocol refuses.
    private static void refusing(Supplier<Answer> task, ServerResponse response) {
        Answer answer = Messenger.refusing(task);
        Json.send(response, answer.status(), answer.body());
    }

    // ---- to all

    private Answer broadcast(ServerRequest request) {
        Command command = PostedCommand.read(request, "broadcast");
        command.allow(BROADCAST);
        Position position = messenger.broadcast(Guard.identity(request), command);
        return Answer.ok(
                Json.object()
                        .put("channel", position.channel())
                        .put("offset", position.offset())
                        .put("epoch", position.epoch())
                        .put("time", position.time()));
    }

    // ---- to one

    private Answer notify(ServerRequest request) {
        String client = request.path().pathParameters().get("client_id");
        Command command = PostedCommand.read(request, "notify");
        command.allow(NOTIFY);
        Messenger.Sent sent = messenger.notify(Guard.identity(request), client, command);
        ObjectNode answer =
                Json.object()
                        .put("client", sent.client())
                        .put("user", sent.user())
                        .put("seq", sent.seq())
                        .put("state", sent.delivered() ? "delivered" : "queued")
                        .put("expires", sent.expires().toString());
        return new Answer(sent.delivered() ? Status.OK_200 : Status.ACCEPTED_202, answer);
    }

    // ---- on behalf of one

    private Answer subscribe(ServerRequest request) {
        Command asked = PostedCommand.read(request, "subscribe");
        List<ProtocolConnection> connections = connections(asked);
        asked.fields().remove(List.of("client_id", "user"));
        asked.fields().put("channel", request.path().pathParameters().get("channel"));
        Wanted wanted = Wanted.of(asked, protocol.now());
        ArrayNode subscribed = Json.MAPPER.createArrayNode();
        ArrayNode already = Json.MAPPER.createArrayNode();
        for (ProtocolConnection one : connections) {
            try {
                new Subscribing(protocol, one, one.identity().orElseThrow()).open(wanted, asked);
                subscribed.add(one.id());
            } catch (ProtocolException e) {
                if (e.code() != ErrorCode.ALREADY_SUBSCRIBED) {
                    throw e;
                }
                already.add(one.id());
            }
        }
        ObjectNode answer = Json.object().put("sub", wanted.label());
        answer.set("subscribed", subscribed);
        answer.set("already", already);
        return Answer.ok(answer);
    }

    private Answer unsubscribe(ServerRequest request) {
        Command asked = PostedCommand.read(request, "unsubscribe");
        asked.allow(UNSUBSCRIBE);
        String label =
                asked.optionalText("sub").orElse(request.path().pathParameters().get("channel"));
        ArrayNode ended = Json.MAPPER.createArrayNode();
        for (ProtocolConnection one : connections(asked)) {
            if (UnsubscribeCommand.end(protocol, one, label, false)) {
                one.send(Json.object().put("type", "unsubscribed").put("sub", label));
                ended.add(one.id());
            }
        }
        if (ended.isEmpty()) {
            throw Problem.notFound("the client has no subscription \"" + label + "\"");
        }
        ObjectNode answer = Json.object().put("sub", label);
        answer.set("unsubscribed", ended);
        return Answer.ok(answer);
    }

    /// The connections of a client, all of one user.
    private List<ProtocolConnection> connections(Command asked) {
        String client = Messenger.client(asked.text("client_id"));
        Optional<String> user = Messenger.user(asked);
        List<ProtocolConnection> found =
                protocol.connections().of(client).stream()
                        .filter(one -> one.address().isPresent())
                        .filter(one -> user.isEmpty() || user.equals(Messenger.userOf(one)))
                        .toList();
        if (found.isEmpty()) {
            throw Problem.notFound("no client \"" + client + "\" is connected");
        }
        Set<String> owners = new TreeSet<>();
        found.forEach(one -> Messenger.userOf(one).ifPresent(owners::add));
        var _ = Messenger.only(client, owners);
        return found;
    }
}
