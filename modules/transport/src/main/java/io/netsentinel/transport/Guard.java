package io.netsentinel.transport;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Identity.Kind;
import io.netsentinel.auth.Permission;
import io.netsentinel.transport.Routes.Route;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Stands before every route: nobody gets to a handler who may not use it. Handlers ask it who is
/// there.
public final class Guard {
    private static final System.Logger ACCESS = System.getLogger("io.netsentinel.access");
    private static final String FORM_FIELD = "_csrf";

    private final Admission admission;
    private final Auth auth;
    private final ClientCertificates certificates;
    private final Failures failures;
    private final Bodies bodies;
    private final SecurityHeaders securityHeaders;
    private final Optional<RequestAudit> audit;

    Guard(
            Admission admission,
            Auth auth,
            ClientCertificates certificates,
            Failures failures,
            Bodies bodies,
            SecurityHeaders securityHeaders,
            Optional<RequestAudit> audit) {
        this.admission = admission;
        this.audit = audit;
        this.bodies = bodies;
        this.auth = auth;
        this.certificates = certificates;
        this.failures = failures;
        this.securityHeaders = securityHeaders;
    }

    /// Who sent this request.
    ///
    /// @throws IllegalStateException on an open route nobody has signed in for
    public static Identity identity(ServerRequest request) {
        return find(request)
                .orElseThrow(() -> new IllegalStateException("an open route has no identity"));
    }

    /// Who sent this request, if they have signed in.
    public static Optional<Identity> find(ServerRequest request) {
        return request.context().get(Exchange.class).flatMap(Exchange::identity);
    }

    /// The CSRF token for the pages of this request's session; empty without a session cookie. A
    /// changing request repeats it in the header `X-CSRF-Token` or the form field `_csrf`.
    public static String csrf(ServerRequest request) {
        return request.context().get(Exchange.class).map(Exchange::csrf).orElse("");
    }

    /// Has the audit trail say what this request hands out or changes, for example `export of
    /// alerts as csv`.
    public static void handsOut(ServerRequest request, String what) {
        Exchange.of(request).handOut(what);
    }

    /// Where the request comes from; behind a configured proxy, the address that proxy saw.
    public static InetAddress address(ServerRequest request) {
        return Exchange.of(request).client().address();
    }

    /// Runs for every request, also for those no route is found for.
    void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        securityHeaders.apply(response.headers());
        if (request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
            // Helidon reads chunk sizes less strictly than others do: whatever follows such a body
            // might be
            // its rest in the eyes of a proxy, so nothing may follow
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        long start = System.nanoTime();
        try {
            Client client =
                    admission.admit(
                            request.headers(),
                            request.prologue().query().rawValue(),
                            new Peer(
                                    request.remotePeer().address(),
                                    request.proxyProtocolData()
                                            .map(ProxyProtocolData::sourceAddress),
                                    request.localPeer().address(),
                                    request.isSecure()));
            request.context().register(new Exchange(client));
            chain.proceed();
        } catch (Problem e) {
            failures.answer(request, response, e);
        } finally {
            logAccess(request, response, System.nanoTime() - start);
            audit.ifPresent(trail -> trail.see(request, response));
        }
        bodies.finish(request);
        closeIfSaid(request, response);
    }

    /// Helidon answers `Connection: close` and then waits for another request.
    private static void closeIfSaid(RoutingRequest request, RoutingResponse response) {
        if (response.isSent()
                && (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                        || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE))) {
            throw new CloseConnectionException("one side asked for it");
        }
    }

    /// Runs a route's handler when the request may use it.
    void handle(Route route, ServerRequest request, ServerResponse response) throws Exception {
        Exchange exchange = Exchange.of(request);
        exchange.routed(route);
        if (!identified(route, exchange, request)) {
            sendToSignIn(request, response);
            return;
        }
        checkPermission(route, exchange);
        bodies.limit(request, route.maxBody());
        if (!route.method().equals(Method.GET)) {
            checkChange(exchange, request);
        }
        route.handler().handle(request, response);
    }

    /// @return false when a page is wanted by somebody who must sign in first
    private boolean identified(Route route, Exchange exchange, ServerRequest request) {
        try {
            Optional<Identity> who = admission.identify(request.headers(), true);
            who.ifPresent(identity -> exchange.identified(identity, csrfOf(identity)));
        } catch (Problem e) {
            // a cookie that is over must not keep anybody from the sign-in page
            if (e.status() != 401 || (route.access() != Access.OPEN && !route.access().page())) {
                throw e;
            }
        }
        if (exchange.identity().isPresent() || route.access() == Access.OPEN) {
            return true;
        }
        if (route.access().page()) {
            return false; // people sign in, whatever certificate their browser has
        }
        Optional<Identity> shown =
                certificates.identify(
                        request.remotePeer().tlsCertificates().map(chain -> chain[0]),
                        exchange.client().address());
        if (shown.isPresent()) {
            exchange.identified(shown.get(), "");
            return true;
        }
        throw Problem.unauthorized("this needs a token (Authorization: Bearer) or a session");
    }

    private String csrfOf(Identity identity) {
        return identity.kind() == Kind.SESSION ? auth.csrf(identity) : "";
    }

    private static void checkPermission(Route route, Exchange exchange) {
        Optional<Permission> needed = route.access().permission();
        if (needed.isEmpty()) {
            return;
        }
        Identity who = exchange.identity().orElseThrow();
        if (!who.may(needed.get())) {
            throw Problem.forbidden("the role " + who.role().text() + " may not do this");
        }
    }

    /// A browser adds the cookie to whatever page makes it send a request, so the cookie alone does
    /// not show that the user wanted it. A Bearer token does.
    private void checkChange(Exchange exchange, ServerRequest request) {
        Optional<Identity> who = exchange.identity();
        if (who.isPresent() && who.get().kind() == Kind.TOKEN) {
            return;
        }
        if (!admission.sameSite(request.headers(), exchange.client())) {
            throw Problem.forbidden("the request comes from a page of another origin");
        }
        if (who.isPresent() && who.get().kind() == Kind.CERTIFICATE) {
            return; // a page of another origin was refused already
        }
        if (who.isPresent() && !auth.csrfValid(who.get(), csrfSent(request))) {
            throw Problem.forbidden(
                    "the CSRF token (header X-CSRF-Token or field _csrf) is missing or wrong");
        }
    }

    private static String csrfSent(ServerRequest request) {
        return request.headers()
                .first(Admission.CSRF)
                .orElseGet(
                        () -> Forms.isForm(request) ? Forms.read(request).first(FORM_FIELD) : "");
    }

    private static void sendToSignIn(ServerRequest request, ServerResponse response) {
        String query = request.query().rawValue();
        String wanted = request.path().rawPath() + (query.isEmpty() ? "" : "?" + query);
        String target = "/login?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
        if (request.headers().contains(HeaderNames.create("HX-Request"))) {
            // htmx would follow a redirect and put the sign-in page into a fragment
            response.status(401).header("HX-Redirect", target).send();
        } else {
            response.status(303).header(HeaderNames.LOCATION, target).send();
        }
    }

    private static void logAccess(RoutingRequest request, RoutingResponse response, long nanos) {
        if (ACCESS.isLoggable(System.Logger.Level.DEBUG)) {
            ACCESS.log(
                    System.Logger.Level.DEBUG,
                    "{0} {1} {2} {3} us {4} {5}",
                    request.prologue().method().text(),
                    // never the query: people search for names and addresses
                    request.prologue().uriPath().rawPath(),
                    Integer.toString(response.status().code()),
                    Long.toString(nanos / 1_000),
                    find(request).map(Identity::user).orElse("-"),
                    request.remotePeer().host());
        }
    }
}
