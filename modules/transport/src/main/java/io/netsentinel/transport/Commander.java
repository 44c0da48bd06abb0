package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs the commands of one connection, one after another, on its reader's thread.
final class Commander {
    private static final Logger LOG = System.getLogger(Commander.class.getName());

    /// Commands refused in a row, because they come too fast, before the connection is closed.
    private static final int PATIENCE = 100;

    private static final int ERRORS = 100;
    private static final int SUBSCRIPTIONS_REFUSED = 16;

    private static final Map<String, CommandHandler> HANDLERS =
            Map.of(
                    "connect", new ConnectCommand(),
                    "refresh", new RefreshCommand(),
                    "subscribe", new SubscribeCommand(),
                    "unsubscribe", new UnsubscribeCommand(),
                    "publish", new PublishCommand(),
                    "call", new CallCommand(),
                    "history", new HistoryCommand(),
                    "ack", new AckCommand(),
                    "presence", new PresenceCommand(),
                    "pong", new PongCommand());

    private final Protocol protocol;
    private final ProtocolConnection connection;
    private @Nullable TokenBucket rate;
    private @Nullable TokenBucket history;
    private @Nullable TokenBucket errors;
    private int tooFast;
    private int subscriptionsRefused;

    Commander(Protocol protocol, ProtocolConnection connection) {
        this.protocol = protocol;
        this.connection = connection;
    }

    Protocol protocol() {
        return protocol;
    }

    ProtocolConnection connection() {
        return connection;
    }

    void run(Command command) {
        long wait = command.type().equals("pong") ? 0 : tooFast(command);
        if (wait > 0) {
            refuse(
                    command,
                    ProtocolException.later(
                            ErrorCode.TOO_MANY_REQUESTS,
                            "commands come faster than this connection or this user may send them",
                            Duration.ofNanos(wait)));
            if (++tooFast > PATIENCE) {
                connection.close(CloseCode.TOO_MANY_REQUESTS);
            }
            return;
        }
        tooFast = 0;
        try {
            handler(command).run(this, command);
        } catch (RuntimeException e) {
            fail(command, e);
        }
    }

    private CommandHandler handler(Command command) {
        CommandHandler handler = HANDLERS.get(command.type());
        if (handler == null) {
            throw new ProtocolException(
                    ErrorCode.UNKNOWN_TYPE, "there is no command of this type", "type");
        }
        if (!handler.open()) {
            requireIdentity();
        }
        return handler;
    }

    private void requireIdentity() {
        Identity who =
                connection
                        .identity()
                        .orElseThrow(() ->
                                new ProtocolException(
                                        ErrorCode.UNAUTHORIZED, "send connect with a token first"));
        if (who.expires().filter(end -> !protocol.now().isBefore(end)).isPresent()) {
            throw new ProtocolException(
                    ErrorCode.TOKEN_EXPIRED, "the token has ended: send refresh with a new one");
        }
    }

    /// Nanoseconds until the command may come; 0 when it may now.
    private long tooFast(Command command) {
        if (connection.identity().filter(who -> who.may(Permission.ADMIN)).isPresent()) {
            return 0;
        }
        long now = System.nanoTime();
        long wait = ofConnection(now);
        if (wait == 0 && command.type().equals("history")) {
            wait = ofHistory(now);
        }
        return wait != 0
                ? wait
                : connection
                        .identity()
                        .map(who -> protocol.connections().users().command(who.user(), now))
                        .orElse(0L);
    }

    private long ofHistory(long now) {
        if (history == null) {
            int perSecond = protocol.settings().limits().historyPerSecond();
            history = new TokenBucket(perSecond, 2.0 * perSecond, now);
        }
        return history.take(now);
    }

    private long ofConnection(long now) {
        if (rate == null) {
            int perSecond = protocol.settings().limits().commandsPerSecond();
            rate = new TokenBucket(perSecond, 2.0 * perSecond, now);
        }
        return rate.take(now);
    }

    /// Answers a `connect`, or what the path of the connection says instead of one.
    void greet(Command connect) {
        connection.greeting(true);
        try {
            new ConnectCommand().greet(this, connect);
        } finally {
            connection.greeting(false);
        }
    }

    /// The frame could not be read: there is nothing to go on with.
    void malformed(String message) {
        connection.send(error(new ProtocolException(ErrorCode.BAD_REQUEST, message)));
        connection.close(CloseCode.PROTOCOL_ERROR);
    }

    /// Answers that a command failed. May be called from any thread.
    void fail(Command command, Throwable failure) {
        ProtocolException why = Refusals.of(failure);
        if (why.code() == ErrorCode.INTERNAL) {
            LOG.log(
                    Level.ERROR,
                    () -> command.type() + " of connection " + connection.id() + " failed",
                    failure);
        }
        refuse(command, why);
    }

    /// Answers that a command is refused. May be called from any thread.
    void refuse(Command command, ProtocolException why) {
        ObjectNode message = error(why);
        command.id().ifPresent(id -> message.put("id", id));
        connection.send(message);
        count(command, why.code());
    }

    private synchronized void count(Command command, ErrorCode code) {
        long now = System.nanoTime();
        if (errors == null) {
            errors = new TokenBucket(ERRORS / 60.0, ERRORS, now);
        }
        boolean subscribing = command.type().equals("subscribe");
        if (subscribing
                && code == ErrorCode.LIMIT_EXCEEDED
                && ++subscriptionsRefused > SUBSCRIPTIONS_REFUSED) {
            connection.close(CloseCode.SUBSCRIPTION_LIMIT);
        } else if (code != ErrorCode.TOO_MANY_REQUESTS && errors.take(now) > 0) {
            connection.close(CloseCode.TOO_MANY_ERRORS);
        }
    }

    private static ObjectNode error(ProtocolException why) {
        ObjectNode message = Json.object().put("type", "error");
        message.put("code", why.code().number());
        message.put("message", why.text());
        message.put("temporary", why.code().temporary());
        message.put("retryMs", why.retry().toMillis());
        if (!why.field().isEmpty()) {
            message.put("field", why.field());
        }
        return message;
    }

    /// The start of a reply.
    static ObjectNode reply(String type, Command command) {
        ObjectNode message = Json.object().put("type", type);
        command.id().ifPresent(id -> message.put("id", id));
        return message;
    }
}
