package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A subscription: a position in the log of each of its channels, and a listener that is given what
/// comes after it.
///
/// What the listener does not take at once waits, up to a bound. When that is reached and the
/// listener takes nothing for a moment, the subscription is given back to the server, and asked for
/// again from its position when the listener has caught up. So a slow listener costs neither memory
/// nor the other subscriptions anything.
///
/// A durable subscription goes on behind what was acknowledged, so that what a program had in hand
/// comes again to whoever takes its place; this one passes over what its listener has had.
public final class Subscription implements AutoCloseable {
    /// How long the connection waits for a listener whose queue is full.
    static final Duration PATIENCE = Duration.ofMillis(100);

    private static final Duration ACK_PAUSE = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Engine engine;
    private final SubscriptionRequest request;
    private final SubscriptionListener listener;
    private final Delivery delivery;
    private final Map<String, Position> delivered = new ConcurrentHashMap<>();
    private final Map<String, Position> acknowledged = new ConcurrentHashMap<>();
    private final AtomicBoolean acking = new AtomicBoolean();
    private final Runnable closed;

    // the engine's thread alone
    private final Cursor cursor = new Cursor();
    private final Map<String, Position> told = new HashMap<>();

    /// Up to where a durable subscription has nothing left to acknowledge.
    private final Map<String, Position> settled = new HashMap<>();

    /// How far this connection was sent something: no more can be acknowledged on it.
    private final Map<String, Long> here = new HashMap<>();

    private long awaiting;
    private boolean begun;
    private boolean listening;
    private boolean parked;

    Subscription(
            Engine engine,
            SubscriptionRequest request,
            SubscriptionListener listener,
            Runnable closed) {
        this.engine = engine;
        this.closed = closed;
        this.request = request;
        this.listener = listener;
        switch (request.from()) {
            case From.After after when !request.pattern() ->
                    cursor.put(request.channel(), after.position());
            case From.Positions positions -> positions.positions().forEach(cursor::put);
            case From.After _, From.Tail _, From.Since _, From.Last _ -> {}
        }
        delivered.putAll(cursor.all());
        delivery =
                new Delivery(
                        "netsentinel-" + request.name(),
                        engine.settings().queue(),
                        () -> engine.post(this::unpark));
    }

    /// Its name.
    public String name() {
        return request.name();
    }

    /// Up to where the listener has dealt with each channel. Keep it to go on another day, with
    /// [From#positions(Map)] or [From#after(Position)].
    public Map<String, Position> positions() {
        return Map.copyOf(delivered);
    }

    /// Tells the server of a durable subscription that this and everything before it on its channel
    /// is dealt with. Returns at once; many in short time are told as one.
    public void ack(Item item) {
        acknowledge(item.channel(), item.position());
    }

    private void acknowledge(String channel, Position position) {
        acknowledged.merge(channel, position, Subscription::later);
        if (acking.compareAndSet(false, true)) {
            engine.post(this::sendAcks);
        }
    }

    private static Position later(Position one, Position other) {
        return one.offset() >= other.offset() ? one : other;
    }

    /// Ends it. A call of the listener that is under way is not interrupted; none follows.
    @Override
    public void close() {
        delivery.end();
        engine.post(() -> engine.dispatcher().remove(this));
        closed.run();
    }

    // ---- on the engine's thread

    boolean parked() {
        return parked;
    }

    boolean awaits(long id) {
        return awaiting == id;
    }

    /// Waits for the answer to a command and says what to put into it.
    ObjectNode begin(long id) {
        awaiting = id;
        listening = false;
        ObjectNode command = Frames.object().put("channel", request.channel());
        request.filter().ifPresent(text -> command.put("filter", text));
        request.durable().ifPresent(text -> command.put("durable", text));
        if (request.pattern() && (begun || !cursor.isEmpty())) {
            ObjectNode positions = command.putObject("positions");
            cursor.all()
                    .keySet()
                    .forEach(channel -> {
                        Position at = from(channel);
                        ArrayNode pair = positions.putArray(channel).add(at.offset());
                        at.epoch().ifPresent(pair::add);
                    });
        } else if (cursor.isEmpty()) {
            switch (request.from()) {
                case From.Since since -> command.put("since", since.time());
                case From.Last last -> command.put("last", last.count());
                // of a pattern: every channel from its beginning
                case From.After _, From.Positions _ -> command.putObject("positions");
                case From.Tail _ -> {}
            }
        } else {
            Position at = from(request.channel());
            command.put("offset", at.offset());
            at.epoch().ifPresent(epoch -> command.put("epoch", epoch));
        }
        return command;
    }

    private Position from(String channel) {
        Position at = cursor.at(channel).orElseThrow();
        if (request.durable().isEmpty() || !begun) {
            return at;
        }
        Position kept = settled.getOrDefault(channel, at);
        return later(kept, acknowledged.getOrDefault(channel, kept));
    }

    void lost() {
        listening = false;
        awaiting = 0;
    }

    void subscribed(ObjectNode message) {
        if (parked || (awaiting != 0 && message.path("id").asLong() != awaiting)) {
            return; // of before
        }
        awaiting = 0;
        listening = true;
        begun = true;
        if (message.has("channel")) {
            started(message, message.path("channel").asText());
        }
        told.clear();
        sendAcks();
    }

    private void started(ObjectNode message, String channel) {
        Optional<Position> before = cursor.at(channel);
        if (!message.has("start")) {
            cursor.remove(channel);
            offer(0, () -> delivered.remove(channel));
            reset(message, new Reset(channel, before, Optional.empty(), reason(message)));
            return;
        }
        Position start =
                new Position(message.path("start").asLong(), message.path("epoch").asText());
        Position at = before.filter(had -> goesOn(message, start, had)).orElse(start);
        settled.put(channel, start);
        here.put(channel, start.offset());
        cursor.put(channel, at);
        Subscribed subscribed = new Subscribed(channel, start, message.path("tail").asLong());
        offer(
                0,
                () -> {
                    delivered.put(channel, at);
                    listener.onSubscribed(subscribed);
                });
        reset(message, new Reset(channel, before, Optional.of(start), reason(message)));
    }

    /// Whether the listener has had what comes first.
    private boolean goesOn(ObjectNode message, Position start, Position had) {
        return request.durable().isPresent()
                && message.path("recovered").asBoolean(true)
                && had.offset() > start.offset();
    }

    private static String reason(ObjectNode message) {
        return message.path("reason").asText();
    }

    private void reset(ObjectNode message, Reset reset) {
        if (message.has("recovered") && !message.path("recovered").asBoolean()) {
            offer(
                    0,
                    () -> {
                        listener.onReset(reset);
                        if (request.durable().isPresent()) {
                            // else the next connection is told again
                            reset.start().ifPresent(at -> acknowledge(reset.channel(), at));
                        }
                    });
        }
    }

    void take(ObjectNode message, long weight) {
        if (!listening) {
            return;
        }
        here.merge(message.path("channel").asText(), Cursor.end(message), Math::max);
        switch (cursor.order(message)) {
            case OLD -> {}
            case HOLE -> resume();
            case NEXT -> {
                Item item = item(message);
                if (offer(weight, () -> deliver(item))) {
                    cursor.put(item.channel(), item.position());
                }
            }
        }
    }

    private Item item(ObjectNode message) {
        String channel = message.path("channel").asText();
        Position at = new Position(Cursor.end(message), cursor.at(channel).orElseThrow().epoch());
        return message.path("type").asText().equals("gap")
                ? new Gap(channel, message.path("from").asLong(), at, reason(message))
                : event(message, channel, at);
    }

    static Event event(JsonNode message, String channel, Position at) {
        return new Event(
                channel,
                at,
                Instant.ofEpochMilli(message.path("time").asLong()),
                message.path("priority").asInt(1),
                message.path("data"));
    }

    private void deliver(Item item) {
        try {
            switch (item) {
                case Event event -> listener.onEvent(event);
                case Gap gap -> listener.onGap(gap);
            }
        } finally {
            delivered.put(item.channel(), item.position());
        }
    }

    void ping(JsonNode positions) {
        if (!listening) {
            return;
        }
        Map<String, Position> before = Map.copyOf(cursor.all());
        if (!cursor.confirm(positions)) {
            resume();
            return;
        }
        before.forEach(this::settle);
        Map<String, Position> now = Map.copyOf(cursor.all());
        // When there is no room for it, the next event says the same.
        delivery.offer(0, () -> delivered.putAll(now), Duration.ZERO);
    }

    /// Where all is acknowledged the place moves on with what the server has looked at.
    private void settle(String channel, Position before) {
        if (from(channel).offset() >= before.offset()) {
            cursor.at(channel).ifPresent(now -> settled.put(channel, now));
        }
    }

    /// Something was lost on the way: asks for everything after the position again.
    private void resume() {
        engine.dispatcher().unsubscribe(this);
        engine.dispatcher().subscribe(this);
    }

    private boolean offer(long weight, Runnable call) {
        if (parked) {
            return false;
        }
        boolean taken = delivery.offer(weight, call, PATIENCE);
        if (!taken) {
            parked = true;
            listening = false;
            awaiting = 0;
            engine.dispatcher().unsubscribe(this);
            delivery.tellWhenEmpty();
        }
        return taken;
    }

    private void unpark() {
        if (parked) {
            parked = false;
            engine.dispatcher().subscribe(this);
        }
    }

    void refused(NetSentinelException error) {
        awaiting = 0;
        delivery.offer(0, () -> listener.onError(error), Duration.ZERO);
        if (error.temporary()) {
            Duration pause = error.retryAfter().compareTo(RETRY) > 0 ? error.retryAfter() : RETRY;
            engine.later(
                    pause,
                    () -> {
                        if (!listening && !parked && awaiting == 0) {
                            engine.dispatcher().subscribe(this);
                        }
                    });
        }
    }

    /// Tells what was acknowledged since it was told last, and looks again a little later.
    private void sendAcks() {
        if (!listening || acknowledged.equals(told)) {
            acking.set(false); // a new connection, or the next ack, comes here again
            return;
        }
        acknowledged.forEach((channel, at) -> {
            boolean sent = at.offset() <= here.getOrDefault(channel, 0L);
            if (sent && !at.equals(told.put(channel, at))) {
                ObjectNode ack = Frames.object().put("type", "ack").put("sub", name());
                ack.put("channel", channel);
                at.epoch().ifPresent(epoch -> ack.put("epoch", epoch));
                engine.send(ack.put("offset", at.offset()));
            }
        });
        engine.later(ACK_PAUSE, this::ackAgain);
    }

    private void ackAgain() {
        acking.set(false);
        if (!acknowledged.equals(told) && acking.compareAndSet(false, true)) {
            sendAcks();
        }
    }

    /// Nothing more comes; what waits is still delivered.
    void finish() {
        listening = false;
        delivery.finish();
    }

    void end() {
        listening = false;
        delivery.end();
    }
}
