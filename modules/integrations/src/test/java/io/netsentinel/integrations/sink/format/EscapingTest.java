package io.netsentinel.integrations.sink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.integrations.Visible;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Every escape with what an attacker would write into an event.
final class EscapingTest {
    private static final String DIRECTION = "\u202e\u2066\u200f\u061c\ufeff";
    private static final String HOSTILE =
            "a|b=c\\d\"e]f[g\n<134>1 - - - - - - forged\r\tcs1=x \u001b[2J\u0000\u009b31m\u2028"
                    + DIRECTION
                    + "\ud800\udb40\udc41日本";

    @Test
    void cefHeadersEscapePipesAndBackslashesAndHaveNoLineEnds() {
        assertThat(Cef.header("a|b\\c")).isEqualTo("a\\|b\\\\c");
        assertThat(Cef.header("a\nb\r\nc")).isEqualTo("a b  c");
        assertThat(Cef.header("a=b")).isEqualTo("a=b");
        assertThat(unescapedPipes(Cef.header(HOSTILE))).isZero();
    }

    @Test
    void cefValuesEscapeEqualSignsBackslashesAndLineEnds() {
        assertThat(Cef.value("a=b")).isEqualTo("a\\=b");
        assertThat(Cef.value("a\\b")).isEqualTo("a\\\\b");
        assertThat(Cef.value("a\nb\rc")).isEqualTo("a\\nb\\rc");
        assertThat(Cef.value("a|b")).isEqualTo("a|b");
        assertThat(Cef.value("\\=")).isEqualTo("\\\\\\=");
        assertThat(Cef.value("\\n")).isEqualTo("\\\\n");
        assertThat(Cef.value("\u001b[2J")).isEqualTo("\\\\x1b[2J");
        assertThat(Cef.value("日本")).isEqualTo("日本");
    }

    @Test
    void cefValuesAreCutBetweenTwoCharacters() {
        assertThat(Cef.value("x".repeat(2_000))).hasSize(1_023);
        assertThat(Cef.value("x".repeat(1_022) + "😀")).isEqualTo("x".repeat(1_022));
    }

    /// A reader that knows the rules gets back what was written, whatever it was.
    @Test
    void cefValuesCanBeReadBack() {
        Random random = new Random(4);
        String alphabet = "ab|=\\\n\r\"] ";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String escaped = Cef.value(text.toString());
            assertThat(escaped).doesNotContain("\n", "\r");
            assertThat(unescapedEquals(escaped)).as(escaped).isZero();
            assertThat(readCef(escaped)).isEqualTo(text.toString());
        }
    }

    @Test
    void leefHasNoDelimiterInAnyValue() {
        assertThat(Leef.value("a\tb\nc\rd")).isEqualTo("a b c d");
        assertThat(Leef.value("a=b|c")).isEqualTo("a=b|c");
        assertThat(Leef.header("a|b\tc")).isEqualTo("a/b c");
        assertThat(Leef.header(HOSTILE)).doesNotContain("|", "\t", "\n", "\r");
    }

    @Test
    void structuredDataEscapesQuotesBackslashesAndBrackets() {
        assertThat(StructuredData.value("a\"b\\c]d[e")).isEqualTo("a\\\"b\\\\c\\]d[e");
        assertThat(StructuredData.value("\u001b\n")).isEqualTo("\\\\x1b\\\\x0a");
        String escaped = StructuredData.value(HOSTILE);
        assertThat(escaped).doesNotContain("\n", "\r", "\u0000");
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\') {
                assertThat(escaped.charAt(++i)).isIn('"', '\\', ']');
            } else {
                assertThat(c).isNotIn('"', ']');
            }
        }
    }

    @Test
    void syslogHeadersArePrintableAndBounded() {
        assertThat(StructuredData.header("", 10)).isEqualTo("-");
        assertThat(StructuredData.header("a b\nc\u00e9", 10)).isEqualTo("a_b_c_");
        assertThat(StructuredData.header("x".repeat(300), 255)).hasSize(255);
    }

    @Test
    void visibleTextDoesNothingInATerminal() {
        assertThat(Visible.characters("\u001b[2J\u0007\u007f\u009b"))
                .isEqualTo("\\x1b[2J\\x07\\x7f\\x9b");
        assertThat(Visible.characters("\u202eexe.jpg")).isEqualTo("\\u202eexe.jpg");
        assertThat(Visible.characters("a\u2028b\u2029")).isEqualTo("a\\u2028b\\u2029");
        assertThat(Visible.characters("\udb40\udc41")).isEqualTo("\\udb40\\udc41");
        assertThat(Visible.characters("\ud800")).isEqualTo("\\ud800");
        assertThat(Visible.characters("日本 😀 é")).isEqualTo("日本 😀 é");
    }

    @Test
    void jsonLinesMeanTheSameAndDoNothing() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        byte[] json = mapper.writeValueAsBytes(mapper.createObjectNode().put("a", "x" + DIRECTION));
        byte[] line = SafeJson.line(json);
        assertThat(mapper.readTree(line)).isEqualTo(mapper.readTree(json));
        assertThat(new String(line, UTF_8))
                .isEqualTo("{\"a\":\"x\\u202e\\u2066\\u200f\\u061c\\ufeff\"}");
        byte[] tags = "{\"a\":\"\udb40\udc41\u0085\"}".getBytes(UTF_8);
        assertThat(new String(SafeJson.line(tags), UTF_8))
                .isEqualTo("{\"a\":\"\\udb40\\udc41\\u0085\"}");
    }

    @Test
    void jsonThatGoesOverSeveralLinesBecomesOne() {
        byte[] line = SafeJson.line("{\n\t\"a\": 1\r\n}".getBytes(UTF_8));
        assertThat(new String(line, UTF_8)).isEqualTo("{  \"a\": 1  }");
    }

    @Test
    void jsonThatNeedsNoChangeIsNotCopied() {
        byte[] json = "{\"a\":\"日本\"}".getBytes(UTF_8);
        assertThat(SafeJson.line(json)).isEqualTo(json);
        byte[] ascii = "{\"a\":\"b\"}".getBytes(UTF_8);
        assertThat(SafeJson.line(ascii)).isSameAs(ascii);
    }

    @Test
    void chatTextMentionsNobodyAndLinksNowhere() {
        assertThat(ChatText.slack("<!channel> a&b")).isEqualTo("&lt;!channel&gt; a&amp;b");
        assertThat(ChatText.markdown("[x](http://a) **b** @everyone"))
                .isEqualTo("\\[x\\]\\(http\\://a\\) \\*\\*b\\*\\* \\@everyone");
    }

    private static int unescapedPipes(String text) {
        return unescaped(text, '|');
    }

    private static int unescapedEquals(String text) {
        return unescaped(text, '=');
    }

    private static int unescaped(String text, char wanted) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == wanted) {
                count++;
            }
        }
        return count;
    }

    private static String readCef(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\') {
                c = escaped.charAt(++i);
                text.append(c == 'n' ? '\n' : c == 'r' ? '\r' : c);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
