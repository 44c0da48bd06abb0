package io.netsentinel.auth;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;

/// A session as it is kept: of the cookie only the digest, so that whoever reads the database
/// cannot use it.
final class Session {
    private final String id;
    private final String user;
    private final String digest;
    private final String csrf;
    private final Instant created;
    private volatile long seen;
    private volatile long stored;

    Session(String id, String user, String digest, String csrf, Instant created, Instant seen) {
        this.id = id;
        this.user = user;
        this.digest = digest;
        this.csrf = csrf;
        this.created = created;
        this.seen = seen.toEpochMilli();
        this.stored = this.seen;
    }

    static Session of(JsonObject json) {
        return new Session(
                json.getString("id"),
                json.getString("user"),
                json.getString("digest"),
                json.getString("csrf"),
                instant(json, "created"),
                instant(json, "seen"));
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("user", user)
                .add("digest", digest)
                .add("csrf", csrf)
                .add("created", created.toEpochMilli())
                .add("seen", seen)
                .build();
    }

    String id() {
        return id;
    }

    String user() {
        return user;
    }

    String digest() {
        return digest;
    }

    String csrf() {
        return csrf;
    }

    Instant created() {
        return created;
    }

    Instant seen() {
        return Instant.ofEpochMilli(seen);
    }

    /// Notes a sign of life.
    ///
    /// @return whether the stored one is so old that it should be written
    boolean touch(Instant now, long staleMillis) {
        long millis = now.toEpochMilli();
        seen = Math.max(seen, millis);
        if (millis - stored < staleMillis) {
            return false;
        }
        stored = millis;
        return true;
    }

    private static Instant instant(JsonObject json, String name) {
        return Instant.ofEpochMilli(json.getJsonNumber(name).longValueExact());
    }
}
