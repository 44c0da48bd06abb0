package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "1234567",
                "password",
                "PASSWORD",
                "Passw0rd!",
                "p@$$w0rd2026",
                "welcome2026!",
                "changeme",
                "letmein123",
                "admin123",
                "netsentinel",
                "NetSentinel1!",
                "qwertyuiop",
                "1qaz2wsx",
                "aaaaaaaa",
                "12345678",
                "abcdefghij",
                "987654321",
                "iloveyou",
                "ada.lovelace",
                "Ada.Lovelace",
                "tab\tinside"
            })
    void refuses(String password) {
        assertThatThrownBy(() -> PasswordRules.check("ada.lovelace", password))
                .isInstanceOf(AuthException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a long walk in the rain",
                "xK9#mQ2$vL",
                "correct staple horse",
                "日本語のパスワードです",
                "12349876",
                "ada.lovelace wrote it",
                "🔥🔥🔥🔥🔥🔥🔥🔥x"
            })
    void accepts(String password) {
        assertThatCode(() -> PasswordRules.check("ada.lovelace", password))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129})
    void takes_up_to_128_characters(int length) {
        String password = "ab".repeat(length).substring(0, length);
        if (length <= 128) {
            assertThatCode(() -> PasswordRules.check("ada", password)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> PasswordRules.check("ada", password))
                    .isInstanceOf(AuthException.class);
        }
    }
}
