package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.transport.Audit;
import io.netsentinel.transport.Server;
import io.netsentinel.transport.ServerSettings;
import io.netsentinel.transport.Services;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// A real server with the endpoints of this module.
final class Api implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final EventLog log;
    private final Auth auth;
    private final Hub hub;
    private final Audit audit;
    private final Sources sources;
    private final Server server;
    private Function<Append, CompletableFuture<Appended>> publish;

    Api(Path directory) {
        log = EventLog.open(directory.resolve("log"), LogSettings.defaults());
        auth =
                Auth.open(
                        log.store(),
                        directory,
                        AuthSettings.defaults().withHashIterations(1_000),
                        Clock.systemUTC());
        hub = Hub.create(log, HubSettings.defaults(), List.of());
        publish = hub::publish;
        Sensors sensors = new Sensors();
        audit = Audit.open(log, hub::publish, Clock.systemUTC());
        HouseRules rules = HouseRules.open(log.store(), audit::append, Clock.systemUTC());
        sources =
                Sources.start(
                        IngestContext.of(
                                        append -> publish.apply(append),
                                        log,
                                        sensors,
                                        Clock.systemUTC())
                                .with(rules),
                        List.of());
        server =
                Server.start(
                        ServerSettings.defaults().withPort(0),
                        Services.builder()
                                .add(EventLog.class, log)
                                .add(Auth.class, auth)
                                .add(Hub.class, hub)
                                .add(Sources.class, sources)
                                .add(Sensors.class, sensors)
                                .add(HouseRules.class, rules)
                                .add(Clock.class, Clock.systemUTC())
                                .build(),
                        List.of(
                                new EventsEndpoint(),
                                new StatusEndpoint(),
                                new SourcesEndpoint(),
                                new RulesEndpoint()));
    }

    /// @param retryAfter the header, empty without one
    record Reply(int status, JsonNode json, String retryAfter) {}

    EventLog log() {
        return log;
    }

    void publishWith(Function<Append, CompletableFuture<Appended>> function) {
        publish = function;
    }

    void publishAgain() {
        publish = hub::publish;
    }

    String token(Role role, String... channels) {
        return auth.tokens()
                .issue(
                        "t-" + role.text(),
                        role,
                        Arrays.stream(channels).map(ChannelPattern::of).toList(),
                        Duration.ofHours(1))
                .jwt();
    }

    Reply post(String query, String body, String... headers) {
        return post(query, body.getBytes(StandardCharsets.UTF_8), token(Role.SENSOR), headers);
    }

    Reply post(String query, byte[] body, String token, String... headers) {
        return send("/api/events?" + query, body, token, headers);
    }

    static JsonNode json(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply send(String path, byte[] body, String token, String... headers) {
        try {
            HttpURLConnection connection = open(path, token);
            connection.setDoOutput(true);
            connection.setRequestMethod("POST");
            for (int i = 0; i < headers.length; i += 2) {
                connection.setRequestProperty(headers[i], headers[i + 1]);
            }
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            return reply(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply get(String path, String token) {
        try {
            return reply(open(path, token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpURLConnection open(String path, String token) throws IOException {
        URI uri = URI.create("http://localhost:" + server.port() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setReadTimeout(30_000);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    private static Reply reply(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        String retryAfter = connection.getHeaderField("Retry-After");
        try (InputStream body =
                status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Reply(status, MAPPER.readTree(body), retryAfter == null ? "" : retryAfter);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        sources.close();
        audit.close();
        hub.close();
        auth.close();
        log.close();
    }
}
