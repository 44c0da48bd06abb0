package io.netsentinel.auth;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An identity provider where people sign in (OpenID Connect, authorization code with PKCE).
///
/// @param issuer its address, exactly as it names itself; what it offers is read from
///   `/.well-known/openid-configuration` below it
/// @param clientId how this server is registered there
/// @param clientSecret what proves that it is this server; empty for a public client
/// @param label what people call it, for the sign-in page
/// @param scopes what is asked for besides `openid`
/// @param timeout how long one answer may take
/// @param claims what its claims mean; channels and rows are those of the role
public record OidcSettings(
        URI issuer,
        String clientId,
        Optional<String> clientSecret,
        String label,
        List<String> scopes,
        Duration timeout,
        OutsideSettings.Claims claims) {

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException naming the value that is wrong
    public OidcSettings {
        scopes = List.copyOf(scopes);
        require(
                Addresses.trusted(issuer),
                "auth.oidc.issuer must be https, or http on this machine's loopback: whoever could"
                        + " change the answer on its way could sign in as anybody");
        require(!clientId.isBlank(), "auth.oidc.client-id must not be empty");
        require(!label.isBlank(), "auth.oidc.label must not be empty");
        require(timeout.isPositive(), "auth.oidc.timeout must be longer than nothing");
        require(
                claims.roles().values().stream().noneMatch(Role.SENSOR::equals)
                        && claims.otherwise().filter(Role.SENSOR::equals).isEmpty(),
                "auth.oidc: nobody signs in as sensor: sensors use tokens");
    }

    /// `profile` and `email` are asked for, `preferred_username` is the user, `role` the role; 10 s
    /// for an answer.
    public static OidcSettings of(URI issuer, String clientId) {
        return new OidcSettings(
                issuer,
                clientId,
                Optional.empty(),
                "your organisation",
                List.of("profile", "email"),
                Duration.ofSeconds(10),
                new OutsideSettings.Claims(
                        "preferred_username",
                        "role",
                        java.util.Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
