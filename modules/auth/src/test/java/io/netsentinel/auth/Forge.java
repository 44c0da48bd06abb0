package io.netsentinel.auth;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes tokens by hand, right and wrong ones, with the server's own key or another.
final class Forge {
    private final JsonObject key;

    Forge(Path directory) {
        try (JsonReader reader =
                Json.createReader(
                        new StringReader(Files.readString(directory.resolve("token-keys.json"))))) {
            key = reader.readObject().getJsonArray("keys").getJsonObject(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String keyId() {
        return key.getString("kid");
    }

    String header() {
        return header("HS256", keyId(), "at+jwt", "");
    }

    static String header(String algorithm, String keyId, String type, String more) {
        return "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"%s\"%s}"
                .formatted(algorithm, keyId, type, more);
    }

    /// Signs with the server's key.
    String sign(String header, String payload) {
        return sign(header, payload, Base64.getUrlDecoder().decode(key.getString("k")));
    }

    static String sign(String header, String payload, byte[] key) {
        String signed = encode(header) + "." + encode(payload);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
