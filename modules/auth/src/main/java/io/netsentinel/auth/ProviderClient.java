package io.netsentinel.auth;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Talks to an identity provider: no redirects, a bounded answer within a bounded time. What it
/// says of itself is asked for at the first sign-in and every hour; while it does not answer, the
/// last answer is good, so a provider that is away never keeps this server from starting.
final class ProviderClient implements AutoCloseable {
    private static final int LARGEST = 256 << 10;
    private static final long FRESH = Duration.ofHours(1).toNanos();
    private static final long PAUSE = Duration.ofSeconds(3).toNanos();
    private static final Duration KEYS_FRESH = Duration.ofMinutes(5);
    private static final Duration KEYS_PAUSE = Duration.ofSeconds(30);
    private static final Duration KEYS_WITHOUT_PROVIDER = Duration.ofHours(4);

    private final OidcSettings settings;
    private final HttpClient client;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Offer offer;
    private volatile @Nullable Failure failure;

    private record Failure(String reason, long at) {}

    /// What the provider offers, and its keys.
    record Offer(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, long since) {}

    ProviderClient(OidcSettings settings) {
        this.settings = settings;
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(settings.timeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /// @throws IOException when it does not answer, or not as an identity provider does
    Offer offer() throws IOException {
        Offer known = offer;
        if (known != null && System.nanoTime() - known.since() < FRESH) {
            return known;
        }
        if (!free(known)) {
            if (known != null) {
                return known;
            }
            throw new IOException(settings.issuer() + " is being asked already");
        }
        try {
            Offer now = offer;
            if (now == null || System.nanoTime() - now.since() >= FRESH) {
                now = now == null ? first() : again(now);
                offer = now;
            }
            return now;
        } finally {
            asking.unlock();
        }
    }

    /// Whether it is this caller that asks. Who knows an answer does not wait for another to get
    /// the next, and nobody waits for longer than an answer may take.
    private boolean free(@Nullable Offer known) throws IOException {
        try {
            return known == null
                    ? asking.tryLock(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    : asking.tryLock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Those who waited while the provider did not answer do not each try again.
    private Offer first() throws IOException {
        Failure last = failure;
        if (last != null && System.nanoTime() - last.at() < PAUSE) {
            throw new IOException(last.reason());
        }
        try {
            return ask(Optional.empty());
        } catch (IOException e) {
            failure = new Failure(words(e), System.nanoTime());
            throw e;
        }
    }

    private Offer again(Offer last) {
        try {
            return ask(Optional.of(last));
        } catch (IOException _) {
            return new Offer(last.metadata(), last.keys(), System.nanoTime());
        }
    }

    private Offer ask(Optional<Offer> last) throws IOException {
        try {
            Issuer issuer = new Issuer(settings.issuer());
            HTTPResponse answer =
                    send(
                            new HTTPRequest(
                                    HTTPRequest.Method.GET,
                                    OIDCProviderMetadata.resolveURL(issuer)));
            if (answer.getStatusCode() != 200) {
                throw new IOException("it answers " + answer.getStatusCode());
            }
            OIDCProviderMetadata metadata =
                    OIDCProviderMetadata.parse(answer.getBodyAsJSONObject());
            if (!metadata.getIssuer().equals(issuer)) {
                throw new IOException("it names itself " + metadata.getIssuer());
            }
            requireTrusted(metadata);
            URI address = metadata.getJWKSetURI();
            boolean same =
                    last.filter(one -> one.metadata().getJWKSetURI().equals(address)).isPresent();
            return new Offer(metadata, same ? last.get().keys() : keys(address), System.nanoTime());
        } catch (GeneralException | IOException e) {
            throw new IOException(
                    settings.issuer() + " does not answer as an identity provider: " + words(e), e);
        }
    }

    private static void requireTrusted(OIDCProviderMetadata metadata) throws IOException {
        List<Optional<URI>> needed =
                List.of(
                        Optional.ofNullable(metadata.getAuthorizationEndpointURI()),
                        Optional.ofNullable(metadata.getTokenEndpointURI()),
                        Optional.ofNullable(metadata.getJWKSetURI()));
        for (Optional<URI> address : needed) {
            if (address.filter(Addresses::trusted).isEmpty()) {
                throw new IOException("it lacks an https address it needs: " + address);
            }
        }
    }

    /// Keys are looked up by their `kid`. An unknown one makes the address be asked again at once,
    /// but not more often than twice in half a minute.
    private JWKSource<SecurityContext> keys(URI address) throws MalformedURLException {
        return JWKSourceBuilder.create(address.toURL(), this::retrieve)
                .cache(KEYS_FRESH.toMillis(), settings.timeout().toMillis() * 2)
                .refreshAheadCache(false)
                .rateLimited(KEYS_PAUSE.toMillis())
                .outageTolerant(KEYS_WITHOUT_PROVIDER.toMillis())
                .build();
    }

    private Resource retrieve(URL address) throws IOException {
        HTTPResponse answer = send(new HTTPRequest(HTTPRequest.Method.GET, address));
        if (answer.getStatusCode() != 200) {
            throw new IOException(address + " answers " + answer.getStatusCode());
        }
        return new Resource(answer.getBody(), "application/json");
    }

    HTTPResponse send(HTTPRequest request) throws IOException {
        return request.send(this::exchange);
    }

    private ReadOnlyHTTPResponse exchange(ReadOnlyHTTPRequest request) throws IOException {
        String body = request.getBody();
        HttpRequest.Builder asked =
                HttpRequest.newBuilder(request.getURI())
                        .timeout(settings.timeout())
                        .method(
                                request.getMethod().name(),
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        request.getHeaderMap()
                .forEach((name, values) -> values.forEach(value -> asked.header(name, value)));
        HttpResponse<byte[]> answer = await(asked.build());
        HTTPResponse told = new HTTPResponse(answer.statusCode());
        told.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        try {
            Optional<String> type = answer.headers().firstValue("Content-Type");
            if (type.isPresent()) {
                told.setContentType(type.get());
            }
        } catch (ParseException e) {
            throw new IOException("its answer has a Content-Type that cannot be understood", e);
        }
        return told;
    }

    private HttpResponse<byte[]> await(HttpRequest request) throws IOException {
        try {
            return client.sendAsync(
                            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST))
                    .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(request.uri() + ": " + words(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    request.uri() + " took longer than auth.oidc.timeout to answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// What went wrong; some exceptions of the platform have no message.
    static String words(@Nullable Throwable problem) {
        if (problem == null) {
            return "no reason was given";
        }
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
