package io.netsentinel.transport;

import io.helidon.webserver.http.ServerRequest;
import io.netsentinel.auth.Identity;
import java.util.Optional;

/// What the guard has found out about one request; kept in its context.
final class Exchange {
    private final Client client;
    private Optional<Identity> identity = Optional.empty();
    private String csrf = "";
    private Optional<Routes.Route> route = Optional.empty();
    private Optional<String> claimed = Optional.empty();
    private Optional<Boolean> signedIn = Optional.empty();
    private Optional<String> handedOut = Optional.empty();

    Exchange(Client client) {
        this.client = client;
    }

    static Exchange of(ServerRequest request) {
        return request.context()
                .get(Exchange.class)
                .orElseThrow(() -> new IllegalStateException("the request was not admitted"));
    }

    Client client() {
        return client;
    }

    Optional<Identity> identity() {
        return identity;
    }

    String csrf() {
        return csrf;
    }

    /// The route that serves it; empty when there is none.
    Optional<Routes.Route> route() {
        return route;
    }

    void routed(Routes.Route found) {
        route = Optional.of(found);
    }

    /// The name somebody tried to sign in with.
    Optional<String> claimed() {
        return claimed;
    }

    /// Whether they did; empty when nobody tried.
    Optional<Boolean> signedIn() {
        return signedIn;
    }

    void signIn(String name, boolean granted) {
        claimed = Optional.of(name);
        signedIn = Optional.of(granted);
    }

    /// What was handed out that the audit trail should know of.
    Optional<String> handedOut() {
        return handedOut;
    }

    void handOut(String what) {
        handedOut = Optional.of(what);
    }

    void identified(Identity who, String csrfToken) {
        identity = Optional.of(who);
        csrf = csrfToken;
    }
}
