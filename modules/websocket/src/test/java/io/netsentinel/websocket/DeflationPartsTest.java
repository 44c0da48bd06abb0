package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/// What permessage-deflate is made of.
class DeflationPartsTest {
    private static final long SECOND = 1_000_000_000;

    /// BFINAL 1, BTYPE 01 · length 3 (code 257: 0000001) · distance 3 (code 2: 00010) · end of
    /// block (0000000): bits 1 10 0000001 00010 0000000, filled from the lowest bit on.
    private static final byte[] COPY = Deflated.hex("032200");

    @Test
    void aCompressorCanBeUsedAgainWhateverCameBefore() {
        Compressor compressor = new Compressor();
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            byte[] message = new byte[1 + random.nextInt(round % 10 == 0 ? 100_000 : 5_000)];
            int letters = 1 + random.nextInt(256);
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) random.nextInt(letters);
            }
            int cut = random.nextInt(message.length);
            List<byte[]> pieces =
                    List.of(
                            java.util.Arrays.copyOf(message, cut),
                            java.util.Arrays.copyOfRange(message, cut, message.length));
            byte[] payload = compressor.compress(pieces, message.length);
            if (payload.length == 0) {
                continue;
            }
            assertThat(payload.length).isLessThan(message.length);
            assertThat(Deflated.message(payload)).isEqualTo(message);
            assertThat(compressor.compress(message, 0, message.length))
                    .hasSizeLessThan(message.length);
        }
        compressor.end();
    }

    @Test
    void aMessageOfManyFinalBlocksGoesOnWithTheSameWindow() {
        // stored "abc", final | a copy of three from three back, final
        byte[] payload = Deflated.join(Deflated.hex("010300fcff"), "abc".getBytes(UTF_8), COPY);
        InflatedMessage message = new InflatedMessage(100, true);
        Inflater inflater = new Inflater(true);
        message.inflate(inflater, payload, payload.length);
        inflater.end();
        assertThat(message.text()).isEqualTo("abcabc");
        assertThat(message.work()).isGreaterThan(6);
    }

    @Test
    void aPoolKeepsAFewAndEndsTheRest() {
        AtomicInteger made = new AtomicInteger();
        List<Integer> ended = new ArrayList<>();
        Pool<Integer> pool = new Pool<>(2, made::incrementAndGet, ended::add);
        List<Integer> taken = List.of(pool.take(), pool.take(), pool.take());
        taken.forEach(pool::give);
        assertThat(ended).containsExactly(3);
        int again = pool.take();
        assertThat(made).hasValue(3);
        pool.close();
        assertThat(ended).hasSize(2);
        pool.give(again);
        assertThat(ended).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void sharedPayloadsAreCompressedOnceHoweverManyWantThem() throws InterruptedException {
        SharedPayloads shared = new SharedPayloads(1_000_000);
        byte[] payload = new byte[1_000];
        AtomicInteger compressions = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() ->
                                    shared.compressed(
                                            payload,
                                            all -> {
                                                compressions.incrementAndGet();
                                                return new byte[1];
                                            })));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(compressions).hasValue(1);
    }

    @Test
    void sharedPayloadsTakeBoundedMemoryAndKeepWhatIsUsed() {
        SharedPayloads shared = new SharedPayloads(50_000);
        byte[] used = new byte[1_000];
        AtomicInteger compressions = new AtomicInteger();
        for (int i = 0; i < 500; i++) {
            shared.compressed(new byte[1_000], all -> all);
            shared.compressed(
                    used,
                    all -> {
                        compressions.incrementAndGet();
                        return all;
                    });
        }
        assertThat(shared.size()).isBetween(30, 50);
        assertThat(compressions).hasValue(1);
        shared.compressed(new byte[60_000], all -> all);
        assertThat(shared.size()).isLessThan(2);
    }

    @Test
    void whoInflatesMuchFromLittleWaits() {
        InflatePace pace = new InflatePace(0);
        assertThat(pace.pause(1_000, 10_000, 0)).isZero();
        assertThat(pace.pause(0, 32 << 20, 0)).isZero();
        assertThat(pace.pause(0, 16 << 20, 0)).isEqualTo(SECOND / 2);
        assertThat(pace.pause(1_000, 10_000, SECOND / 2)).isZero();
        assertThat(pace.pause(0, 32 << 20, 100 * SECOND)).isZero();
        assertThat(pace.pause(0, 32 << 20, 100 * SECOND)).isEqualTo(SECOND);
    }
}
