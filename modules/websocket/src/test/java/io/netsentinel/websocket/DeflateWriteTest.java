package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// RFC 7692 7.2.1: what is compressed on its way to a client.
@Timeout(60)
class DeflateWriteTest {
    private static final byte[] LONG = "severity=high ".repeat(300).getBytes(UTF_8);
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final int COMPRESSED_BINARY = 0xC2;
    private static final WebSocketLimits LIMITS = WebSocketLimits.defaults().withDeflate(1 << 20);

    @Test
    void compressesEveryKindOfLargeMessage() {
        byte[] half = "x".repeat(400).getBytes(UTF_8);
        once(
                out -> {
                    out.text(LONG);
                    out.text(List.of(half, half));
                    out.binary(LONG, 1, LONG.length - 1);
                    out.binary(List.of(LONG, half));
                    out.prepared(PreparedFrame.binary(half, LONG));
                    out.sharedText(LONG);
                    out.sharedBinary(LONG);
                },
                client -> {
                    compressed(client, COMPRESSED_TEXT, LONG);
                    compressed(client, COMPRESSED_TEXT, Deflated.join(half, half));
                    compressed(
                            client,
                            COMPRESSED_BINARY,
                            java.util.Arrays.copyOfRange(LONG, 1, LONG.length));
                    compressed(client, COMPRESSED_BINARY, Deflated.join(LONG, half));
                    compressed(client, COMPRESSED_BINARY, Deflated.join(half, LONG));
                    compressed(client, COMPRESSED_TEXT, LONG);
                    compressed(client, COMPRESSED_BINARY, LONG);
                });
    }

    @Test
    void leavesSmallMessagesAndThoseThatDoNotShrinkAsTheyAre() {
        byte[] small = "a".repeat(511).getBytes(UTF_8);
        byte[] noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        once(
                out -> {
                    out.text(small);
                    out.binary(noise);
                    out.prepared(PreparedFrame.binary(noise));
                    out.prepared(PreparedFrame.text(small));
                    out.sharedBinary(noise);
                    out.sharedText(small);
                    out.text(new byte[0]);
                    out.ping(new byte[125]);
                },
                client -> {
                    plain(client, 0x81, small);
                    plain(client, 0x82, noise);
                    plain(client, 0x82, noise);
                    plain(client, 0x81, small);
                    plain(client, 0x82, noise);
                    plain(client, 0x81, small);
                    plain(client, 0x81, new byte[0]);
                    plain(client, 0x89, new byte[125]);
                });
    }

    @Test
    void compressesMessagesLargerThanTheBuffer() {
        byte[] large = new byte[3_000_000];
        Random random = new Random(11);
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) ('a' + random.nextInt(16));
        }
        once(out -> out.binary(large), client -> compressed(client, COMPRESSED_BINARY, large));
    }

    @Test
    void withoutAnAgreementNothingIsCompressed() {
        PreparedFrame shared = PreparedFrame.text(LONG);
        Recorder once = sending(out -> out.prepared(shared), new AtomicInteger());
        try (TestServer server = TestServer.of(() -> once, LIMITS);
                RawClient client = server.connect()) {
            once.connection().wake();
            plain(client, 0x81, LONG);
        }
    }

    @Test
    void compressesAPreparedFrameOnceForAll() {
        Deflation deflation = new Deflation();
        PreparedFrame frame = PreparedFrame.text(LONG);
        byte[] first = frame.deflated(deflation);
        assertThat(first).hasSizeLessThan(LONG.length / 5);
        assertThat(frame.deflated(deflation)).isSameAs(first);
        assertThat(frame.length()).isEqualTo(4 + LONG.length);
        deflation.close();
    }

    @Test
    void compressesASharedPayloadOnceForAll() {
        Deflation deflation = new Deflation();
        byte[] first = deflation.compressShared(LONG);
        assertThat(deflation.compressShared(LONG)).isSameAs(first);
        byte[] equal = LONG.clone();
        assertThat(deflation.compressShared(equal)).isNotSameAs(first).isEqualTo(first);
        deflation.close();
    }

    private static void once(Consumer<FrameBuffer> frames, Consumer<RawClient> expectation) {
        Recorder recorder = sending(frames, new AtomicInteger());
        try (TestServer server = TestServer.of(() -> recorder, LIMITS);
                RawClient client = Deflated.connect(server)) {
            recorder.connection().wake();
            expectation.accept(client);
        }
    }

    private static Recorder sending(Consumer<FrameBuffer> frames, AtomicInteger rounds) {
        return new Recorder() {
            @Override
            public boolean fill(FrameBuffer out) {
                if (rounds.getAndIncrement() == 0) {
                    frames.accept(out);
                }
                return false;
            }
        };
    }

    private static void compressed(RawClient client, int first, byte[] message) {
        RawClient.Frame frame = client.read();
        assertThat(frame.first()).isEqualTo(first);
        assertThat(frame.payload().length).isLessThan(message.length);
        assertThat(Deflated.message(frame.payload())).isEqualTo(message);
    }

    private static void plain(RawClient client, int first, byte[] message) {
        RawClient.Frame frame = client.read();
        assertThat(frame.first()).isEqualTo(first);
        assertThat(frame.payload()).isEqualTo(message);
    }
}
