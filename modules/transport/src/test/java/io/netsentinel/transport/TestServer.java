package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.transport.spi.Endpoint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A real server on a free port, with a user of every role and a route of every access.
final class TestServer implements AutoCloseable {
    static final String PASSWORD = "a long walk in the rain";

    private final EventLog log;
    private final Auth auth;
    private final Hub hub;
    private final Audit audit;
    private final Server server;

    TestServer(Path directory) {
        this(directory, ServerSettings.defaults(), (_, _) -> {});
    }

    TestServer(Path directory, ServerSettings settings) {
        this(directory, settings, (_, _) -> {});
    }

    TestServer(Path directory, ServerSettings settings, Endpoint more) {
        log = EventLog.open(directory.resolve("log"), LogSettings.defaults());
        auth =
                Auth.open(
                        log.store(),
                        directory,
                        AuthSettings.defaults().withHashIterations(1_000),
                        Clock.systemUTC());
        hub = Hub.create(log, HubSettings.defaults(), List.of());
        audit = Audit.open(log, hub::publish, Clock.systemUTC());
        for (Role role : List.of(Role.VIEWER, Role.ANALYST, Role.ADMIN)) {
            auth.users().add(role.text() + "-1", role, PASSWORD);
        }
        server = start(settings, more);
    }

    private Server start(ServerSettings settings, Endpoint more) {
        try {
            return Server.start(
                    settings.port() == 8082 ? settings.withPort(0) : settings,
                    Services.builder()
                            .add(EventLog.class, log)
                            .add(Auth.class, auth)
                            .add(Hub.class, hub)
                            .add(Audit.class, audit)
                            .build(),
                    List.of(TestServer::everyAccess, more));
        } catch (ServerException e) {
            audit.close();
            hub.close();
            auth.close();
            log.close();
            throw e;
        }
    }

    private static void everyAccess(Routes routes, Services services) {
        for (Access access : Access.values()) {
            String path = "/api/test/" + access.name().toLowerCase(java.util.Locale.ROOT);
            routes.get(
                    path,
                    access,
                    (request, response) ->
                            response.send(
                                    Guard.find(request).map(who -> who.user()).orElse("nobody")));
            routes.post(path, access, (_, response) -> response.send("done"));
        }
        routes.post(
                "/api/test/read-all",
                Access.OPEN,
                1_000,
                (request, response) -> {
                    int length = request.content().inputStream().readAllBytes().length;
                    response.send(Integer.toString(length));
                });
        routes.post(
                "/api/test/json",
                Access.OPEN,
                (request, response) -> Json.send(response, Json.read(request)));
        routes.post(
                "/api/test/form",
                Access.IDENTITY,
                (request, response) -> response.send(Forms.read(request).first("name")));
        routes.get(
                "/api/test/address",
                Access.OPEN,
                (request, response) -> response.send(Guard.address(request).getHostAddress()));
        routes.get(
                "/api/test/fails",
                Access.OPEN,
                (_, _) -> {
                    throw new IllegalStateException("secret detail");
                });
    }

    EventLog log() {
        return log;
    }

    Auth auth() {
        return auth;
    }

    Server server() {
        return server;
    }

    int port() {
        return server.port();
    }

    Raw raw() {
        return new Raw(server.port());
    }

    /// A header line that proves somebody of this role.
    String bearer(Role role) {
        return "Authorization: Bearer "
                + auth.tokens()
                        .issue("token-" + role.text(), role, List.of(), Duration.ofHours(1))
                        .jwt();
    }

    /// A browser that has signed in.
    ///
    /// @param cookie header line
    /// @param csrf header line
    record Browser(String cookie, String csrf) {}

    Browser browser(String user) {
        Raw.Reply reply =
                raw().post(
                                "/api/login",
                                "{\"username\":\"%s\",\"password\":\"%s\"}"
                                        .formatted(user, PASSWORD));
        assertThat(reply.status()).isEqualTo(200);
        String csrf = reply.body().replaceAll(".*\"csrf\":\"([^\"]*)\".*", "$1");
        return new Browser(
                "Cookie: " + reply.header("Set-Cookie").split(";", -1)[0], "X-CSRF-Token: " + csrf);
    }

    @Override
    public void close() {
        server.close();
        audit.close();
        hub.close();
        auth.close();
        log.close();
    }
}
