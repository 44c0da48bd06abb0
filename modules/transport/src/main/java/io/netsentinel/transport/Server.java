package io.netsentinel.transport;

import io.helidon.common.tls.Tls;
import io.helidon.http.Method;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.netsentinel.auth.Auth;
import io.netsentinel.transport.Routes.Route;
import io.netsentinel.transport.ServerException.Reason;
import io.netsentinel.transport.spi.Endpoint;
import io.netsentinel.websocket.ConnectionBudget;
import io.netsentinel.websocket.EchoHandler;
import io.netsentinel.websocket.GuardedServer;
import io.netsentinel.websocket.Upgrade;
import io.netsentinel.websocket.UpgradeHandler;
import io.netsentinel.websocket.UpgradeRequest;
import io.netsentinel.websocket.WebSocketLimits;
import io.netsentinel.websocket.WebSocketUpgrader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The server: the HTTP routes of all endpoints behind the guard, and the WebSocket.
public final class Server implements AutoCloseable {
    private static final Duration TLS_PAUSE = Duration.ofSeconds(10);

    /// How many times the message limit a compressed message may have after decompression.
    private static final int INFLATED = 10;

    private final GuardedServer server;
    private final BodyWatch bodyWatch;
    private final Optional<TlsSource> tls;
    private final Optional<Connections> connections;

    private Server(
            GuardedServer server,
            BodyWatch bodyWatch,
            Optional<TlsSource> tls,
            Optional<Connections> connections) {
        this.server = server;
        this.bodyWatch = bodyWatch;
        this.tls = tls;
        this.connections = connections;
    }

    /// Starts to listen, for HTTP only.
    ///
    /// @param services at least [Auth]; endpoints also find [BrowserSessions] and [Readiness] there
    /// @param endpoints the routes of all modules; sign-in and health are added
    /// @throws ServerException when a setting is wrong or the address cannot be had
    public static Server start(
            ServerSettings settings, Services services, List<Endpoint> endpoints) {
        return start(
                settings,
                services,
                endpoints,
                Optional.empty(),
                handshakes -> request -> noWebSocket(handshakes, request));
    }

    /// Loads what a listener needs, for a program that opens other things in the meantime.
    public static void prepare() {
        WebServer.builder().shutdownHook(false).build();
    }

    /// Starts to listen, for HTTP and for the streaming protocol.
    ///
    /// @param streams limits and times of WebSocket connections
    /// @param services at least [Auth] and [io.netsentinel.channels.Hub]; endpoints and methods
    ///   also find [Connections] there, endpoints [BrowserSessions] and [Readiness] too
    /// @param endpoints the routes of all modules; sign-in, health and the list of streams are
    ///   added
    /// @param methods what the protocol's `call` reaches
    /// @throws ServerException when a setting is wrong or the address cannot be had
    public static Server start(
            ServerSettings settings,
            ProtocolSettings streams,
            Services services,
            List<Endpoint> endpoints,
            List<io.netsentinel.transport.spi.Method> methods) {
        Streaming streaming = new Streaming(streams, services, methods);
        try {
            return start(
                    settings,
                    streaming.services(),
                    streaming.endpoints(endpoints),
                    Optional.of(streaming.connections()),
                    streaming::upgrades);
        } catch (RuntimeException e) {
            streaming.connections().close();
            throw e;
        }
    }

    /// Starts to listen.
    ///
    /// @param connections the WebSocket connections, to be drained first
    /// @param webSocket makes the handler of WebSocket handshakes, which checks each by the
    ///   handshakes it is given
    static Server start(
            ServerSettings settings,
            Services services,
            List<Endpoint> endpoints,
            Optional<Connections> connections,
            Function<Handshakes, UpgradeHandler> webSocket) {
        settings.check();
        Auth auth = services.get(Auth.class);
        Admission admission = new Admission(settings, auth);
        SecurityHeaders securityHeaders = new SecurityHeaders(admission.secure());
        Routes routes = routes(settings, services, endpoints, admission);
        Failures failures = new Failures(securityHeaders, routes.errorPage());
        BodyWatch bodyWatch = new BodyWatch(settings.limits().bodyTimeout());
        ClientCertificates certificates =
                new ClientCertificates(
                        settings.tls().flatMap(ServerSettings.TlsFiles::clients),
                        auth,
                        services.find(Audit.class),
                        services.find(Clock.class).orElse(Clock.systemUTC()));
        Guard guard =
                new Guard(
                        admission,
                        auth,
                        certificates,
                        failures,
                        new Bodies(bodyWatch),
                        securityHeaders,
                        services.find(Audit.class).map(RequestAudit::new));
        Optional<TlsSource> tls = settings.tls().map(TlsSource::new);
        GuardedServer server;
        try {
            server =
                    listen(
                            settings,
                            () ->
                                    listener(settings, failures.directHandlers(), tls)
                                            .routing(routing(routes, guard, failures)),
                            upgrades(
                                    settings,
                                    webSocket.apply(
                                            new Handshakes(
                                                    admission, securityHeaders, certificates))));
        } catch (RuntimeException e) {
            bodyWatch.close();
            throw e;
        }
        tls.ifPresent(source -> source.watch(TLS_PAUSE, fresh -> server.server().reloadTls(fresh)));
        return new Server(server, bodyWatch, tls, connections);
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    /// The WebSocket connections; empty when there is only HTTP.
    public Optional<Connections> connections() {
        return connections;
    }

    /// What the listener sees: connections open, refused, closed for being late.
    public GuardedServer.Status status() {
        return server.status();
    }

    /// Takes no more connections, closes the WebSockets with 4001 and lets requests finish.
    ///
    /// @param patience how long to wait for clients at most
    public void drain(Duration patience) {
        long start = System.nanoTime();
        connections.ifPresent(all -> all.drain(patience));
        connections.ifPresent(Connections::close);
        Duration used = Duration.ofNanos(System.nanoTime() - start);
        Duration left = patience.compareTo(used) > 0 ? patience.minus(used) : Duration.ZERO;
        server.stop(CloseCode.DRAIN.number(), CloseCode.DRAIN.reason(), left);
        bodyWatch.close();
        tls.ifPresent(TlsSource::close);
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private static Routes routes(
            ServerSettings settings,
            Services services,
            List<Endpoint> endpoints,
            Admission admission) {
        Services all =
                services.with(
                        BrowserSessions.class,
                        new BrowserSessions(services.get(Auth.class), admission));
        if (all.find(Readiness.class).isEmpty()) {
            all = all.with(Readiness.class, new Readiness());
        }
        Routes routes = new Routes(settings.limits().body());
        new SignInEndpoint().routes(routes, all);
        new HealthEndpoint().routes(routes, all);
        new UsersEndpoint().routes(routes, all);
        new TokensEndpoint().routes(routes, all);
        new SessionsEndpoint().routes(routes, all);
        new PurgeEndpoint().routes(routes, all);
        if (all.find(Audit.class).isPresent()) {
            new AuditEndpoint().routes(routes, all);
        }
        for (Endpoint endpoint : endpoints) {
            endpoint.routes(routes, all);
        }
        return routes;
    }

    /// Conformance suites neither sign in nor know our protocol: `/echo`, where it is open, is
    /// decided before all else.
    private static UpgradeHandler upgrades(ServerSettings settings, UpgradeHandler streams) {
        UpgradeHandler all = settings.permessageDeflate() ? deflating(streams) : streams;
        if (!settings.conformanceEcho()) {
            return all;
        }
        WebSocketLimits limits =
                settings.permessageDeflate()
                        ? EchoHandler.LIMITS.withDeflate(EchoHandler.LIMITS.maxMessage())
                        : EchoHandler.LIMITS;
        return request ->
                request.path().equals("/echo")
                        ? new Upgrade.Accept(new EchoHandler(), limits, Optional.empty(), Map.of())
                        : all.upgrade(request);
    }

    /// Where streams are accepted, compressed ones are, too.
    private static UpgradeHandler deflating(UpgradeHandler streams) {
        return request -> {
            Upgrade decision = streams.upgrade(request);
            return decision instanceof Upgrade.Accept accepted
                    ? accepted.withLimits(inflating(accepted.limits()))
                    : decision;
        };
    }

    private static WebSocketLimits inflating(WebSocketLimits limits) {
        long largest = (long) INFLATED * limits.maxMessage();
        return limits.withDeflate((int) Math.min(largest, Integer.MAX_VALUE - 1));
    }

    private static Upgrade noWebSocket(Handshakes handshakes, UpgradeRequest request) {
        return switch (handshakes.check(request)) {
            case Handshakes.Checked.Refused refused -> refused.answer();
            case Handshakes.Checked.Admitted _ ->
                    handshakes.refuse(Problem.notFound("there is no WebSocket here"));
        };
    }

    private static GuardedServer listen(
            ServerSettings settings,
            java.util.function.Supplier<WebServerConfig.Builder> listener,
            UpgradeHandler webSocket) {
        ServerSettings.Limits limits = settings.limits();
        ConnectionBudget within = ConnectionBudget.withinDescriptorLimit(limits.connections());
        try {
            return GuardedServer.start(
                    listener,
                    () ->
                            Http1Config.builder()
                                    .maxPrologueLength(limits.requestLine())
                                    .maxHeadersSize(limits.headers()),
                    WebSocketUpgrader.create(webSocket),
                    new ConnectionBudget(
                            within.connections(), limits.requestTimeout(), within.retryAfter()));
        } catch (UncheckedIOException e) {
            throw notListening(settings, e);
        }
    }

    private static ServerException notListening(ServerSettings settings, UncheckedIOException e) {
        boolean taken =
                e.getCause() instanceof BindException bind
                        && String.valueOf(bind.getMessage()).contains("in use");
        if (!taken) {
            return new ServerException(Reason.CANNOT_BIND, String.valueOf(e.getMessage()), e);
        }
        String owner = PortOwner.find(settings.port()).map(name -> " by " + name).orElse("");
        return new ServerException(
                Reason.PORT_IN_USE,
                "port %d on %s is already in use%s: stop it or choose another by --port"
                        .formatted(settings.port(), settings.host(), owner),
                e);
    }

    private static WebServerConfig.Builder listener(
            ServerSettings settings, DirectHandlers errors, Optional<TlsSource> tls) {
        Duration idle = settings.limits().idleTimeout();
        WebServerConfig.Builder builder =
                WebServer.builder()
                        .host(settings.host())
                        .port(settings.port())
                        .enableProxyProtocol(settings.names().proxyProtocol())
                        .idleConnectionTimeout(idle)
                        .idleConnectionPeriod(idle.dividedBy(4))
                        .contentEncoding(
                                ContentEncodingContext.builder()
                                        .contentEncodingsDiscoverServices(false)
                                        .addContentEncoding(new GzipBodies())
                                        .build())
                        .directHandlers(errors);
        Optional<Tls> current = tls.map(TlsSource::current);
        current.ifPresent(builder::tls);
        return builder;
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
        if (route.method().equals(Method.GET)) {
            routing.route(
                    Method.HEAD,
                    route.path(),
                    (request, response) ->
                            guard.handle(route, request, new HeadResponse(response)));
        }
    }

    private static Handler notAllowed(Map<Method, Route> methods) {
        String allowed =
                methods.keySet().stream()
                        .flatMap(method ->
                                method.equals(Method.GET)
                                        ? Stream.of("GET", "HEAD")
                                        : Stream.of(method.text()))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return (_, _) -> {
            throw new Problem(405, "Method not allowed", "allowed here: " + allowed)
                    .withHeader("Allow", allowed);
        };
    }
}
