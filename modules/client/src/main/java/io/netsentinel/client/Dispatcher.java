package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// Brings each message to whom it concerns. Belongs to the engine's thread.
final class Dispatcher {
    /// States, errors and direct messages that wait for a slow listener.
    private static final int WAITING = 1_024;

    private static final String NAMED = "subs.";
    private static final int LAGGING = 4008;

    private final Engine engine;
    private final Commands commands;
    private final ClientListener listener;
    private final Delivery inbox;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Set<Long> ignored = new HashSet<>();
    private long greeting;

    Dispatcher(Engine engine, Commands commands) {
        this.engine = engine;
        this.commands = commands;
        listener = engine.settings().listener();
        inbox = new Delivery("netsentinel-listener", WAITING, () -> {});
    }

    // ---- the connection

    void greet(ObjectNode connect) {
        greeting = connect.path("id").asLong();
        ObjectNode subs = connect.putObject("subs");
        for (Subscription subscription : subscriptions.values()) {
            if (!subscription.parked()) {
                subs.set(subscription.name(), subscription.begin(greeting));
            }
        }
    }

    /// Keys are offered: an error that answers this is about the connection.
    void offer(ObjectNode connect) {
        greeting = connect.path("id").asLong();
    }

    void lost() {
        ignored.clear();
        subscriptions.values().forEach(Subscription::lost);
    }

    void finish() {
        subscriptions.values().forEach(Subscription::finish);
        inbox.finish();
    }

    void end() {
        subscriptions.values().forEach(Subscription::end);
        inbox.finish(); // the last state is still told
    }

    void state(State now) {
        inbox.offer(0, () -> listener.onState(now), Duration.ZERO);
    }

    void problem(NetSentinelException error) {
        inbox.offer(0, () -> listener.onError(error), Duration.ZERO);
    }

    // ---- subscriptions

    void add(Subscription subscription) {
        if (engine.ended()) {
            subscription.finish();
            return;
        }
        subscriptions.put(subscription.name(), subscription);
        subscribe(subscription);
    }

    /// Asks for everything after its position, when there is somebody to ask.
    void subscribe(Subscription subscription) {
        if (engine.greeted() && subscriptions.get(subscription.name()) == subscription) {
            long id = engine.nextId();
            ObjectNode command = subscription.begin(id);
            engine.send(
                    command.put("type", "subscribe").put("id", id).put("sub", subscription.name()));
        }
    }

    void unsubscribe(Subscription subscription) {
        if (engine.greeted()) {
            long id = engine.nextId();
            ignored.add(id);
            engine.send(
                    Frames.object()
                            .put("type", "unsubscribe")
                            .put("id", id)
                            .put("sub", subscription.name()));
        }
    }

    void remove(Subscription subscription) {
        if (subscriptions.remove(subscription.name(), subscription) && !subscription.parked()) {
            unsubscribe(subscription);
        }
    }

    // ---- messages

    void message(ObjectNode message, long weight) {
        switch (message.path("type").asText()) {
            case "event", "gap" -> {
                Subscription subscription = subscription(message);
                if (subscription != null) {
                    subscription.take(message, weight);
                }
            }
            case "subscribed" -> {
                Subscription subscription = subscription(message);
                if (subscription != null) {
                    subscription.subscribed(message);
                }
            }
            case "ping" -> ping(message);
            case "encrypted" -> engine.encrypted(message);
            case "connected" -> engine.welcome(message);
            case "disconnect" -> engine.farewell(message);
            case "expiring" -> expiring();
            case "error" -> error(message);
            case "message" -> direct(message, weight);
            default -> {
                if (!commands.answer(message)) {
                    ignored.remove(message.path("id").asLong());
                }
            }
        }
    }

    private @org.jspecify.annotations.Nullable Subscription subscription(ObjectNode message) {
        JsonNode name = message.has("sub") ? message.path("sub") : message.path("channel");
        return subscriptions.get(name.asText());
    }

    private void ping(ObjectNode message) {
        for (Map.Entry<String, JsonNode> entry : message.path("pos").properties()) {
            Subscription subscription = subscriptions.get(entry.getKey());
            if (subscription != null) {
                subscription.ping(entry.getValue());
            }
        }
        ObjectNode pong = Frames.object().put("type", "pong");
        pong.set("time", message.path("time"));
        engine.send(pong);
    }

    private void error(ObjectNode message) {
        long id = message.path("id").asLong();
        if (commands.error(message) || ignored.remove(id)) {
            return;
        }
        NetSentinelException error = NetSentinelException.of(message);
        if (id != 0 && id == greeting) {
            String field = error.field();
            Subscription named =
                    field.startsWith(NAMED)
                            ? subscriptions.get(field.substring(NAMED.length()))
                            : null;
            if (named != null) {
                named.refused(error);
            } else if (!field.startsWith(NAMED)) {
                problem(error);
                engine.unwelcome(error);
            }
            return;
        }
        for (Subscription subscription : new ArrayList<>(subscriptions.values())) {
            if (id != 0 && subscription.awaits(id)) {
                subscription.refused(error);
                return;
            }
        }
        problem(error);
    }

    private void direct(ObjectNode message, long weight) {
        long seq = message.path("seq").asLong();
        DirectMessage direct = new DirectMessage(message, () -> engine.post(() -> ack(seq)));
        Runnable call = () -> listener.onMessage(direct);
        if (!inbox.offer(weight, call, Subscription.PATIENCE)) {
            // It is not lost: the server sends what is not acknowledged again.
            engine.lose(LAGGING, "the listener of direct messages does not keep up");
        }
    }

    private void ack(long seq) {
        if (engine.connected()) {
            engine.send(
                    Frames.object().put("type", "ack").put("channel", "inbox").put("offset", seq));
        }
    }

    private void expiring() {
        engine.settings()
                .token()
                .ifPresent(supplier ->
                        Thread.ofVirtual()
                                .name("netsentinel-token")
                                .start(() -> {
                                    try {
                                        refresh(supplier.get());
                                    } catch (RuntimeException e) {
                                        Throwable why =
                                                e instanceof CompletionException ? e.getCause() : e;
                                        NetSentinelException error =
                                                why instanceof NetSentinelException known
                                                        ? known
                                                        : NetSentinelException.local(
                                                                "no new token", e);
                                        engine.post(() -> problem(error));
                                    }
                                }));
    }

    private void refresh(String token) {
        ObjectNode command = Frames.object().put("type", "refresh").put("token", token);
        commands.submit(command, false).join();
    }
}
