package io.netsentinel.transport;

import io.helidon.http.HeaderNames;
import io.netsentinel.auth.Identity;
import io.netsentinel.websocket.Upgrade;
import io.netsentinel.websocket.UpgradeRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Checks WebSocket handshakes as the guard checks requests, which it does not get to see: `Host`,
/// `Origin`, tokens in the address, who it is.
final class Handshakes {
    private final Admission admission;
    private final SecurityHeaders securityHeaders;
    private final ClientCertificates certificates;

    Handshakes(
            Admission admission, SecurityHeaders securityHeaders, ClientCertificates certificates) {
        this.certificates = certificates;
        this.admission = admission;
        this.securityHeaders = securityHeaders;
    }

    /// What was found.
    sealed interface Checked {
        /// It may come in.
        ///
        /// @param client where it comes from
        /// @param identity who it is, empty when it has yet to say so in `connect`
        record Admitted(Client client, Optional<Identity> identity) implements Checked {}

        /// It may not; this is the answer.
        record Refused(Upgrade.Refuse answer) implements Checked {}
    }

    /// Checks a handshake. A cookie counts only beside an allowed `Origin`: any page can make a
    /// browser send one, and only the origin says which page it was.
    Checked check(UpgradeRequest request) {
        try {
            Client client =
                    admission.admit(
                            request.headers(),
                            request.query(),
                            new Peer(
                                    request.remote(),
                                    request.announced(),
                                    request.local(),
                                    request.secure()));
            Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
            if (origin.isPresent() && !admission.originAllowed(origin.get(), client)) {
                throw Problem.forbidden("the page's origin is not allowed to connect here");
            }
            Optional<Identity> who = admission.identify(request.headers(), origin.isPresent());
            return new Checked.Admitted(
                    client,
                    who.isPresent()
                            ? who
                            : certificates.identify(request.certificate(), client.address()));
        } catch (Problem e) {
            return new Checked.Refused(refuse(e));
        }
    }

    /// The answer for a handshake that cannot be accepted: the same problem as for any request.
    Upgrade.Refuse refuse(Problem problem) {
        Map<String, String> headers = new HashMap<>(securityHeaders.toMap());
        headers.putAll(problem.headers());
        headers.put("Content-Type", "application/problem+json");
        return new Upgrade.Refuse(
                problem.status(),
                headers,
                new String(Json.bytes(problem.toMap()), StandardCharsets.UTF_8));
    }
}
