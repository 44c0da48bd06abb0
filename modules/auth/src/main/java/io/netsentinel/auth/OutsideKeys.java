package io.netsentinel.auth;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// The key set of an outside issuer, kept up to date. When it cannot be had or is not good, the
/// last good one stays.
final class OutsideKeys implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutsideKeys.class.getName());
    private static final int LARGEST = 256 << 10;
    private static final int MOST_KEYS = 64;
    private static final Duration FILE_PACE = Duration.ofSeconds(2);

    private final OutsideSettings.Keys settings;
    private final Optional<HttpClient> client;
    private final ReentrantLock fetching = new ReentrantLock();
    private final Thread keeper;
    private volatile Map<String, VerifyingKey> keys = Map.of();
    private volatile long asked;
    private String told = "";
    private byte[] seen = {};

    private OutsideKeys(OutsideSettings.Keys settings) {
        this.settings = settings;
        this.client =
                settings.url()
                        .map(_ ->
                                HttpClient.newBuilder()
                                        .connectTimeout(settings.timeout())
                                        .followRedirects(HttpClient.Redirect.NEVER)
                                        .build());
        this.keeper = Thread.ofVirtual().name("outside-keys").unstarted(this::keep);
    }

    /// Reads the keys and begins to keep them up to date.
    ///
    /// @throws AuthFilesException when they come from a file that cannot be read or is not good. An
    ///   address that does not answer is asked again later: an identity provider that is away must
    ///   not keep the server from starting
    static OutsideKeys open(OutsideSettings.Keys settings) {
        OutsideKeys keys = new OutsideKeys(settings);
        try {
            keys.load();
        } catch (IOException | IllegalArgumentException e) {
            if (settings.file().isPresent()) {
                throw new AuthFilesException(
                        settings.file().get() + " is no key set: " + message(e), e);
            }
            keys.complain(e);
        }
        keys.keeper.start();
        return keys;
    }

    /// The key of this id. An unknown one makes the address be asked again, at most once in a
    /// while; meanwhile and afterwards it is looked up and nothing else is done with it.
    Optional<VerifyingKey> find(String id) {
        Optional<VerifyingKey> known = Optional.ofNullable(keys.get(id));
        if (known.isPresent() || !due(settings.refetch()) || !fetching.tryLock()) {
            return known;
        }
        try {
            if (due(settings.refetch())) {
                refresh();
            }
        } finally {
            fetching.unlock();
        }
        return Optional.ofNullable(keys.get(id));
    }

    private boolean due(Duration pause) {
        return settings.url().isPresent() && System.nanoTime() - asked >= pause.toNanos();
    }

    private void keep() {
        Duration pace = settings.file().isPresent() ? FILE_PACE : settings.refresh();
        try {
            while (true) {
                Thread.sleep(pace);
                fetching.lock();
                try {
                    refresh();
                } finally {
                    fetching.unlock();
                }
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    private void refresh() {
        try {
            load();
        } catch (IOException | IllegalArgumentException e) {
            complain(e);
        }
    }

    private void complain(Exception e) {
        String message = message(e);
        if (!message.equals(told)) {
            told = message;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the keys of the outside issuer could not be read, the last good ones stay:"
                            + " {0}",
                    message);
        }
    }

    private void load() throws IOException {
        byte[] content =
                settings.file().isPresent()
                        ? read(settings.file().get())
                        : fetch(settings.url().orElseThrow());
        if (keys.isEmpty() || !java.util.Arrays.equals(content, seen)) {
            Map<String, VerifyingKey> read = parse(content);
            seen = content;
            keys = read;
            LOG.log(
                    System.Logger.Level.INFO,
                    "the outside issuer has {0} keys",
                    Integer.toString(read.size()));
        }
        told = "";
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it has more than " + LARGEST + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private byte[] fetch(URI url) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(settings.timeout())
                        .header("Accept", "application/jwk-set+json, application/json")
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    client.orElseThrow()
                            .sendAsync(
                                    request,
                                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST))
                            .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException(url + " answers " + answer.statusCode());
            }
            return answer.body();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(url + " does not answer as it should: " + cause(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            asked = System.nanoTime();
        }
    }

    private static String cause(Exception e) {
        return String.valueOf(e.getCause() == null ? e : e.getCause());
    }

    /// @throws IllegalArgumentException when it is no key set, or one without a usable key
    private Map<String, VerifyingKey> parse(byte[] content) {
        Map<String, VerifyingKey> read = new LinkedHashMap<>();
        Optional<JsonObject> set = StrictJson.object(content);
        if (set.isEmpty() || !(set.get().get("keys") instanceof JsonArray array)) {
            throw new IllegalArgumentException("it is not {\"keys\":[…]}");
        }
        for (JsonValue one : array) {
            if (!(one instanceof JsonObject jwk) || read.size() >= MOST_KEYS) {
                throw new IllegalArgumentException("it holds what is no key, or too many");
            }
            VerifyingKey.of(jwk, settings.rsaAlgorithm())
                    .ifPresent(key -> {
                        if (read.put(key.id(), key) != null) {
                            throw new IllegalArgumentException("two keys have the same kid");
                        }
                    });
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("it holds no key for signatures");
        }
        return Map.copyOf(read);
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    @Override
    public void close() {
        keeper.interrupt();
        client.ifPresent(HttpClient::shutdownNow);
    }
}
