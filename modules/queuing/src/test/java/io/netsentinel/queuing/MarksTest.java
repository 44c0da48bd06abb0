package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarksTest {

    @TempDir Path directory;

    private static ChannelLog channel(String name, int number, long tail) {
        return new ChannelLog(number, name, List.of(new Epoch(1, "abcdefgh")), 1, tail);
    }

    @Test
    void theNewestIntactSnapshotIsRead() throws IOException {
        try (Marks marks = Marks.open(directory, false)) {
            for (long tail = 1; tail <= 5; tail++) {
                marks.write(List.of(channel("alerts", 1, tail), channel("x", 2, 7)), false);
                assertThat(Marks.read(directory).orElseThrow().marks())
                        .containsExactly(
                                new Marks.Mark("alerts", 1, "abcdefgh", 1, tail),
                                new Marks.Mark("x", 2, "abcdefgh", 1, 7));
            }
        }
        try (Marks marks = Marks.open(directory, true)) {
            marks.write(List.of(), true);
            assertThat(Marks.read(directory).orElseThrow())
                    .extracting(Marks.Snapshot::clean, Marks.Snapshot::sequence)
                    .containsExactly(true, 6L);
        }
    }

    @Test
    void aWriteTornAnywhereLeavesTheOneBefore() throws IOException {
        Random random = new Random(1);
        try (Marks marks = Marks.open(directory, false)) {
            for (long tail = 1; tail <= 200; tail++) {
                marks.write(List.of(channel("alerts", 1, tail)), false);
                Path newest = directory.resolve("marks." + (tail & 1));
                byte[] good = Files.readAllBytes(newest);
                byte[] torn = good.clone();
                torn[random.nextInt(torn.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(newest, torn);
                long expected = tail - 1;
                Marks.read(directory)
                        .ifPresent(read ->
                                assertThat(read.marks().getFirst().top()).isEqualTo(expected));
                Files.write(newest, good);
            }
        }
    }

    @Test
    void nothingIsReadFromNothing() throws IOException {
        assertThat(Marks.read(directory)).isEmpty();
        Files.write(directory.resolve("marks.0"), new byte[0]);
        Files.write(directory.resolve("marks.1"), new byte[] {1, 2, 3});
        assertThat(Marks.read(directory)).isEmpty();
        assertThat(Marks.exist(directory)).isTrue();
    }

    /// Writes a snapshot as another boot would have left it.
    static void rewrite(Path directory, Marks.Snapshot from, String bootId, boolean clean)
            throws IOException {
        byte[] boot = bootId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(4096);
        out.putLong(0x4e53_4d41_524b_5331L)
                .putInt(0)
                .putLong(from.sequence() + 1)
                .put((byte) (clean ? 1 : 0));
        out.put((byte) boot.length).put(boot).putInt(from.marks().size());
        for (Marks.Mark mark : from.marks()) {
            out.put((byte) mark.channel().length())
                    .put(mark.channel().getBytes(StandardCharsets.US_ASCII));
            out.putShort((short) mark.number());
            out.put((byte) mark.epoch().length())
                    .put(mark.epoch().getBytes(StandardCharsets.US_ASCII));
            out.putLong(mark.epochFirst()).putLong(mark.top());
        }
        int size = out.position() + 4;
        out.putInt(8, size);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, size - 4);
        out.putInt((int) crc.getValue());
        byte[] bytes = new byte[size];
        out.flip().get(bytes);
        Files.write(directory.resolve("marks.0"), bytes);
        Files.write(directory.resolve("marks.1"), bytes);
    }
}
