package io.netsentinel.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A scripted server and a client of it whose pauses are short.
final class Fixture implements AutoCloseable {
    final FakeServer server = new FakeServer();
    final List<State> states = new CopyOnWriteArrayList<>();
    final List<DirectMessage> messages = new CopyOnWriteArrayList<>();
    final List<NetSentinelException> errors = new CopyOnWriteArrayList<>();
    Duration silence = Duration.ofSeconds(40);
    Duration timeout = Duration.ofSeconds(30);
    Optional<Supplier<String>> token = Optional.empty();
    boolean compress;
    boolean messagePack;
    Optional<String> encryption = Optional.empty();
    int queue = 4_096;
    private @Nullable Client client;

    Client client() {
        if (client == null) {
            client =
                    new Client(
                            new Settings(
                                    server.address(),
                                    token,
                                    Optional.of("desk"),
                                    Optional.of("test"),
                                    Optional.of("1"),
                                    compress,
                                    messagePack,
                                    encryption,
                                    Optional.empty(),
                                    listener(),
                                    silence,
                                    timeout,
                                    queue,
                                    () -> 0));
        }
        return client;
    }

    private ClientListener listener() {
        return new ClientListener() {
            @Override
            public void onState(State state) {
                states.add(state);
            }

            @Override
            public void onMessage(DirectMessage message) {
                messages.add(message);
            }

            @Override
            public void onError(NetSentinelException error) {
                errors.add(error);
            }
        };
    }

    /// Subscribes to `alerts` from the oldest on and connects.
    Subscription follow(SubscriptionListener listener) {
        Subscription subscription =
                client().subscribe(SubscriptionRequest.of("alerts").from(From.oldest()), listener);
        client().start();
        return subscription;
    }

    State.Closed awaitClosed() {
        Wait.until("closed", () -> client().state() instanceof State.Closed);
        return (State.Closed) client().state();
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        server.close();
    }
}
