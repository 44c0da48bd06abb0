package io.netsentinel.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A secret that is written differently each time it is shown: random bytes, and the secret XORed
/// with them, in base 64. Where it stands in a compressed page, how well that can be compressed
/// then tells nothing about it (the BREACH attack).
final class Mask {
    private Mask() {}

    static String of(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
        byte[] masked = new byte[2 * bytes.length];
        byte[] random = Secrets.bytes(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            masked[i] = random[i];
            masked[bytes.length + i] = (byte) (bytes[i] ^ random[i]);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(masked);
    }

    /// The secret; what was not made by [#of(String)] becomes something that is none.
    static String opened(String masked) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(masked);
        } catch (IllegalArgumentException _) {
            return "";
        }
        byte[] secret = new byte[bytes.length / 2];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (bytes[i] ^ bytes[secret.length + i]);
        }
        return new String(secret, StandardCharsets.US_ASCII);
    }
}
