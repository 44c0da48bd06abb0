package io.netsentinel.auth;

import io.netsentinel.auth.Identity.Kind;
import io.netsentinel.events.Filter;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks tokens of an outside identity provider. As with the server's own, nothing of a token is
/// believed before its signature, and no text from it gets into an answer.
final class OutsideTokens implements AutoCloseable {
    /// Stands before the `jti`, so that no outside token can have the id of one made here.
    static final String PREFIX = "ext-";

    private static final Set<String> HEADERS = Set.of("alg", "kid", "typ");
    private static final int MAX_LENGTH = 16 << 10;
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final long LATEST = 253_402_300_799L;

    private final OutsideSettings settings;
    private final AuthSettings all;
    private final OutsideKeys keys;

    private OutsideTokens(OutsideSettings settings, AuthSettings all, OutsideKeys keys) {
        this.settings = settings;
        this.all = all;
        this.keys = keys;
    }

    static OutsideTokens open(OutsideSettings settings, AuthSettings all) {
        return new OutsideTokens(settings, all, OutsideKeys.open(settings.keys()));
    }

    /// A token that cannot be accepted, for a reason that may be told.
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean expired;

        RefusedException(String reason, boolean expired) {
            super(reason, null, false, false);
            this.expired = expired;
        }

        Verdict.Refused verdict() {
            return new Verdict.Refused(String.valueOf(getMessage()), expired);
        }
    }

    /// What a token is worth.
    ///
    /// @param verdict who it stands for, or why not
    /// @param account whose it is in the provider's own terms; nobody's when it is refused
    record Checked(Verdict verdict, Account account) {}

    Checked check(String token, Instant now) {
        try {
            JsonObject claims = verified(token);
            checkTimes(claims, now);
            return new Checked(
                    new Verdict.Accepted(identity(claims)),
                    new Account(settings.issuer(), Claim.text(claims.get("sub"))));
        } catch (RefusedException e) {
            return new Checked(e.verdict(), new Account(settings.issuer(), ""));
        }
    }

    private JsonObject verified(String token) throws RefusedException {
        String[] parts = token.split("\\.", -1);
        if (token.length() > MAX_LENGTH || parts.length != 3) {
            throw refused("the token is malformed");
        }
        VerifyingKey key = key(part(parts[0]));
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        if (!key.verifies(signed, decoded(parts[2]))) {
            throw refused("the token's signature is wrong");
        }
        return part(parts[1]);
    }

    private VerifyingKey key(JsonObject header) throws RefusedException {
        String type = Claim.text(header.get("typ")).toLowerCase(Locale.ROOT);
        if (!HEADERS.containsAll(header.keySet())
                || settings.types().stream()
                        .noneMatch(one -> one.toLowerCase(Locale.ROOT).equals(type))) {
            throw refused("the token is of another kind than is accepted here");
        }
        String id = Claim.text(header.get("kid"));
        String algorithm = Claim.text(header.get("alg"));
        return (id.isEmpty() ? Optional.<VerifyingKey>empty() : keys.find(id))
                .filter(key -> key.algorithm().equals(algorithm))
                .orElseThrow(() -> refused("the token is signed with no key that is known here"));
    }

    private void checkTimes(JsonObject claims, Instant now) throws RefusedException {
        boolean ours =
                Claim.text(claims.get("iss")).equals(settings.issuer())
                        && isFor(claims.get("aud"), settings.audience());
        Optional<Instant> end = time(claims, "exp");
        if (!ours || end.isEmpty() || !ID.matcher(Claim.text(claims.get("jti"))).matches()) {
            throw refused("the token lacks a claim this server requires: iss, aud, exp and jti");
        }
        Duration leeway = all.leeway();
        if (!now.minus(leeway).isBefore(end.get())) {
            throw new RefusedException("the token has expired", true);
        }
        Instant latest = now.plus(leeway);
        if (begins(claims, "nbf").isAfter(latest) || begins(claims, "iat").isAfter(latest)) {
            throw refused("the token is not valid yet");
        }
    }

    private Identity identity(JsonObject claims) throws RefusedException {
        OutsideSettings.Claims names = settings.claims();
        String user = Claim.text(claims, names.user());
        if (!USER.matcher(user).matches()) {
            throw refused(
                    "the token's claim "
                            + names.user()
                            + " must be a user name of 1 to 64 of A-Z a-z 0-9 . _ @ -");
        }
        Role role =
                Claim.role(claims, names)
                        .orElseThrow(() ->
                                refused(
                                        "the token's claim "
                                                + names.role()
                                                + " names no role that is known here"));
        return new Identity(
                user,
                role,
                Kind.TOKEN,
                PREFIX + Claim.text(claims.get("jti")),
                all.rightsOf(role).and(rights(claims)),
                time(claims, "exp"));
    }

    private Rights rights(JsonObject claims) throws RefusedException {
        List<ChannelGrant> channels = new ArrayList<>();
        Optional<Filter> rows = Optional.empty();
        try {
            if (settings.claims().channels().isPresent()) {
                String name = settings.claims().channels().get();
                for (String one : Claim.texts(claims, name)) {
                    channels.add(ChannelGrant.parse(one));
                }
                if (channels.isEmpty()) {
                    throw refused("the token lacks the claim " + name);
                }
            }
            if (settings.claims().rows().isPresent()) {
                String name = settings.claims().rows().get();
                String text = Claim.text(claims, name);
                if (text.isEmpty()) {
                    throw refused("the token lacks the claim " + name);
                }
                rows = text.equals("*") ? rows : Optional.of(RowFilter.parse(text));
            }
        } catch (IllegalArgumentException _) {
            throw refused("the token's channels or rows cannot be understood");
        }
        return Rights.of(channels, rows);
    }

    private static boolean isFor(
            @org.jspecify.annotations.Nullable JsonValue audience, String wanted) {
        return audience instanceof JsonArray several
                ? several.stream().anyMatch(one -> Claim.text(one).equals(wanted))
                : Claim.text(audience).equals(wanted);
    }

    private static Instant begins(JsonObject claims, String name) throws RefusedException {
        return time(claims, name).orElse(Instant.EPOCH);
    }

    private static Optional<Instant> time(JsonObject claims, String name) throws RefusedException {
        JsonValue value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonNumber number
                && number.doubleValue() >= 0
                && number.doubleValue() <= LATEST) {
            return Optional.of(Instant.ofEpochSecond((long) number.doubleValue()));
        }
        throw refused("the token's times cannot be understood");
    }

    private static JsonObject part(String text) throws RefusedException {
        return StrictJson.object(decoded(text))
                .orElseThrow(() -> refused("the token is malformed"));
    }

    private static byte[] decoded(String part) throws RefusedException {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException _) {
            throw refused("the token is malformed");
        }
    }

    private static RefusedException refused(String reason) {
        return new RefusedException(reason, false);
    }

    @Override
    public void close() {
        keys.close();
    }
}
