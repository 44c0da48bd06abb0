package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.Inboxes;
import io.netsentinel.queuing.Position;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What an administrator sends to clients or does for them: `POST /ws/broadcast`,
/// `/ws/notify/{client_id}`, `/ws/channels/{channel}/subscribe` and `…/unsubscribe`.
final class PostEndpoint implements Endpoint {
    private static final List<String> BROADCAST = List.of("channel", "data", "ttl", "priority");
    private static final List<String> NOTIFY = List.of("data", "ttl", "priority", "user");
    private static final List<String> UNSUBSCRIBE = List.of("client_id", "user", "sub");
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern USER = Pattern.compile("[\\x21-\\x7e]{1,64}");

    /// The data and all that stands around it.
    private static final long NOTIFY_BODY = Inboxes.MAX_DATA + (4L << 10);

    /// How long a message to a connected client may take to be written before it is called queued.
    private static final long WRITTEN_MILLIS = 1_000;

    private static final int HIGHEST = 3;
    private static final Duration FULL_RETRY = Duration.ofSeconds(10);

    private final Protocol protocol;

    PostEndpoint(Protocol protocol) {
        this.protocol = protocol;
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
        Answer answer;
        try {
            answer = task.get();
        } catch (QueueFullException e) {
            throw Problem.unavailable(String.valueOf(e.getMessage()), FULL_RETRY)
                    .with("code", ErrorCode.QUEUE_FULL.number());
        } catch (ProtocolException e) {
            throw Refusals.problem(e);
        }
        Json.send(response, answer.status(), answer.body());
    }

    // ---- to all

    private Answer broadcast(ServerRequest request) {
        Command command = PostedCommand.read(request, "broadcast");
        command.allow(BROADCAST);
        Identity who = Guard.identity(request);
        String channel = command.optionalText("channel").orElse(Channel.SYSTEM);
        var append = PublishCommand.append(command, channel, who);
        ChannelAccess.requirePublish(protocol.hub(), who, channel);
        Position position = protocol.hub().publish(append).join().positions().getFirst();
        return Answer.ok(
                Json.object()
                        .put("channel", position.channel())
                        .put("offset", position.offset())
                        .put("epoch", position.epoch())
                        .put("time", position.time()));
    }

    // ---- to one

    private Answer notify(ServerRequest request) {
        String client = client(request.path().pathParameters().get("client_id"));
        Command command = PostedCommand.read(request, "notify");
        command.allow(NOTIFY);
        byte[] data = data(command);
        int priority = (int) command.optionalNumber("priority", 0, HIGHEST).orElse(Entry.NORMAL);
        long ttl = DurableWish.ttl(command);
        Mail.Address to = address(client, user(command), Guard.identity(request));
        Inboxes.Accepted accepted =
                protocol.queues()
                        .inboxes()
                        .send(
                                to.user(),
                                to.client(),
                                data,
                                priority,
                                ttl == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(ttl)))
                        .join();
        boolean delivered = accepted.connected() && written(accepted);
        ObjectNode answer =
                Json.object()
                        .put("client", to.client())
                        .put("user", to.user())
                        .put("seq", accepted.seq())
                        .put("state", delivered ? "delivered" : "queued")
                        .put("expires", accepted.expires().toString());
        return new Answer(delivered ? Status.OK_200 : Status.ACCEPTED_202, answer);
    }

    private static byte[] data(Command command) {
        byte[] data =
                command.data()
                        .orElseThrow(() ->
                                new ProtocolException(
                                        ErrorCode.BAD_REQUEST,
                                        "\"data\" must be an object",
                                        "data"));
        if (data.length > Inboxes.MAX_DATA) {
            throw new ProtocolException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "\"data\" has " + data.length + " bytes, the most is " + Inboxes.MAX_DATA,
                    "data");
        }
        return data;
    }

    private static boolean written(Inboxes.Accepted accepted) {
        try {
            accepted.written().get(WRITTEN_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException _) {
            return false;
        }
    }

    /// Who is meant: the client of an open connection, when that connection's id is given; else the
    /// client of this id that is known; else, when none is, one of whoever asks.
    private Mail.Address address(String client, Optional<String> user, Identity who) {
        Optional<ProtocolConnection> open =
                protocol.connections()
                        .find(client)
                        .filter(one -> user.isEmpty() || user.equals(userOf(one)));
        Optional<Mail.Address> connected = open.flatMap(ProtocolConnection::address);
        connected.ifPresent(to -> open.orElseThrow().openMail(to.client()));
        return connected.orElseGet(() ->
                new Mail.Address(
                        user.or(() -> only(client, owners(client))).orElse(who.user()), client));
    }

    private Set<String> owners(String client) {
        return new TreeSet<>(protocol.queues().inboxes().usersOf(client));
    }

    private static Optional<String> only(String client, Set<String> owners) {
        if (owners.size() > 1) {
            throw Problem.conflict(
                    "several users have a client \"%s\": say \"user\", one of %s"
                            .formatted(client, String.join(", ", owners)));
        }
        return owners.stream().findFirst();
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
        String client = client(asked.text("client_id"));
        Optional<String> user = user(asked);
        List<ProtocolConnection> found =
                protocol.connections().of(client).stream()
                        .filter(one -> one.address().isPresent())
                        .filter(one -> user.isEmpty() || user.equals(userOf(one)))
                        .toList();
        if (found.isEmpty()) {
            throw Problem.notFound("no client \"" + client + "\" is connected");
        }
        Set<String> owners = new TreeSet<>();
        found.forEach(one -> userOf(one).ifPresent(owners::add));
        var _ = only(client, owners);
        return found;
    }

    private static Optional<String> userOf(ProtocolConnection connection) {
        return connection.identity().map(Identity::user);
    }

    private static String client(String text) {
        if (!CLIENT.matcher(text).matches()) {
            throw Problem.badRequest(
                    "a client's id is 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -");
        }
        return text;
    }

    private static Optional<String> user(Command command) {
        Optional<String> user = command.optionalText("user");
        if (user.filter(text -> !USER.matcher(text).matches()).isPresent()) {
            throw Problem.badRequest("\"user\" is 1 to 64 visible ASCII characters");
        }
        return user;
    }
}
