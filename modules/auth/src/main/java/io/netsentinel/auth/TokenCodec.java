package io.netsentinel.auth;

import io.helidon.security.jwt.Jwt;
import io.helidon.security.jwt.JwtHeaders;
import io.helidon.security.jwt.SignedJwt;
import io.helidon.security.jwt.jwk.JwkOctet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Signs and checks the JSON Web Tokens. A good token proves that this server made it and when it
/// ends; whether it is still wanted is asked elsewhere, by its id.
///
/// Refused before anything is believed: a token over 4 KiB, a header with anything but `alg`, `kid`
/// and `typ` (so no `crit`, `jku`, `jwk`, `x5u`, `x5c`, `zip`, `b64`), a `typ` other than `at+jwt`,
/// an unknown `kid`, an `alg` that is not the key's. No text from the token gets into an answer:
/// the library's error texts contain it, so they are dropped.
final class TokenCodec {
    private static final String ISSUER = "netsentinel";
    private static final String AUDIENCE = "netsentinel";
    private static final String TYPE = "at+jwt";
    private static final Set<String> HEADERS = Set.of("alg", "kid", "typ");
    private static final int MAX_LENGTH = 4_096;

    private final Duration leeway;
    private volatile KeyRing keys;

    TokenCodec(KeyRing keys, Duration leeway) {
        this.keys = keys;
        this.leeway = leeway;
    }

    /// What a token must say.
    record Claims(
            String id,
            String subject,
            Role role,
            List<ChannelGrant> channels,
            Instant issued,
            Instant expires) {}

    /// What was found out about a token.
    sealed interface Checked {
        /// Made by this server and in its time.
        record Good(String id) implements Checked {}

        /// Not to be trusted, with a reason that may be shown.
        record Bad(String reason, boolean expired) implements Checked {}
    }

    String sign(Claims claims) {
        JwkOctet key = keys.signing();
        Jwt.Builder jwt =
                Jwt.builder()
                        .keyId(key.keyId())
                        .algorithm(KeyRing.ALGORITHM)
                        .type(TYPE)
                        .issuer(ISSUER)
                        .addAudience(AUDIENCE)
                        .subject(claims.subject())
                        .jwtId(claims.id())
                        .issueTime(claims.issued())
                        .expirationTime(claims.expires())
                        .addPayloadClaim("role", claims.role().text());
        if (!claims.channels().isEmpty()) {
            jwt.addPayloadClaim(
                    "channels", claims.channels().stream().map(ChannelGrant::text).toList());
        }
        return SignedJwt.sign(jwt.build(), key).tokenContent();
    }

    /// Whether a token names a key of this server. Says nothing about whether it is good.
    boolean claimsOurs(String token) {
        try {
            return token.length() <= MAX_LENGTH
                    && JwtHeaders.parseToken(token).keyId().flatMap(keys::find).isPresent();
        } catch (RuntimeException _) {
            return false; // the library's messages contain the token
        }
    }

    Checked check(String token, Instant now) {
        if (token.length() > MAX_LENGTH) {
            return new Checked.Bad("the token is longer than any this server issues", false);
        }
        try {
            Optional<JwkOctet> key = key(JwtHeaders.parseToken(token));
            if (key.isEmpty()) {
                return new Checked.Bad("the token is not one of this server's", false);
            }
            SignedJwt signed = SignedJwt.parseToken(token);
            if (!key.get().verifySignature(signed.getSignedBytes(), signed.getSignature())) {
                return new Checked.Bad("the token's signature is wrong", false);
            }
            return claims(signed.getJwt(), now);
        } catch (RuntimeException _) {
            // the library throws many kinds, and their messages contain the token
            return new Checked.Bad("the token is malformed", false);
        }
    }

    void rotate() {
        keys = keys.rotate();
    }

    private Optional<JwkOctet> key(JwtHeaders headers) {
        if (!HEADERS.containsAll(headers.headerClaims().keySet())
                || !headers.type().orElse("").toLowerCase(Locale.ROOT).equals(TYPE)) {
            return Optional.empty();
        }
        return headers.keyId()
                .flatMap(keys::find)
                .filter(key -> headers.algorithm().orElse("").equals(key.algorithm()));
    }

    private Checked claims(Jwt jwt, Instant now) {
        boolean ours =
                jwt.issuer().orElse("").equals(ISSUER)
                        && jwt.audience().orElse(List.of()).contains(AUDIENCE);
        String id = jwt.jwtId().orElse("");
        if (!ours || id.isEmpty() || jwt.expirationTime().isEmpty() || jwt.issueTime().isEmpty()) {
            return new Checked.Bad("the token lacks a claim this server requires", false);
        }
        if (!now.minus(leeway).isBefore(jwt.expirationTime().get())) {
            return new Checked.Bad("the token has expired", true);
        }
        Instant latest = now.plus(leeway);
        if (jwt.issueTime().get().isAfter(latest)
                || jwt.notBefore().filter(start -> start.isAfter(latest)).isPresent()) {
            return new Checked.Bad("the token is not valid yet", false);
        }
        return new Checked.Good(id);
    }
}
