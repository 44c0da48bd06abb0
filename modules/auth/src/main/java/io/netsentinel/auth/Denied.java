package io.netsentinel.auth;

import io.netsentinel.auth.Revocation.Cause;
import io.netsentinel.auth.Revocation.Scope;
import io.netsentinel.queuing.Store;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tokens of an outside issuer that are not accepted any more although they have not ended: this
/// server keeps no list of good ones, so it keeps one of bad ones.
final class Denied {
    private final Clock clock;
    private final Tables table;
    private final Revocations revocations;
    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    Denied(Store store, Revocations revocations, Clock clock) {
        this.clock = clock;
        this.table = new Tables(store, "auth.denied");
        this.revocations = revocations;
        for (JsonObject row : table.all()) {
            until.put(
                    row.getString("id"),
                    Instant.ofEpochSecond(row.getJsonNumber("until").longValueExact()));
        }
    }

    boolean contains(String id) {
        return until.containsKey(id);
    }

    /// Ends a token at once.
    ///
    /// @param lasts how long it could be good at most
    void add(String id, Duration lasts) {
        prune();
        Instant end = clock.instant().plus(lasts);
        until.put(id, end);
        revocations.tell(new Revocation(Scope.ID, id, Cause.TOKEN_REVOKED));
        table.put(
                id,
                Json.createObjectBuilder()
                        .add("id", id)
                        .add("until", end.getEpochSecond())
                        .build());
    }

    /// Ends what an identity came with, until it would have ended by itself.
    void add(Identity identity) {
        Duration left =
                identity.expires()
                        .map(end -> Duration.between(clock.instant(), end))
                        .orElse(Duration.ZERO);
        // the leeway, and a day for clocks that are set
        add(identity.id(), left.plus(Duration.ofDays(1)));
    }

    private void prune() {
        Instant now = clock.instant();
        List<String> over =
                until.entrySet().stream()
                        .filter(entry -> entry.getValue().isBefore(now))
                        .map(Map.Entry::getKey)
                        .toList();
        over.forEach(until::remove);
        over.forEach(table::deleteSoon);
    }
}
