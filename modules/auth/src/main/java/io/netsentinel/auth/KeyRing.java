package io.netsentinel.auth;

import io.helidon.security.jwt.jwk.JwkOctet;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys tokens are signed with, as a JSON Web Key Set in a private file. The first one signs;
/// all of them verify, so that a new key does not end the tokens of the old one.
///
/// Every key is symmetric, has at least 256 bits and one fixed algorithm, HS256. Anything else in
/// the file stops the start: a key that is skipped silently would be a key nobody misses.
final class KeyRing {
    static final String ALGORITHM = "HS256";
    private static final int KEY_BYTES = 32;
    private static final int KEPT = 3;

    private final Path file;
    private final Map<String, JwkOctet> keys;
    private final JwkOctet signing;

    private KeyRing(Path file, Map<String, JwkOctet> keys) {
        this.file = file;
        this.keys = keys;
        this.signing = keys.values().iterator().next();
    }

    /// Reads the file, or makes it with one new key.
    ///
    /// @throws AuthFilesException when it is readable by others, malformed or holds a weak key
    static KeyRing open(Path file) {
        Optional<byte[]> content = PrivateFiles.read(file);
        if (content.isPresent()) {
            return new KeyRing(file, parse(file, content.get()));
        }
        return write(file, List.of(newKey()));
    }

    /// The key for new tokens.
    JwkOctet signing() {
        return signing;
    }

    /// The key of this id. The id is looked up and nothing else is done with it.
    Optional<JwkOctet> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    /// Adds a new key, which signs from now on. The newest three are kept.
    KeyRing rotate() {
        List<JsonObject> all = new ArrayList<>();
        all.add(newKey());
        keys.values().stream().limit(KEPT - 1L).map(KeyRing::json).forEach(all::add);
        return write(file, all);
    }

    private static KeyRing write(Path file, List<JsonObject> all) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        all.forEach(array::add);
        byte[] content =
                Json.createObjectBuilder()
                        .add("keys", array)
                        .build()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        PrivateFiles.write(file, content);
        return new KeyRing(file, parse(file, content));
    }

    private static JsonObject newKey() {
        return json(
                Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.bytes(6)),
                Secrets.bytes(KEY_BYTES));
    }

    private static JsonObject json(JwkOctet key) {
        return json(key.keyId(), key.getKeyBytes());
    }

    private static JsonObject json(String id, byte[] key) {
        return Json.createObjectBuilder()
                .add("kty", "oct")
                .add("kid", id)
                .add("alg", ALGORITHM)
                .add("k", Base64.getUrlEncoder().withoutPadding().encodeToString(key))
                .build();
    }

    private static Map<String, JwkOctet> parse(Path file, byte[] content) {
        Map<String, JwkOctet> keys = new LinkedHashMap<>();
        for (JsonObject json : objects(file, content)) {
            JwkOctet key = key(file, json);
            if (keys.put(key.keyId(), key) != null) {
                throw new AuthFilesException(file + ": two keys have the same kid");
            }
        }
        if (keys.isEmpty()) {
            throw new AuthFilesException(
                    file + " holds no key: remove the file to have a new one made");
        }
        return keys;
    }

    private static List<JsonObject> objects(Path file, byte[] content) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(content))) {
            if (reader.readObject().get("keys") instanceof JsonArray array) {
                return array.getValuesAs(JsonValue::asJsonObject);
            }
        } catch (JsonException | ClassCastException _) {
            // wrong shape, told below: these messages could hold a part of a key
        }
        throw new AuthFilesException(
                file + " is not a JSON Web Key Set {\"keys\":[{kty,kid,alg,k}]}");
    }

    private static JwkOctet key(Path file, JsonObject json) {
        String id = json.getString("kid", "");
        if (id.isEmpty()
                || !json.getString("kty", "").equals("oct")
                || !json.getString("alg", "").equals(ALGORITHM)) {
            throw new AuthFilesException(
                    file + ": every key needs a kid, \"kty\":\"oct\" and \"alg\":\"HS256\"");
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(json.getString("k", ""));
        } catch (IllegalArgumentException _) {
            throw new AuthFilesException(file + ": key " + id + " is not base64url");
        }
        if (bytes.length < KEY_BYTES) {
            throw new AuthFilesException(
                    "%s: key %s has %d bits, HS256 needs at least 256"
                            .formatted(file, id, bytes.length * Byte.SIZE));
        }
        return JwkOctet.create(json(id, bytes));
    }
}
