package io.netsentinel.integrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// Feeds lines to a reader and looks at what becomes of them.
public final class LineLab {
    public static final LineContext CONTEXT =
            LineContext.of("lab", Instant.parse("2026-06-01T13:00:00Z"));
    private static final byte[] LIKELY =
            "\"{}[],:\\0-e\t<>#= \u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private LineLab() {}

    public static Normalized read(LineReader reader, String line) {
        return read(reader, line.getBytes(UTF_8));
    }

    public static Normalized read(LineReader reader, byte[] line) {
        return reader.read(line, 0, line.length, CONTEXT);
    }

    public static Routed accepted(LineReader reader, String line) {
        return accepted(reader, line.getBytes(UTF_8));
    }

    /// Takes a line that must be accepted, and checks that its event reads back equal.
    public static Routed accepted(LineReader reader, byte[] line) {
        Normalized result = read(reader, line);
        assertThat(result).as(new String(line, UTF_8)).isInstanceOf(Normalized.Accepted.class);
        Routed routed = ((Normalized.Accepted) result).events().getFirst();
        assertThat(Event.fromJson(routed.event().toJson())).isEqualTo(routed.event());
        return routed;
    }

    public static Event event(LineReader reader, String line) {
        return accepted(reader, line).event();
    }

    public static String rejected(LineReader reader, String line) {
        Normalized result = read(reader, line);
        assertThat(result).as(line).isInstanceOf(Normalized.Rejected.class);
        return ((Normalized.Rejected) result).reason();
    }

    /// Changes some bytes of the lines and cuts them now and then; none may throw, and what is
    /// accepted must read back equal.
    public static void fuzz(LineReader reader, List<byte[]> lines, int rounds) {
        Random random = new Random(5);
        for (int i = 0; i < rounds; i++) {
            byte[] line = lines.get(random.nextInt(lines.size())).clone();
            if (line.length == 0) {
                continue;
            }
            int length = spoil(line, random);
            if (reader.read(line, 0, length, CONTEXT)
                    instanceof Normalized.Accepted(List<Routed> events)) {
                Event event = events.getFirst().event();
                assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
            }
        }
    }

    private static int spoil(byte[] line, Random random) {
        for (int n = random.nextInt(4); n >= 0; n--) {
            line[random.nextInt(line.length)] =
                    random.nextBoolean()
                            ? LIKELY[random.nextInt(LIKELY.length)]
                            : (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? random.nextInt(line.length + 1) : line.length;
    }
}
