package io.netsentinel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// A client of `netsentinel.v1`: one WebSocket, any number of subscriptions.
///
/// ```java
/// try (Client client = Client.builder(URI.create("ws://127.0.0.1:8082/ws")).token(token).connect()) {
///     client.subscribe(
///             SubscriptionRequest.of("alerts").from(From.last(20)),
///             event -> System.out.println(event.offset() + " " + event.data()));
///     ...
/// }
/// ```
///
/// A subscription is a position in a channel's log. After any break the client comes back by itself
/// and goes on from its positions, so every event arrives exactly once and in order, or is named by
/// a [Gap] or a [Reset]. Every method may be called from any thread.
public final class Client implements AutoCloseable {
    private final Engine engine;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    Client(Settings settings) {
        engine = new Engine(settings);
    }

    void start() {
        engine.start();
    }

    /// Begins to build one.
    ///
    /// @param address such as `ws://127.0.0.1:8082/ws` or `wss://soc.example/ws`
    public static Builder builder(URI address) {
        return new Builder(address);
    }

    /// What it is doing now.
    public State state() {
        return engine.state();
    }

    /// Subscribes, now or as soon as there is a connection, until the subscription is closed.
    ///
    /// @throws IllegalArgumentException when the client has a subscription of this name, or a
    ///   pattern is to begin at an offset
    public Subscription subscribe(SubscriptionRequest request, SubscriptionListener listener) {
        if (request.pattern()
                && request.from() instanceof From.After(Position position)
                && position.offset() > 0) {
            throw new IllegalArgumentException(
                    "the pattern " + request.channel() + " begins at positions, not at an offset");
        }
        if (!names.add(request.name())) {
            throw new IllegalArgumentException(
                    "there is a subscription \"" + request.name() + "\": give another name");
        }
        Subscription subscription =
                new Subscription(engine, request, listener, () -> names.remove(request.name()));
        engine.post(() -> engine.dispatcher().add(subscription));
        return subscription;
    }

    /// Publishes one event. The answer comes after the commit. After a break, or when the server
    /// says that it cannot just now, the client sends it again under the same key, so it is stored
    /// once. Waits while 256 commands are unanswered.
    ///
    /// @return completes with the event's place, or exceptionally with a [NetSentinelException]
    public CompletableFuture<Published> publish(PublishRequest request) {
        ObjectNode command = Frames.object().put("type", "publish");
        command.put("channel", request.channel()).put("key", request.key());
        command.set("data", request.data());
        request.ttl().ifPresent(ttl -> command.put("ttl", ttl.toMillis() / 1_000.0));
        request.priority().ifPresent(priority -> command.put("priority", priority));
        return engine.commands()
                .submit(command, true)
                .thenApply(answer ->
                        new Published(
                                answer.path("channel").asText(request.channel()),
                                new Position(
                                        answer.path("offset").asLong(),
                                        answer.path("epoch").asText()),
                                answer.path("duplicate").asBoolean()));
    }

    /// Publishes one event under a key of the client's own.
    public CompletableFuture<Published> publish(String channel, JsonNode data) {
        return publish(PublishRequest.of(channel, data));
    }

    /// Calls a method, for example `alert.ack`. It is sent once: when the connection is lost
    /// meanwhile, whether it was carried out is not known.
    ///
    /// @param params a JSON object
    /// @return completes with the method's result, or exceptionally with a [NetSentinelException]
    public CompletableFuture<JsonNode> call(String method, JsonNode params) {
        ObjectNode command = Frames.object().put("type", "call").put("method", method);
        command.set("params", params);
        return engine.commands().submit(command, false).thenApply(answer -> answer.path("data"));
    }

    /// Reads one page of a channel's past.
    ///
    /// @return completes with the page, or exceptionally with a [NetSentinelException]
    public CompletableFuture<HistoryPage> history(HistoryRequest request) {
        ObjectNode command = Frames.object().put("type", "history");
        command.put("channel", request.channel());
        request.offset().ifPresent(offset -> command.put("offset", offset));
        request.since().ifPresent(since -> command.put("since", since));
        request.limit().ifPresent(limit -> command.put("limit", limit));
        if (request.reverse()) {
            command.put("reverse", true);
        }
        request.filter().ifPresent(filter -> command.put("filter", filter));
        return engine.commands()
                .submit(command, true)
                .thenApply(answer -> page(answer, request.channel()));
    }

    private static HistoryPage page(JsonNode answer, String channel) {
        String epoch = answer.path("epoch").asText();
        List<Event> events = new ArrayList<>();
        for (JsonNode one : answer.path("events")) {
            Position at = new Position(one.path("offset").asLong(), epoch);
            events.add(Subscription.event(one, channel, at));
        }
        List<Gap> gaps = new ArrayList<>();
        for (JsonNode one : answer.path("gaps")) {
            Position end = new Position(one.path("to").asLong(), epoch);
            gaps.add(new Gap(channel, one.path("from").asLong(), end, one.path("reason").asText()));
        }
        JsonNode next = answer.path("next");
        return new HistoryPage(
                epoch,
                events,
                gaps,
                next.isNumber() ? OptionalLong.of(next.asLong()) : OptionalLong.empty());
    }

    /// Ends the connection for good. Subscriptions end, and commands without an answer fail. A
    /// listener's call that is under way is not interrupted. Closing twice does nothing.
    @Override
    public void close() {
        engine.close();
    }

    /// Collects what a client is made of.
    public static final class Builder {
        private static final Duration SILENCE = Duration.ofSeconds(40);
        private static final Duration TIMEOUT = Duration.ofSeconds(60);
        private static final int QUEUE = 4_096;

        private final URI address;
        private Optional<Supplier<String>> token = Optional.empty();
        private Optional<String> id = Optional.empty();
        private Optional<String> name = Optional.empty();
        private Optional<String> version = Optional.empty();
        private Optional<HttpClient> http = Optional.empty();
        private ClientListener listener = ClientListener.NONE;
        private boolean compress;
        private boolean messagePack;
        private Optional<String> encryption = Optional.empty();
        private Duration silence = SILENCE;
        private Duration timeout = TIMEOUT;
        private int queue = QUEUE;

        private Builder(URI address) {
            this.address = address;
        }

        /// An access token.
        public Builder token(String text) {
            return token(() -> text);
        }

        /// Where access tokens come from: asked at each connect and before the old one ends, on a
        /// thread of its own, so it may call another system.
        public Builder token(Supplier<String> supplier) {
            token = Optional.of(supplier);
            return this;
        }

        /// A stable id of this client, for direct messages: `[A-Za-z0-9._~-]{1,64}`.
        public Builder id(String text) {
            id = Optional.of(text);
            return this;
        }

        /// The program's name and version, shown in the server's list of connections.
        public Builder name(String text, String itsVersion) {
            name = Optional.of(text);
            version = Optional.of(itsVersion);
            return this;
        }

        /// Who hears of the connection, of errors and of direct messages.
        public Builder listener(ClientListener its) {
            listener = its;
            return this;
        }

        /// Asks the server to compress large frames.
        public Builder compress(boolean wanted) {
            compress = wanted;
            return this;
        }

        /// Encrypts all messages between this client and the server, whoever stands between and
        /// ends TLS. Against somebody who puts keys of their own in, give the server's key:
        /// [#encrypt(String)].
        public Builder encrypt() {
            encryption = Optional.of("");
            return this;
        }

        /// The same, and only with the server that has this key.
        ///
        /// @param serverKey as the server's log names it at its start
        public Builder encrypt(String serverKey) {
            if (serverKey.isEmpty()) {
                throw new IllegalArgumentException("the server's key is empty");
            }
            encryption = Optional.of(serverKey);
            return this;
        }

        /// Speaks MessagePack instead of JSON. A server that does not know it closes with 4506.
        public Builder messagePack(boolean wanted) {
            messagePack = wanted;
            return this;
        }

        /// Connects through this, for example with a proxy or certificates of one's own. The client
        /// does not close it.
        public Builder http(HttpClient client) {
            http = Optional.of(client);
            return this;
        }

        /// Without any frame for so long the connection counts as dead; 40 s. The server sends one
        /// every 25 s.
        public Builder silence(Duration time) {
            silence = time;
            return this;
        }

        /// How long a command may take, breaks included; 60 s.
        public Builder timeout(Duration time) {
            timeout = time;
            return this;
        }

        /// How many events of a subscription may wait for its listener; 4,096. About 8 million
        /// characters are the most in any case.
        public Builder queue(int events) {
            queue = Math.max(1, events);
            return this;
        }

        /// Begins to connect, and returns at once.
        public Client connect() {
            Client client =
                    new Client(
                            new Settings(
                                    address,
                                    token,
                                    id,
                                    name,
                                    version,
                                    compress,
                                    messagePack,
                                    encryption,
                                    http,
                                    listener,
                                    silence,
                                    timeout,
                                    queue,
                                    () -> ThreadLocalRandom.current().nextDouble()));
            client.start();
            return client;
        }
    }
}
