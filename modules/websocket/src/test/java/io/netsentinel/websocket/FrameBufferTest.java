package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameBufferTest {
    private static final int CAPACITY = 1024;

    private final FrameBuffer buffer =
            new FrameBuffer(ByteBuffer.allocate(CAPACITY), Optional.empty());

    @Test
    void tellsItsRoom() {
        assertThat(buffer.isEmpty()).isTrue();
        int room = buffer.room();
        assertThat(buffer.text(new byte[100])).isTrue();
        assertThat(buffer.room()).isEqualTo(room - 102);
        assertThat(buffer.binary(new byte[200])).isTrue();
        assertThat(buffer.room()).isEqualTo(room - 102 - 204);
        assertThat(buffer.isEmpty()).isFalse();
        assertThat(buffer.messages()).isEqualTo(2);
    }

    @Test
    void refusesWhatDoesNotFitAndStaysAsItWas() {
        buffer.text(new byte[1]);
        int room = buffer.room();
        assertThat(buffer.text(new byte[room])).isFalse();
        assertThat(buffer.binary(new byte[room], 0, room)).isFalse();
        assertThat(buffer.text(List.of(new byte[room / 2], new byte[room]))).isFalse();
        assertThat(buffer.prepared(PreparedFrame.text(new byte[room]))).isFalse();
        assertThat(buffer.room()).isEqualTo(room);
        assertThat(buffer.messages()).isEqualTo(1);
        assertThat(buffer.text(new byte[room - 4])).isTrue();
        assertThat(buffer.room()).isZero();
    }

    @Test
    void hasRoomForOnePingHoweverFullItIs() {
        assertThat(buffer.text(new byte[buffer.room() - 5])).isTrue();
        assertThat(buffer.room()).isEqualTo(1);
        assertThat(buffer.ping(new byte[] {7})).isTrue();
        assertThat(buffer.ping(new byte[0])).isFalse();
        assertThat(buffer.text(new byte[0])).isFalse();
        assertThat(drain()).endsWith(0x89, 1, 7);
    }

    @Test
    void hasRoomForAPingBehindAFrameThatIsLargerThanItself() {
        assertThat(buffer.text(new byte[3 * CAPACITY])).isTrue();
        assertThat(buffer.ping(new byte[0])).isTrue();
        buffer.close(new byte[] {3, (byte) 0xE8});
        assertThat(drain()).hasSize(4 + 3 * CAPACITY + 2 + 4).endsWith(0x89, 0, 0x88, 2, 3, 0xE8);
    }

    @Test
    void takesOneFrameOfAnySizeWhenEmpty() {
        byte[] large = new byte[5 * CAPACITY];
        assertThat(buffer.binary(large)).isTrue();
        assertThat(buffer.room()).isZero();
        assertThat(buffer.text(new byte[1])).isFalse();
        byte[] written = drain();
        assertThat(written).hasSize(4 + large.length);
        assertThat(written).startsWith(0x82, 126, large.length >> 8, large.length & 0xFF);
    }

    @Test
    void alwaysHasRoomForTheCloseFrameAndPutsItLast() {
        buffer.text(List.of(new byte[CAPACITY], new byte[CAPACITY]));
        byte[] close = new CloseFrame(1000, "x".repeat(123)).payload();
        buffer.close(close);
        byte[] written = drain();
        assertThat(written).hasSize(4 + 2 * CAPACITY + 2 + 125);
        assertThat(written[4 + 2 * CAPACITY]).isEqualTo((byte) 0x88);
    }

    @Test
    void hasRoomForTheCloseFrameWhenFull() {
        assertThat(buffer.text(new byte[buffer.room() - 4])).isTrue();
        buffer.close(new CloseFrame(1000, "x".repeat(123)).payload());
        assertThat(drain()).hasSize(CAPACITY);
    }

    @Test
    void writesPiecesAsOneFrame() {
        buffer.text(List.of(new byte[] {'['}, new byte[0], new byte[] {'1', ']'}));
        assertThat(drain()).containsExactly(0x81, 3, '[', '1', ']');
    }

    @Test
    void whatFitsIsTakenAndWhatIsIncompressibleIsNotCompressed() {
        FrameBuffer deflating =
                new FrameBuffer(ByteBuffer.allocate(4 * CAPACITY), Optional.of(new Deflation()));
        int room = deflating.room();
        assertThat(deflating.fits(room + 1)).isTrue(); // alone, any size
        assertThat(deflating.incompressible(new byte[CAPACITY])).isTrue();
        assertThat(deflating.room()).isEqualTo(room - 4 - CAPACITY);
        int left = deflating.room() - 4;
        assertThat(deflating.fits(left + 1)).isFalse();
        assertThat(deflating.incompressible(new byte[left + 1])).isFalse();
        assertThat(deflating.fits(left)).isTrue();
        assertThat(deflating.incompressible(new byte[left])).isTrue();
        assertThat(deflating.room()).isZero();
        assertThat(deflating.messages()).isEqualTo(2);
    }

    @Test
    void refusesControlFramesThatMayNotExist() {
        assertThatThrownBy(() -> buffer.ping(new byte[126]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("126");
    }

    @Test
    void startsAtTheBufferedSizeOfAPreparedFrame() {
        assertThat(PreparedFrame.binary(new byte[65_536]).length()).isEqualTo(65_546);
        assertThat(PreparedFrame.text().length()).isEqualTo(2);
    }

    private byte[] drain() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        @Nullable ByteBuffer bytes = buffer.next(true);
        while (bytes != null) {
            while (bytes.hasRemaining()) {
                all.write(bytes.get());
            }
            bytes = buffer.next(false);
        }
        return all.toByteArray();
    }
}
