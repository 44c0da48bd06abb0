package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.Hub;
import io.netsentinel.transport.spi.Endpoint;
import java.util.List;

/// What is streamed and to whom: `/ws/channels` and `/ws/connections`.
final class StreamEndpoint implements Endpoint {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    @Override
    public void routes(Routes routes, Services services) {
        Hub hub = services.get(Hub.class);
        Connections connections = services.get(Connections.class);
        routes.get("/ws", Access.OPEN, (_, _) -> requireUpgrade())
                .get(
                        "/ws/channels",
                        Access.READ,
                        (request, response) ->
                                Json.send(response, channels(hub, Guard.identity(request))))
                .get(
                        "/ws/connections",
                        Access.ADMIN,
                        (request, response) ->
                                Json.send(response, connections(request, connections)))
                .delete(
                        "/ws/connections/{id}",
                        Access.ADMIN,
                        (request, response) -> close(request, response, connections));
    }

    private static void requireUpgrade() {
        throw new Problem(426, "Upgrade required", "this address speaks WebSocket")
                .withHeader("Upgrade", "websocket");
    }

    private static ObjectNode channels(Hub hub, Identity who) {
        ObjectNode answer = Json.object();
        ArrayNode channels = answer.putArray("channels");
        for (ChannelInfo info : hub.channels()) {
            if (who.maySubscribe(info.name()) || who.mayRead(info.name())) {
                ObjectNode one = channels.addObject();
                one.put("name", info.name());
                one.put("epoch", info.epoch());
                one.put("first", info.first());
                one.put("tail", info.tail());
                one.put("subscribers", info.subscribers());
                one.putObject("policy")
                        .put("retention", info.policy().retention().toSeconds())
                        .put("onLag", info.policy().onLag().text())
                        .put("priority", info.policy().priority())
                        .put("latencyMs", info.policy().latency().toMillis())
                        .put("lagAfterMs", info.policy().lagAfter().toMillis())
                        .put("key", info.policy().key())
                        .put("presence", info.policy().presence())
                        .put("encryption", info.policy().encryption().text());
            }
        }
        return answer;
    }

    private static ObjectNode connections(ServerRequest request, Connections connections) {
        String after = request.query().first("after").orElse("");
        int limit = limit(request.query().first("limit").orElse(Integer.toString(USUAL)));
        List<ConnectionInfo> page = connections.list(after, limit);
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("connections");
        for (ConnectionInfo info : page) {
            write(array.addObject(), info, connections.following(info.id()));
        }
        if (page.size() == limit) {
            answer.put("next", page.getLast().id());
        }
        return answer;
    }

    private static void write(ObjectNode target, ConnectionInfo info, List<Following> following) {
        target.put("id", info.id())
                .put("client", info.client())
                .put("user", info.user())
                .put("role", info.role())
                .put("name", info.name())
                .put("version", info.version())
                .put("address", info.address())
                .put("since", info.since().toString())
                .put("transport", "websocket")
                .put("format", info.format())
                .put("encrypted", info.encrypted())
                .put("subscriptions", info.subscriptions())
                .put("queueBytes", info.queueBytes())
                .put("messagesIn", info.messagesIn())
                .put("messagesOut", info.messagesOut())
                .put("bytesIn", info.bytesIn())
                .put("bytesOut", info.bytesOut())
                .put("latencyMs", info.latencyMillis());
        info.lastPing().ifPresent(time -> target.put("lastPing", time.toString()));
        ArrayNode follows = target.putArray("follows");
        for (Following one : following) {
            follows.addObject()
                    .put("sub", one.sub())
                    .put("channel", one.channel())
                    .put("filter", one.filter())
                    .put("offset", one.offset())
                    .put("lag", one.lag());
        }
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw Problem.badRequest("limit is a whole number from 1 to 1000");
    }

    private static void close(
            ServerRequest request, ServerResponse response, Connections connections) {
        if (!connections.close(request.path().pathParameters().get("id"))) {
            throw Problem.notFound("there is no connection of this id");
        }
        response.status(Status.NO_CONTENT_204).send();
    }
}
