package io.netsentinel.transport;

import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.netsentinel.auth.Auth;
import io.netsentinel.transport.Routes.Route;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The HTTP server: the routes of all endpoints behind the guard.
public final class Server implements AutoCloseable {
    private final WebServer server;

    private Server(WebServer server) {
        this.server = server;
    }

    /// Starts to listen.
    ///
    /// @param services at least [Auth]; endpoints also find [BrowserSessions] and [Readiness] there
    /// @param endpoints the routes of all modules; sign-in and health are added
    /// @throws ServerException when a setting is wrong or the address cannot be bound
    public static Server start(
            ServerSettings settings, Services services, List<Endpoint> endpoints) {
        Auth auth = services.get(Auth.class);
        Admission admission = new Admission(settings, auth);
        SecurityHeaders securityHeaders = new SecurityHeaders(admission.secure());
        Services all = services.with(BrowserSessions.class, new BrowserSessions(auth, admission));
        if (all.find(Readiness.class).isEmpty()) {
            all = all.with(Readiness.class, new Readiness());
        }
        Routes routes = new Routes(settings.limits().body());
        new SignInEndpoint().routes(routes, all);
        new HealthEndpoint().routes(routes, all);
        for (Endpoint endpoint : endpoints) {
            endpoint.routes(routes, all);
        }
        Failures failures = new Failures(securityHeaders, routes.errorPage());
        Guard guard = new Guard(admission, auth, failures, securityHeaders);
        return new Server(
                config(settings, failures)
                        .routing(routing(routes, guard, failures))
                        .build()
                        .start());
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    /// Stops taking requests and lets those under way finish.
    ///
    /// @param patience how long to wait for them at most
    public void drain(Duration patience) {
        server.stop();
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private static WebServerConfig.Builder config(ServerSettings settings, Failures failures) {
        ServerSettings.Limits limits = settings.limits();
        return WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .useNio(false)
                .shutdownHook(false)
                .connectionOptions(options -> options.readTimeout(limits.readTimeout()))
                .directHandlers(failures.directHandlers())
                .addProtocol(
                        Http1Config.builder()
                                .maxPrologueLength(limits.requestLine())
                                .maxHeadersSize(limits.headers())
                                .build());
    }

    private static HttpRouting.Builder routing(Routes routes, Guard guard, Failures failures) {
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter(guard::filter);
        routing.error(Throwable.class, failures::answer);
        routes.byPath()
                .forEach((path, methods) -> {
                    methods.values().forEach(route -> add(routing, route, guard));
                    routing.any(path, notAllowed(methods));
                });
        return routing;
    }

    private static void add(HttpRouting.Builder routing, Route route, Guard guard) {
        routing.route(
                route.method(),
                route.path(),
                (request, response) -> guard.handle(route, request, response));
    }

    private static Handler notAllowed(Map<Method, Route> methods) {
        String allowed =
                methods.keySet().stream()
                        .map(Method::text)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return (_, _) -> {
            throw new Problem(405, "Method not allowed", "allowed here: " + allowed)
                    .withHeader("Allow", allowed);
        };
    }
}
