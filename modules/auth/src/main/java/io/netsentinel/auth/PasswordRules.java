package io.netsentinel.auth;

import io.netsentinel.auth.AuthException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a password must be: 8 to 128 characters, not the user's name, not one of the first
/// everybody tries. No rule about kinds of characters: they make passwords worse.
final class PasswordRules {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /// The form in which a password is hashed: the same text typed on another keyboard or system
    /// may be other code points.
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /// Whether a password can be anybody's: what is longer is not worth hashing.
    static boolean possible(String password) {
        return !password.isEmpty() && password.length() <= 4 * LONGEST;
    }

    /// Checks a new password, in its normal form.
    ///
    /// @throws AuthException INVALID with the rule that is broken
    static void check(String user, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw invalid("a password has 8 to 128 characters, this one has " + length);
        }
        if (password.chars().anyMatch(Character::isISOControl)) {
            throw invalid("a password has no control characters");
        }
        String folded = password.toLowerCase(Locale.ROOT);
        if (folded.equals(user)) {
            throw invalid("the password must not be the user's name");
        }
        if (COMMON.contains(folded) || COMMON.contains(stem(folded)) || monotonous(folded)) {
            throw invalid("this password is one of the first an attacker tries");
        }
    }

    /// `password123!` is `password`: what people append to be let through.
    private static String stem(String folded) {
        int end = folded.length();
        while (end > 0 && !Character.isLetter(folded.charAt(end - 1))) {
            end--;
        }
        return folded.substring(0, end)
                .replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('5', 's')
                .replace('@', 'a')
                .replace('$', 's');
    }

    /// `aaaaaaaa`, `12345678`, `abcdefgh`, `87654321`: every step is the same.
    private static boolean monotonous(String folded) {
        int step = folded.charAt(1) - folded.charAt(0);
        if (Math.abs(step) > 1) {
            return false;
        }
        for (int i = 2; i < folded.length(); i++) {
            if (folded.charAt(i) - folded.charAt(i - 1) != step) {
                return false;
            }
        }
        return true;
    }

    private static AuthException invalid(String message) {
        return new AuthException(Reason.INVALID, message);
    }

    private static Set<String> common() {
        try (InputStream list = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            if (list == null) {
                throw new IllegalStateException("common-passwords.txt is missing in the module");
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
