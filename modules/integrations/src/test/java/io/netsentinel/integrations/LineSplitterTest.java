package io.netsentinel.integrations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static final int LIMIT = 20;

    /// Writes down what it is told.
    private static final class Log implements LineSplitter.Lines {
        private final List<String> lines = new ArrayList<>();

        @Override
        public boolean line(byte[] bytes, int offset, int length, long end) {
            lines.add(new String(bytes, offset, length, ISO_8859_1) + "@" + end);
            return true;
        }

        @Override
        public boolean overlong(byte[] sample, long length, long end) {
            lines.add("long " + length + " " + new String(sample, ISO_8859_1) + "@" + end);
            return true;
        }

        @Override
        public void nuls(long count) {
            lines.add("nul " + count);
        }
    }

    private static List<String> split(String text, int... pieces) {
        Log log = new Log();
        LineSplitter splitter = new LineSplitter(LIMIT, log);
        byte[] bytes = text.getBytes(ISO_8859_1);
        int at = 0;
        for (int piece : pieces) {
            int length = Math.min(piece, bytes.length - at);
            splitter.feed(bytes, at, length);
            at += length;
        }
        splitter.feed(bytes, at, bytes.length - at);
        splitter.finish();
        return log.lines;
    }

    @Test
    void linesEndWithANewlineOrTheEnd() {
        assertThat(split("a\nbc\r\n\nd")).containsExactly("a@2", "bc@6", "@7", "d@8");
    }

    @Test
    void aLongLineIsStreamedOver() {
        assertThat(split("x".repeat(21) + "\nb\n"))
                .containsExactly("long 21 " + "x".repeat(21) + "@22", "b@24");
        assertThat(split("x".repeat(20) + "\nb\n")).containsExactly("x".repeat(20) + "@21", "b@23");
        assertThat(split("x".repeat(9_000) + "\nb"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("long 9000 ");
    }

    @Test
    void nulsBeforeALineAreTakenOut() {
        assertThat(split("\0\0\0a\0b\n\0\n")).containsExactly("nul 3", "a\0b@7", "nul 1", "@9");
        assertThat(split("\0".repeat(100) + "a\n", 30, 30, 30)).containsExactly("nul 100", "a@102");
    }

    @Test
    void theResultDoesNotDependOnThePieces() {
        Random random = new Random(1);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200); i > 0; i--) {
                text.append("ab\n\n\0\r{}".charAt(random.nextInt(8)));
            }
            int[] pieces = random.ints(20, 0, 30).toArray();
            assertThat(split(text.toString(), pieces)).isEqualTo(split(text.toString()));
        }
    }

    @Test
    void aCompleteObjectWithoutAnEndIsRecognised() {
        assertThat(complete("{\"a\":1}")).isTrue();
        assertThat(complete("x\n  {\"a\":{}} ")).isTrue();
        assertThat(complete("{\"a\":{}")).isFalse();
        assertThat(complete("{\"a}")).isFalse();
        assertThat(complete("{}{}")).isFalse();
        assertThat(complete("nothing}")).isFalse();
        assertThat(complete("{\"a\":1}\n")).isFalse();
    }

    private static boolean complete(String text) {
        LineSplitter splitter = new LineSplitter(LIMIT, new Log());
        byte[] bytes = text.getBytes(ISO_8859_1);
        splitter.feed(bytes, 0, bytes.length);
        return splitter.completeObject();
    }
}
