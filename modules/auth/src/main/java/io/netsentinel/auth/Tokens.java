package io.netsentinel.auth;

import io.netsentinel.auth.AuthException.Reason;
import io.netsentinel.auth.Revocation.Cause;
import io.netsentinel.auth.Revocation.Scope;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Store;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The tokens issued to sensors and scripts. A token is good while its row says so: one that is not
/// in the table is not accepted even when its signature is right, so that a stolen key alone makes
/// no token and a restored backup brings none back.
public final class Tokens {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final int MOST_CHANNELS = 32;

    private final Clock clock;
    private final Duration max;
    private final Tables table;
    private final TokenCodec codec;
    private final Revocations revocations;
    private final Predicate<String> userName;
    private final Predicate<String> certificateName;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final ReentrantLock changes = new ReentrantLock();

    Tokens(
            AuthSettings settings,
            Store store,
            TokenCodec codec,
            Revocations revocations,
            Predicate<String> userName,
            Predicate<String> certificateName,
            Clock clock) {
        this.clock = clock;
        this.max = settings.tokenMax();
        this.table = new Tables(store, "auth.tokens");
        this.codec = codec;
        this.revocations = revocations;
        this.userName = userName;
        this.certificateName = certificateName;
        table.all().stream().map(Tokens::parse).forEach(t -> tokens.put(t.id(), t));
    }

    /// A new token.
    ///
    /// @param jwt what its holder sends; not kept and never shown again
    /// @param token what is kept
    public record Issued(String jwt, Token token) {}

    /// Issues a token.
    ///
    /// @param name what its actions are recorded under, 1 to 64 of `A-Z a-z 0-9 . _ @ -`; several
    ///   tokens may have the same, so that one can replace another
    /// @param role what it may do
    /// @param channels the only channels it may use; empty for all the role may
    /// @param ttl how long it is good, at least a second
    /// @throws AuthException INVALID naming what is not acceptable, CONFLICT when a user has the
    ///   name
    public Issued issue(String name, Role role, List<ChannelPattern> channels, Duration ttl) {
        List<ChannelGrant> grants = channels.stream().map(ChannelGrant::of).toList();
        return issue(name, role, Rights.of(grants, Optional.empty()), ttl);
    }

    /// Issues a token that is narrowed.
    ///
    /// @param name as above
    /// @param role what it may do
    /// @param rights what narrows it
    /// @param ttl how long it is good, at least a second
    /// @throws AuthException as above
    public Issued issue(String name, Role role, Rights rights, Duration ttl) {
        check(name, rights.grants(), ttl);
        changes.lock();
        try {
            if (userName.test(name)) {
                throw new AuthException(
                        Reason.CONFLICT,
                        "there is a user " + name + ": give the token another name");
            }
            if (certificateName.test(name)) {
                throw new AuthException(
                        Reason.CONFLICT,
                        "a client certificate of the name "
                                + name
                                + " is in use and would be refused: give the token another name");
            }
            prune();
            // a token says its times in whole seconds
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Token token = new Token(Ulid.next(), name, role, rights, now, now.plus(ttl), false);
            String jwt =
                    codec.sign(
                            new TokenCodec.Claims(
                                    token.id(), name, role, rights.grants(), now, token.expires()));
            store(token);
            return new Issued(jwt, token);
        } finally {
            changes.unlock();
        }
    }

    /// All tokens that have not expired, newest first.
    public List<Token> list() {
        Instant now = clock.instant();
        return tokens.values().stream()
                .filter(token -> token.expires().isAfter(now))
                .sorted(Comparator.comparing(Token::id).reversed())
                .toList();
    }

    /// Ends a token at once.
    ///
    /// @throws AuthException UNKNOWN when there is no token of this id
    public void revoke(String id) {
        changes.lock();
        try {
            Token token = tokens.get(id);
            if (token == null) {
                throw new AuthException(Reason.UNKNOWN, "there is no token " + id);
            }
            Token revoked =
                    new Token(
                            id,
                            token.name(),
                            token.role(),
                            token.rights(),
                            token.issued(),
                            token.expires(),
                            true);
            // first in memory: it must end now, also when the disk is full
            tokens.put(id, revoked);
            revocations.tell(new Revocation(Scope.ID, id, Cause.TOKEN_REVOKED));
            store(revoked);
        } finally {
            changes.unlock();
        }
    }

    Optional<Token> find(String id) {
        return Optional.ofNullable(tokens.get(id));
    }

    boolean isName(String name) {
        return list().stream().anyMatch(token -> Users.canonical(token.name()).equals(name));
    }

    private void check(String name, List<ChannelGrant> channels, Duration ttl) {
        if (!NAME.matcher(name).matches()) {
            throw invalid(
                    "a token name is 1 to 64 of A-Z a-z 0-9 . _ @ - and starts with a letter or"
                            + " digit");
        }
        if (channels.size() > MOST_CHANNELS) {
            throw invalid("a token has at most " + MOST_CHANNELS + " channel patterns");
        }
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(max) > 0) {
            throw invalid("a token lives from 1 second to " + max.toDays() + " days");
        }
    }

    private void prune() {
        Instant now = clock.instant();
        List<String> over =
                tokens.values().stream()
                        .filter(token -> token.expires().isBefore(now))
                        .map(Token::id)
                        .toList();
        over.forEach(tokens::remove);
        over.forEach(table::deleteSoon);
    }

    private void store(Token token) {
        table.put(token.id(), json(token));
        tokens.put(token.id(), token);
    }

    private static AuthException invalid(String message) {
        return new AuthException(Reason.INVALID, message);
    }

    private static JsonObject json(Token token) {
        JsonArrayBuilder channels = Json.createArrayBuilder();
        token.channels().forEach(grant -> channels.add(grant.text()));
        JsonObjectBuilder json = Json.createObjectBuilder();
        token.rights().rows().ifPresent(rows -> json.add("rows", rows.text()));
        return json.add("id", token.id())
                .add("name", token.name())
                .add("role", token.role().text())
                .add("channels", channels)
                .add("issued", token.issued().getEpochSecond())
                .add("expires", token.expires().getEpochSecond())
                .add("revoked", token.revoked())
                .build();
    }

    private static Token parse(JsonObject json) {
        return new Token(
                json.getString("id"),
                json.getString("name"),
                Role.parse(json.getString("role")).orElseThrow(),
                Rights.of(
                        json.getJsonArray("channels").getValuesAs(JsonString.class).stream()
                                .map(text -> ChannelGrant.parse(text.getString()))
                                .toList(),
                        Optional.of(json.getString("rows", ""))
                                .filter(text -> !text.isEmpty())
                                .map(RowFilter::parse)),
                Instant.ofEpochSecond(json.getJsonNumber("issued").longValueExact()),
                Instant.ofEpochSecond(json.getJsonNumber("expires").longValueExact()),
                json.getBoolean("revoked"));
    }
}
