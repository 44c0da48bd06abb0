package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A client in a chaos run. It does what docs/protocol.md tells a client to do, and holds the
/// server to it: whatever the server should not have sent is a violation.
final class ChaosClient implements AutoCloseable {
    private static final int SILENCE_MILLIS = 60_000;
    private static final int FORBIDDEN = 103;
    private static final int EXPIRED = 109;
    private static final int UNAUTHORIZED = 101;
    private static final int MOST_TOLD = 5;

    /// One event in so many is acknowledged at once, with all before it.
    private static final int ACKNOWLEDGED = 40;

    /// A connection may send 50 commands a second.
    private static final long BETWEEN_ACKS_NANOS = 250_000_000;

    /// How it differs from the others.
    ///
    /// @param name its stable id
    /// @param port where it connects
    /// @param kind how it talks
    /// @param who whose tokens it uses
    /// @param heedless ignores `prev` and `pos`: what a client must not do
    /// @param naps whether it sometimes stays away for seconds
    /// @param renews whether it shows a newer token before the old one ends
    /// @param durable whether the server keeps its places
    record Role(
            String name,
            int port,
            ClientKind kind,
            ChaosIdentity who,
            boolean heedless,
            boolean naps,
            boolean renews,
            boolean durable) {}

    private final Role role;
    private final Random random;
    private final Ledger ledger;
    private final List<ChaosSubscription> subscriptions = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final AtomicInteger violated = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger holes = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger expired = new AtomicInteger();
    private final AtomicInteger denials = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean stopping;
    private volatile boolean awake;
    private long acknowledgedAt = System.nanoTime();
    private boolean connected;
    private boolean expiring;
    private String token = "";
    private Thread thread = Thread.currentThread();

    ChaosClient(Role role, Random random, Ledger ledger) {
        this.role = role;
        this.random = random;
        this.ledger = ledger;
    }

    /// Adds a subscription before the start.
    ChaosClient following(String label, String channel, ChaosFilter filter, String begin) {
        subscriptions.add(
                new ChaosSubscription(
                        label,
                        channel,
                        filter,
                        begin,
                        role.heedless(),
                        role.durable() ? role.name() + "-" + label : "",
                        this::violate));
        return this;
    }

    ChaosClient start() {
        thread = Thread.ofVirtual().name(role.name()).start(this::run);
        return this;
    }

    Role role() {
        return role;
    }

    List<ChaosSubscription> subscriptions() {
        return subscriptions;
    }

    private void violate(String what) {
        violated.incrementAndGet();
        synchronized (violations) {
            if (violations.size() < MOST_TOLD) {
                violations.add(role.name() + " " + what);
            }
        }
    }

    // ---- its life

    private void run() {
        while (!stopping) {
            try (LeanSocket socket = connect()) {
                converse(socket);
            } catch (LeanSocket.RefusedException e) {
                refused(e.status());
            } catch (Track.HoleException _) {
                holes.incrementAndGet();
            } catch (IOException _) {
                // It was cut, or the server is away.
            } catch (RuntimeException | AssertionError e) {
                violate("failed: " + e);
            }
            rest();
        }
    }

    private void refused(int status) {
        if (status == 401) {
            expired.incrementAndGet();
        } else if (status != 503) {
            violate("the handshake was answered with " + status);
        }
    }

    private void rest() {
        long millis = 20L + random.nextInt(300);
        if (role.naps() && random.nextInt(12) == 0) {
            millis = 5_000L + random.nextInt(10_000);
        }
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (!stopping && !awake && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(20_000_000);
        }
        if (awake) {
            LockSupport.parkNanos(20_000_000); // not in a circle
        }
    }

    private LeanSocket connect() throws IOException {
        connected = false;
        expiring = false;
        token = role.who().token();
        boolean early = random.nextBoolean();
        List<String> headers = new ArrayList<>();
        headers.add("Sec-WebSocket-Protocol: " + role.kind().subprotocol());
        if (early) {
            headers.addAll(LeanSocket.bearer(token));
        }
        LeanSocket socket = LeanSocket.open(role.port(), "/ws", headers);
        try {
            socket.patience(SILENCE_MILLIS);
            send(socket, greeting(!early));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private ObjectNode greeting(boolean introduce) {
        ObjectNode connect = message("connect").put("id", 1).put("client", role.name());
        if (introduce) {
            connect.put("token", token);
        }
        role.kind().greet(connect);
        ObjectNode subs = connect.putObject("subs");
        subscriptions.forEach(one -> subs.set(one.label(), one.request()));
        return connect;
    }

    private static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private void send(LeanSocket socket, ObjectNode message) throws IOException {
        LeanSocket.Message frame = role.kind().encode(message);
        socket.send(frame.opcode(), frame.payload());
    }

    private void converse(LeanSocket socket) throws IOException {
        connections.incrementAndGet();
        while (!stopping) {
            LeanSocket.Message frame;
            try {
                frame = socket.read();
            } catch (SocketTimeoutException _) {
                violate("nothing came for a minute, not even a ping");
                return;
            }
            if (frame.opcode() == LeanSocket.CLOSE) {
                closed(frame.closeCode());
                return;
            }
            JsonNode messages = role.kind().decode(frame);
            for (JsonNode one : messages.isArray() ? messages : List.of(messages)) {
                take(socket, one);
            }
        }
    }

    private void closed(int code) {
        if (code == 4005) {
            expired.incrementAndGet();
        }
        if (code != 1001 && (code < 4000 || code > 4499)) {
            violate("closed with " + code);
        }
    }

    // ---- what comes

    private void take(LeanSocket socket, JsonNode message) throws IOException {
        switch (message.path("type").asText()) {
            case "subscribed" -> subscription(message).subscribed(message);
            case "connected" -> connected();
            case "event" -> {
                event(message);
                if (role.durable()
                        && random.nextInt(ACKNOWLEDGED) == 0
                        && System.nanoTime() - acknowledgedAt > BETWEEN_ACKS_NANOS) {
                    acknowledge(socket, subscription(message));
                }
            }
            case "gap" -> {
                requireConnected(); // else a durable one knows nothing of where it goes on
                subscription(message).track(message).gap(message);
            }
            case "ping" -> {
                pinged(message);
                refresh(socket);
                for (ChaosSubscription one :
                        role.durable() ? subscriptions : List.<ChaosSubscription>of()) {
                    acknowledge(socket, one);
                }
            }
            case "expiring" -> expiring = true;
            case "refreshed" -> refreshes.incrementAndGet();
            case "error" -> failed(message);
            case "disconnect" -> {}
            default -> violate("unknown message " + message);
        }
    }

    private ChaosSubscription subscription(JsonNode message) {
        String label = message.path("sub").asText(message.path("channel").asText());
        for (ChaosSubscription one : subscriptions) {
            if (one.label().equals(label)) {
                return one;
            }
        }
        throw new AssertionError("of no subscription: " + message);
    }

    private void connected() {
        for (ChaosSubscription one : subscriptions) {
            if (!one.complete() && role.who().mayRead(one.channel())) {
                throw new Track.HoleException("an answer got lost");
            }
        }
        connected = true;
    }

    private void event(JsonNode message) {
        requireConnected();
        ChaosSubscription subscription = subscription(message);
        String channel = message.path("channel").asText();
        JsonNode data = message.path("data");
        ChaosEvent event = ChaosEvent.of(data.path("number").asInt());
        if (!event.is(data) || !event.channel().equals(channel)) {
            violate("not as published: " + message);
        }
        if (!subscription.filter().wants().test(event)) {
            violate("filter leak: " + subscription.filter().text() + " " + message);
        }
        if (!role.who().rows().wants().test(event) || !role.who().mayRead(channel)) {
            violate("permission leak: " + message);
        }
        subscription.track(message).event(message);
        ledger.observed(channel, message.path("offset").asLong(), event.number());
        received.incrementAndGet();
    }

    private void pinged(JsonNode message) {
        requireConnected();
        subscriptions.forEach(one -> one.pinged(message.path("pos").path(one.label())));
    }

    private void requireConnected() {
        if (!connected) {
            throw new Track.HoleException("connected got lost");
        }
    }

    /// Shows a newer token when there is one by now; some let theirs end.
    private void refresh(LeanSocket socket) throws IOException {
        String newer = role.who().token();
        if (expiring && role.renews() && !newer.equals(token)) {
            expiring = false;
            token = newer;
            send(socket, message("refresh").put("id", 2).put("token", newer));
        }
    }

    private void acknowledge(LeanSocket socket, ChaosSubscription subscription) throws IOException {
        acknowledgedAt = System.nanoTime();
        for (Track track : subscription.tracks()) {
            long offset = track.acknowledge();
            if (offset >= 0) {
                acknowledged.incrementAndGet();
                send(
                        socket,
                        message("ack")
                                .put("sub", subscription.label())
                                .put("channel", track.channel())
                                .put("epoch", track.epoch())
                                .put("offset", offset));
            }
        }
    }

    private void failed(JsonNode message) {
        int code = message.path("code").asInt();
        boolean forbidden =
                subscriptions.stream().anyMatch(one -> !role.who().mayRead(one.channel()));
        if (code == FORBIDDEN && forbidden) {
            denials.incrementAndGet();
        } else if (code != EXPIRED && code != UNAUTHORIZED) {
            violate("refused: " + message);
        }
    }

    // ---- for the verdict

    /// From now on it does not stay away.
    void wake() {
        awake = true;
    }

    /// What the server should not have done, the first few of it.
    List<String> violations() {
        synchronized (violations) {
            return List.copyOf(violations);
        }
    }

    int violated() {
        return violated.get();
    }

    int connections() {
        return connections.get();
    }

    /// How often it found something missing and came back.
    int holes() {
        return holes.get();
    }

    int received() {
        return received.get();
    }

    int refreshes() {
        return refreshes.get();
    }

    /// How often its token had ended.
    int expired() {
        return expired.get();
    }

    int denials() {
        return denials.get();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /// How many events came again because they had not been acknowledged.
    int repeated() {
        return subscriptions.stream()
                .flatMap(one -> one.tracks().stream())
                .mapToInt(Track::repeated)
                .sum();
    }

    /// Whether it is at the end of the ledger on every channel it follows.
    boolean arrived() {
        return subscriptions.stream()
                .filter(one -> role.who().mayRead(one.channel()))
                .allMatch(one -> !one.tracks().isEmpty() && arrived(one));
    }

    private boolean arrived(ChaosSubscription subscription) {
        return subscription.tracks().stream()
                .allMatch(track -> track.position() >= ledger.tail(track.channel()));
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
