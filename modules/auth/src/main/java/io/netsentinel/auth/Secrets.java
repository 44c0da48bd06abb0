package io.netsentinel.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Random values and the digest under which a secret is kept.
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final char[] UNAMBIGUOUS = "abcdefghjkmnpqrstvwxyz23456789".toCharArray();
    private static final int PASSWORD_GROUPS = 4;
    private static final int PASSWORD_GROUP_LENGTH = 5;

    private Secrets() {}

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// 256 random bits as 43 characters of the URL-safe base 64.
    static String token() {
        return BASE64.encodeToString(bytes(32));
    }

    /// A password to be read and typed by a person: four groups of five, 98 bits.
    static String password() {
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < PASSWORD_GROUPS; group++) {
            if (group > 0) {
                text.append('-');
            }
            for (int i = 0; i < PASSWORD_GROUP_LENGTH; i++) {
                text.append(UNAMBIGUOUS[RANDOM.nextInt(UNAMBIGUOUS.length)]);
            }
        }
        return text.toString();
    }

    /// SHA-256 in hexadecimal. Good for random secrets only, never for passwords.
    static String digest(String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Another secret made from one, 43 characters of the URL-safe base 64: from none of those made
    /// can the one or another be found.
    static String derived(String purpose, String secret) {
        return BASE64.encodeToString(HexFormat.of().parseHex(digest(purpose + ":" + secret)));
    }

    /// Compares without telling by the time taken where they differ.
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
