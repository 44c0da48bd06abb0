package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.transport.spi.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `call`: a method of some module, on a thread of its own.
final class CallCommand implements CommandHandler {
    private static final Duration RETRY = Duration.ofMillis(200);

    @Override
    public void run(Commander at, Command command) {
        command.allow(List.of("method", "params"));
        String name = command.text("method");
        ObjectNode params = command.object("params");
        Method method = at.protocol().methods().get(name);
        if (method == null) {
            throw new ProtocolException(
                    ErrorCode.NOT_AVAILABLE, "there is no such method", "method");
        }
        Identity who = at.connection().identity().orElseThrow();
        if (!who.may(method.needs())) {
            throw new ProtocolException(
                    ErrorCode.PERMISSION_DENIED,
                    "the role " + who.role().text() + " may not call " + name,
                    "method");
        }
        if (!at.connection().calls().tryEnter()) {
            throw ProtocolException.later(
                    ErrorCode.TOO_MANY_REQUESTS, "too many calls under way", RETRY);
        }
        Thread.ofVirtual().name("call").start(() -> call(at, command, method, params));
    }

    private static void call(Commander at, Command command, Method method, ObjectNode params) {
        boolean done = false;
        Identity who = at.connection().identity().orElseThrow();
        try {
            JsonNode result = method.call(who, params, at.protocol().services());
            done = true;
            ObjectNode answer = Commander.reply("result", command);
            answer.set("data", result);
            at.connection().send(answer);
        } catch (RuntimeException | Error e) {
            at.fail(command, e);
        } finally {
            at.connection().calls().leave();
            note(at, who, method, params, done);
        }
    }

    private static void note(
            Commander at, Identity who, Method method, ObjectNode params, boolean done) {
        if (method.needs() == Permission.READ) {
            return;
        }
        at.protocol()
                .services()
                .find(Audit.class)
                .ifPresent(audit ->
                        audit.note(
                                new AuditEntry(
                                        "call " + method.name(),
                                        who.user(),
                                        Optional.of(at.connection().arrival().client().address()),
                                        params.toString(),
                                        done,
                                        "")));
    }
}
