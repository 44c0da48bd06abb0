package io.netsentinel.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// How a client was built.
///
/// @param encryption present when messages are to be encrypted: the key the server must have, empty
///   for any
/// @param silence nothing heard for so long: the connection counts as dead
/// @param timeout how long an answer to a command may take, reconnecting included
/// @param queue events of a subscription that wait for a slow listener
/// @param random where the jitter of pauses comes from, in [0, 1)
record Settings(
        URI address,
        Optional<Supplier<String>> token,
        Optional<String> id,
        Optional<String> name,
        Optional<String> version,
        boolean compress,
        boolean messagePack,
        Optional<String> encryption,
        Optional<HttpClient> http,
        ClientListener listener,
        Duration silence,
        Duration timeout,
        int queue,
        DoubleSupplier random) {}
