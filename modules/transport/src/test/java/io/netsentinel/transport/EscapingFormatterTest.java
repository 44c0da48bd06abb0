package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EscapingFormatterTest {
    @Test
    void a_line_has_time_level_short_name_and_text() {
        LogRecord event = event("{0} signed in from {1}", "ada", "192.0.2.7");
        event.setLoggerName("io.netsentinel.auth.Auth");
        assertThat(new EscapingFormatter().format(event))
                .isEqualTo("2026-11-23T06:25:35.017Z INFO  Auth ada signed in from 192.0.2.7\n");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                '\n', '\r', '\t', 0, 0x1b, 0x7f, 0x85, 0x9b, 0x200b, 0x2028, 0x2029, 0x202e, 0x2066,
                0xd800, 0xe000, 0xfeff, 0xe0001
            })
    void no_character_can_break_the_line_or_turn_the_terminal(int point) {
        String text = "a" + Character.toString(point) + "b";
        String line = new EscapingFormatter().format(event("{0}", text));
        assertThat(line.substring(0, line.length() - 1).codePoints()).doesNotContain(point);
        assertThat(line).containsPattern("a\\\\[nrtu].*b\n");
    }

    @Test
    void what_was_escaped_cannot_be_taken_for_something_else() {
        assertThat(escaped("a\nb")).isEqualTo("a\\nb");
        assertThat(escaped("a\\nb")).isEqualTo("a\\\\nb");
        assertThat(escaped("\u202eevil")).isEqualTo("\\u{202e}evil");
        assertThat(escaped("Grüße, 日本, 🔥")).isEqualTo("Grüße, 日本, 🔥");
    }

    @Test
    void a_stack_trace_stays_in_the_line_and_its_message_is_escaped() {
        LogRecord event = event("failed");
        event.setThrown(
                new IllegalStateException("a\nb", new IllegalArgumentException("\u001b[2J")));
        String line = new EscapingFormatter().format(event);
        assertThat(line.lines()).hasSize(1);
        assertThat(line)
                .contains(
                        "IllegalStateException: a\\nb | at ",
                        "IllegalArgumentException: \\u{1b}[2J");
    }

    @Test
    void a_flood_of_text_is_cut() {
        assertThat(new EscapingFormatter().format(event("{0}", "x".repeat(1_000_000))))
                .hasSizeLessThan(20_000);
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        EscapingFormatter.escape(text, out);
        return out.toString();
    }

    private static LogRecord event(String text, Object... parameters) {
        LogRecord event = new LogRecord(Level.INFO, text);
        event.setInstant(Instant.parse("2026-11-23T06:25:35.017Z"));
        event.setParameters(parameters);
        return event;
    }
}
