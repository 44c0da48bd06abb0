package io.netsentinel.integrations.sink.net;

import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// Posts to one address over HTTP/1.1, one request at a time over a connection that is kept. Never
/// follows a redirect, and takes a bounded answer.
public final class HttpTarget implements AutoCloseable {
    private static final int LARGEST_ANSWER = 8 << 20;
    private static final int LONGEST_WORDS = 200;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration USUAL = Duration.ofSeconds(30);

    private final URI uri;
    private final HttpClient client;
    private final AddressGuard guard;
    private final Duration timeout;
    private final LongAdder connections = new LongAdder();

    /// The connection of the last answer; used by the one thread that posts.
    private String connection = "";

    private HttpTarget(URI uri, HttpClient client, AddressGuard guard, Duration timeout) {
        this.uri = uri;
        this.client = client;
        this.guard = guard;
        this.timeout = timeout;
    }

    /// The target of the option `url`.
    ///
    /// @param path what is added to it
    /// @throws IllegalArgumentException when it is no such address, naming the option
    public static HttpTarget of(Options options, String path, AddressGuard guard) {
        URI base = uri(options.require("url"));
        HttpClient.Builder client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .executor(Executors.newVirtualThreadPerTaskExecutor());
        TlsFiles tls = TlsFiles.of(options);
        if ("https".equals(base.getScheme())) {
            try {
                client.sslContext(tls.context());
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        return new HttpTarget(
                URI.create(withoutSlash(base.toString()) + path),
                client.build(),
                guard,
                options.time("timeout", USUAL));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (java.net.URISyntaxException _) {
            // told below
        }
        throw new IllegalArgumentException(
                "url: expected an address such as https://siem.example.org:9200 without a user in"
                        + " it");
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /// What was answered.
    ///
    /// @param body at most 8 MiB
    /// @param pause what `Retry-After` says; zero when it does not say
    @SuppressWarnings("ArrayRecordComponent") // handed through once
    public record Answer(int status, byte[] body, Duration pause) {
        /// Whether it is one of 200 to 299.
        public boolean fine() {
            return status >= 200 && status < 300;
        }

        /// What an answer that is not fine means for a whole batch: a body that is wrong or too
        /// large is refused, everything else may pass.
        public Delivery verdict() {
            String words = "the target answered " + status + words();
            return switch (status) {
                case 400, 413, 415, 422 -> new Delivery.Refused(words);
                default -> new Delivery.Later(words, pause);
            };
        }

        private String words() {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            return text.isEmpty()
                    ? ""
                    : ": " + text.substring(0, Math.min(text.length(), LONGEST_WORDS));
        }
    }

    /// For people: the address without its query, which may hold a secret.
    public String shown() {
        String text = uri.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?…";
    }

    /// For people: where it is, without anything that may be a secret.
    public String where() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /// Posts a body and waits for the answer.
    ///
    /// @param headers further headers
    /// @throws IOException when there is none in time
    public Answer post(String type, byte[] body, Map<String, String> headers) throws IOException {
        // The client looks the name up again, but Java keeps what it found for 30 s: it gets what
        // was checked here.
        guard.check(uri.getHost(), InetAddress.getAllByName(host()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(timeout)
                        .header("Content-Type", type)
                        .header("User-Agent", "NetSentinel")
                        .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response =
                    client.send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
            response.connectionLabel().ifPresent(this::answeredOver);
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers()
                            .firstValue("Retry-After")
                            .map(HttpTarget::pauseOf)
                            .orElse(Duration.ZERO));
        } catch (InterruptedException e) {
            InterruptedIOException late = new InterruptedIOException("took too long");
            late.initCause(e);
            throw late;
        }
    }

    /// Connections that have brought an answer: one for as long as it is kept.
    public long connections() {
        return connections.sum();
    }

    private void answeredOver(String label) {
        if (!label.equals(connection)) {
            connection = label;
            connections.increment();
        }
    }

    /// The host without the brackets of an IPv6 address.
    private String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Duration pauseOf(String text) {
        if (text.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration pause = Duration.between(Instant.now(), until);
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
