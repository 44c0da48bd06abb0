package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskTest {
    @Test
    void aSecretIsWrittenDifferentlyEachTimeAndReadAsOne() {
        String secret = Secrets.token();
        Set<String> masked = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            masked.add(Mask.of(secret));
        }
        assertThat(masked)
                .hasSize(100)
                .allMatch(one -> Mask.opened(one).equals(secret))
                .noneMatch(one -> one.contains(secret.substring(0, 6)))
                .allMatch(one -> one.matches("[A-Za-z0-9_-]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abc", "%%%", "äöü", "a.b.c"})
    void whatWasNeverMaskedIsNoSecret(String text) {
        assertThat(Mask.opened(text)).hasSizeLessThan(3);
    }
}
