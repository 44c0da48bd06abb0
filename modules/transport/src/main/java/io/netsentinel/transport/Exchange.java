package io.netsentinel.transport;

import io.helidon.webserver.http.ServerRequest;
import io.netsentinel.auth.Identity;
import java.util.Optional;

/// What the guard has found out about one request; kept in its context.
final class Exchange {
    private final Client client;
    private Optional<Identity> identity = Optional.empty();
    private String csrf = "";

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

    void identified(Identity who, String csrfToken) {
        identity = Optional.of(who);
        csrf = csrfToken;
    }
}
