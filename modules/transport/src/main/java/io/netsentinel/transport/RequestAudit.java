package io.netsentinel.transport;

import io.helidon.http.Method;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.netsentinel.auth.Identity;
import java.util.Optional;
import java.util.Set;

/// Notes in the audit trail what requests change, hand out, or were refused. Events that sensors
/// post are data and are not noted.
final class RequestAudit {
    private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);
    private static final String INGEST = "/api/events";
    private static final Set<Integer> REFUSED = Set.of(401, 403, 429);
    private static final int OK_BELOW = 400;

    /// Anybody can be refused as often as they like: beyond this only their number is noted.
    private static final double REFUSALS_PER_SECOND = 2;

    private static final double REFUSALS_AT_ONCE = 100;

    private final Audit audit;
    private final TokenBucket refusals;
    private long unnoted;

    RequestAudit(Audit audit) {
        this.audit = audit;
        this.refusals = new TokenBucket(REFUSALS_PER_SECOND, REFUSALS_AT_ONCE, System.nanoTime());
    }

    /// Looks at a request that was answered.
    void see(RoutingRequest request, RoutingResponse response) {
        Optional<Exchange> exchange = request.context().get(Exchange.class);
        int status = response.status().code();
        Optional<Boolean> signedIn = exchange.flatMap(Exchange::signedIn);
        boolean refused = REFUSED.contains(status) || !signedIn.orElse(true);
        boolean changing = !READING.contains(request.prologue().method()) || signedIn.isPresent();
        Optional<String> given = exchange.flatMap(Exchange::handedOut);
        String path = request.prologue().uriPath().rawPath();
        if (changing && path.equals(INGEST) && !refused) {
            return;
        }
        if (!refused && !changing && given.isEmpty()) {
            return;
        }
        String more = refused ? takeRefusal() : "";
        if (more.isEmpty() && refused) {
            return;
        }
        note(request, exchange, status, given, more);
    }

    private void note(
            RoutingRequest request,
            Optional<Exchange> exchange,
            int status,
            Optional<String> given,
            String more) {
        String path = request.prologue().uriPath().rawPath();
        String route = exchange.flatMap(Exchange::route).map(Routes.Route::path).orElse(path);
        Optional<Boolean> signedIn = exchange.flatMap(Exchange::signedIn);
        boolean success = signedIn.orElse(status < OK_BELOW);
        String user =
                exchange.flatMap(Exchange::claimed)
                        .or(() -> exchange.flatMap(Exchange::identity).map(Identity::user))
                        .orElse("");
        String detail = "status " + status + given.map(what -> "; " + what).orElse("") + more;
        audit.note(
                new AuditEntry(
                        request.prologue().method().text() + " " + route,
                        user,
                        exchange.map(at -> at.client().address()),
                        path,
                        success,
                        detail));
    }

    /// @return what to add to its entry, at least a space; empty when it gets none
    private synchronized String takeRefusal() {
        if (refusals.take(System.nanoTime()) > 0) {
            unnoted++;
            return "";
        }
        String more = unnoted == 0 ? " " : "; " + unnoted + " refusals before it were not noted";
        unnoted = 0;
        return more;
    }
}
