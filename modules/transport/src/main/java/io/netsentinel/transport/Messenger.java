package io.netsentinel.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.Inboxes;
import io.netsentinel.queuing.Position;
import io.netsentinel.queuing.QueueFullException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What an administrator sends: to all who follow a channel, or to one client. A service every
/// endpoint can get.
public final class Messenger {
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern USER = Pattern.compile("[\\x21-\\x7e]{1,64}");

    /// How long a message to a connected client may take to be written before it is called queued.
    private static final long WRITTEN_MILLIS = 1_000;

    private static final int HIGHEST = 3;
    private static final Duration FULL_RETRY = Duration.ofSeconds(10);

    private final Hub hub;
    private final Connections connections;

    Messenger(Hub hub, Connections connections) {
        this.hub = hub;
        this.connections = connections;
    }

    /// A message to one client that is stored.
    ///
    /// @param client the client's id
    /// @param user whose client it is
    /// @param seq its number
    /// @param delivered whether it was written to a connection of the client; else it waits
    /// @param expires when its time is over
    public record Sent(String client, String user, long seq, boolean delivered, Instant expires) {}

    /// What somebody wrote as the data of a message: a JSON object as it is, any other text as the
    /// member `message` of one.
    ///
    /// @throws Problem 400 when it begins as an object and is none, or is blank
    public static byte[] data(String text) {
        String written = text.strip();
        if (written.isEmpty()) {
            throw Problem.badRequest("the message is empty");
        }
        try {
            ObjectNode object =
                    written.startsWith("{")
                            ? Json.MAPPER.readValue(written, ObjectNode.class)
                            : Json.object().put("message", written);
            return Json.MAPPER.writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException _) {
            throw Problem.badRequest(
                    "the message begins with { and is no JSON object without duplicate keys and of"
                            + " at most 32 levels");
        }
    }

    /// Publishes a message to all who follow a channel.
    ///
    /// @param channel its name; an administrator's wish creates it
    /// @param data a JSON object
    /// @return where it is stored
    /// @throws Problem saying what is wrong
    public Position broadcast(Identity who, String channel, byte[] data) {
        Command command = command("broadcast", data);
        command.fields().put("channel", channel);
        return refusing(() -> broadcast(who, command));
    }

    /// Keeps a message for a client until it takes it, and writes it at once when it is connected.
    ///
    /// @param user whose client; without, it is found out
    /// @param client a client's id, or that of a connection
    /// @param data a JSON object
    /// @throws Problem saying what is wrong
    public Sent notify(Identity who, Optional<String> user, String client, byte[] data) {
        Command command = command("notify", data);
        user.ifPresent(name -> command.fields().put("user", name));
        return refusing(() -> notify(who, client, command));
    }

    private static Command command(String type, byte[] data) {
        return new Command(type, OptionalLong.empty(), Json.object(), Optional.of(data));
    }

    /// Says as a problem what the protocol refuses.
    static <T> T refusing(Supplier<T> task) {
        try {
            return task.get();
        } catch (QueueFullException e) {
            throw Problem.unavailable(String.valueOf(e.getMessage()), FULL_RETRY)
                    .with("code", ErrorCode.QUEUE_FULL.number());
        } catch (ProtocolException e) {
            throw Refusals.problem(e);
        }
    }

    Position broadcast(Identity who, Command command) {
        String channel = command.optionalText("channel").orElse(Channel.SYSTEM);
        var append = PublishCommand.append(command, channel, who);
        ChannelAccess.requirePublish(hub, who, channel);
        return hub.publish(append).join().positions().getFirst();
    }

    Sent notify(Identity who, String wanted, Command command) {
        String client = client(wanted);
        byte[] data = PublishCommand.data(command, Inboxes.MAX_DATA);
        int priority = (int) command.optionalNumber("priority", 0, HIGHEST).orElse(Entry.NORMAL);
        long ttl = DurableWish.ttl(command);
        Mail.Address to = address(client, user(command), who);
        Inboxes.Accepted accepted =
                connections
                        .queues()
                        .inboxes()
                        .send(
                                to.user(),
                                to.client(),
                                data,
                                priority,
                                ttl == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(ttl)))
                        .join();
        boolean delivered = accepted.connected() && written(accepted);
        return new Sent(to.client(), to.user(), accepted.seq(), delivered, accepted.expires());
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
                connections.find(client).filter(one -> user.isEmpty() || user.equals(userOf(one)));
        Optional<Mail.Address> connected = open.flatMap(ProtocolConnection::address);
        connected.ifPresent(to -> open.orElseThrow().openMail(to.client()));
        return connected.orElseGet(() ->
                new Mail.Address(
                        user.or(() -> only(client, owners(client))).orElse(who.user()), client));
    }

    private Set<String> owners(String client) {
        return new TreeSet<>(connections.queues().inboxes().usersOf(client));
    }

    /// The user who has a client of this id, if there is one.
    ///
    /// @throws Problem 409 when there are several
    static Optional<String> only(String client, Set<String> owners) {
        if (owners.size() > 1) {
            throw Problem.conflict(
                    "several users have a client \"%s\": say \"user\", one of %s"
                            .formatted(client, String.join(", ", owners)));
        }
        return owners.stream().findFirst();
    }

    static Optional<String> userOf(ProtocolConnection connection) {
        return connection.identity().map(Identity::user);
    }

    static String client(String text) {
        if (!CLIENT.matcher(text).matches()) {
            throw Problem.badRequest(
                    "a client's id is 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -");
        }
        return text;
    }

    static Optional<String> user(Command command) {
        Optional<String> user = command.optionalText("user");
        if (user.filter(text -> !USER.matcher(text).matches()).isPresent()) {
            throw Problem.badRequest("\"user\" is 1 to 64 visible ASCII characters");
        }
        return user;
    }
}
