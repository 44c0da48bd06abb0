package io.netsentinel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
    @Test
    void everyBuiltInNameIsValid() {
        assertThat(Channel.builtIn()).hasSize(15).allMatch(Channel::valid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Alerts", "a b", "a/b", "ä", "a*", "a\n", "a:b"})
    void aNameOutsideTheGrammarIsRefused(String name) {
        assertThat(Channel.valid(name)).isFalse();
        assertThatThrownBy(() -> Channel.check(name)).hasMessageContaining("1 to 64");
    }

    @Test
    void sixtyFourCharactersAreTheLimit() {
        assertThat(Channel.valid("a".repeat(64))).isTrue();
        assertThat(Channel.valid("a".repeat(65))).isFalse();
    }

    @Test
    void aReservedNameIsRefusedByName() {
        assertThatThrownBy(() -> Channel.check("inbox")).hasMessageContaining("'inbox'");
    }

    @ParameterizedTest
    @CsvSource({
        "alerts, alerts, true",
        "alerts, alerts.lab, false",
        "alerts.*, alerts.lab, true",
        "alerts.*, alerts, false",
        "alerts.*, alerts.lab.one, false",
        "alerts.**, alerts.lab.one, true",
        "alerts.**, alerts, false",
        "*, alerts, true",
        "*, alerts.lab, false",
        "**, alerts.lab, true",
        "*.lab, alerts.lab, true",
        "*.lab, alerts.den, false",
    })
    void aPatternMatchesWholeParts(String pattern, String channel, boolean expected) {
        assertThat(ChannelPattern.of(pattern).matches(channel)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "al*", "**.lab", "***", "A.*", "a b"})
    void aPatternThatIsNoneIsRefused(String pattern) {
        assertThatThrownBy(() -> ChannelPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
