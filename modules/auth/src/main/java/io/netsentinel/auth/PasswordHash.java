package io.netsentinel.auth;

import java.util.Base64;
import java.util.Objects;

/// A password as it is kept: PBKDF2-HMAC-SHA256 with its own salt and its own number of rounds, so
/// that the number can be raised later without asking anybody for a new password.
///
/// Written as `pbkdf2-sha256$ROUNDS$SALT$HASH`.
@SuppressWarnings("ArrayRecordComponent") // compared by the hasher only, in constant time
record PasswordHash(int iterations, byte[] salt, byte[] hash) {
    private static final String SCHEME = "pbkdf2-sha256";

    static PasswordHash parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("not a stored password");
        }
        return new PasswordHash(
                Integer.parseInt(Objects.requireNonNull(parts[1])),
                Base64.getDecoder().decode(parts[2]),
                Base64.getDecoder().decode(parts[3]));
    }

    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return String.join(
                "$",
                SCHEME,
                Integer.toString(iterations),
                base64.encodeToString(salt),
                base64.encodeToString(hash));
    }
}
