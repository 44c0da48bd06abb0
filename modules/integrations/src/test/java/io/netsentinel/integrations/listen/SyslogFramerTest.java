package io.netsentinel.integrations.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class SyslogFramerTest {
    private static final int LIMIT = 1_000;

    private final List<String> messages = new ArrayList<>();
    private final SyslogFramer framer =
            new SyslogFramer(
                    LIMIT,
                    new Framer.Messages() {
                        @Override
                        public void message(byte[] bytes, int offset, int length) {
                            messages.add(new String(bytes, offset, length, ISO_8859_1));
                        }

                        @Override
                        public void overlong(byte[] sample, long length) {
                            messages.add("overlong " + length + " " + (char) sample[0]);
                        }
                    });

    private void feed(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        framer.feed(bytes, bytes.length);
    }

    @Test
    void bothFramingsMayBeMixed() {
        feed("7 <13>abc<13>line\n9 <13>a\nb c\n5 <1>xy<13>end\0<14>z\r\n");

        assertThat(messages)
                .containsExactly(
                        "<13>abc", "<13>line", "<13>a\nb c", "<1>xy", "<13>end", "<14>z\r");
    }

    @Test
    void aLineThatBeginsWithDigitsIsALine() {
        feed("0\n1\n12\n2026-06-01T12:00:00Z h a: b\n99 bottles\n1234567890123 <x\n");

        assertThat(messages)
                .containsExactly(
                        "0",
                        "1",
                        "12",
                        "2026-06-01T12:00:00Z h a: b",
                        "99 bottles",
                        "1234567890123 <x");
    }

    @Test
    void whatIsLongerThanTheLimitIsSkippedAndTheNextIsTaken() {
        feed("5000 <13>" + "a".repeat(4_996) + "6 <13>ok" + "b".repeat(3_000) + "\n<13>ok\n");

        assertThat(messages)
                .containsExactly("overlong 5000 <", "<13>ok", "overlong 3000 b", "<13>ok");
    }

    @Test
    void theEndOfTheConnectionEndsTheLastMessage() {
        feed("<13>no line end");
        framer.finish();

        assertThat(messages).containsExactly("<13>no line end");
    }

    @Test
    void anySplittingGivesTheSameMessages() {
        Random random = new Random(3);
        StringBuilder stream = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String message = "<13>" + "m".repeat(random.nextInt(400)) + i;
            boolean counted = random.nextBoolean();
            String body = counted && random.nextBoolean() ? message + "\nmore" : message;
            stream.append(counted ? body.length() + " " + body : body + "\n");
            expected.add(body);
        }
        byte[] bytes = stream.toString().getBytes(ISO_8859_1);
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(3_000));
            framer.feed(Arrays.copyOfRange(bytes, at, at + length), length);
            at += length;
        }
        framer.finish();

        assertThat(messages).isEqualTo(expected);
    }

    @Test
    void nonsenseNeverThrows() {
        Random random = new Random(4);
        byte[] likely = "0123456789 <>\n\0".getBytes(ISO_8859_1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = likely[random.nextInt(likely.length)];
            }
            framer.feed(bytes, bytes.length);
        }
        framer.finish();

        assertThat(messages).isNotEmpty();
    }

    @Test
    @EnabledIf(
            value = "io.netsentinel.integrations.SampleData#present",
            disabledReason = "the sample data ../shared/data is not there")
    void theCountedSampleHoldsFourMessages() throws IOException {
        byte[] bytes = Files.readAllBytes(SampleData.file("syslog", "rfc6587-octet-counted.bin"));
        framer.feed(bytes, bytes.length);
        framer.finish();

        assertThat(messages).hasSize(4).allMatch(message -> message.startsWith("<"));
    }
}
