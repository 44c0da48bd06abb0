package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams made by chance, from fixed seeds: valid ones cut anywhere, and noise.
@Timeout(120)
class RandomStreamTest {

    @Test
    void readsAnyValidStreamHoweverItIsCut() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Recorder recorder = new Recorder();
            try (TestServer server = TestServer.of(() -> recorder);
                    RawClient client = server.connect()) {
                List<byte[]> messages = new ArrayList<>();
                byte[] stream = validStream(random, messages);
                for (int at = 0; at < stream.length; ) {
                    int end = Math.min(stream.length, at + 1 + random.nextInt(3000));
                    client.send(Arrays.copyOfRange(stream, at, end));
                    at = end;
                }
                for (byte[] message : messages) {
                    assertThat((byte[]) recorder.message()).as("seed " + seed).isEqualTo(message);
                }
            }
        }
    }

    @Test
    void endsEveryStreamOfNoiseExactlyOnce() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Recorder recorder = new Recorder();
            try (TestServer server = TestServer.of(() -> recorder);
                    RawClient client = server.connect()) {
                byte[] noise = new byte[1 + random.nextInt(400)];
                random.nextBytes(noise);
                if (seed % 2 == 0) {
                    // a plausible start, so that the noise gets further in
                    noise[0] = (byte) (random.nextBoolean() ? 0x81 : 0x82);
                }
                client.send(noise);
                client.socket().shutdownOutput();
                client.readAllOrReset();
                recorder.closed();
                assertThat(recorder.closes()).isEqualTo(1);
                assertThat(server.connections()).isZero();
            } catch (java.io.IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Binary messages in random fragments with pings and pongs between them.
    private static byte[] validStream(Random random, List<byte[]> messages) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            byte[] message = new byte[random.nextInt(20_000)];
            random.nextBytes(message);
            messages.add(message);
            int at = 0;
            boolean last;
            do {
                int end = Math.min(message.length, at + 1 + random.nextInt(8_000));
                last = end == message.length;
                int first = (at == 0 ? RawClient.BINARY : 0) | (last ? RawClient.FIN : 0);
                stream.writeBytes(RawClient.frame(first, Arrays.copyOfRange(message, at, end)));
                if (random.nextInt(4) == 0) {
                    stream.writeBytes(
                            RawClient.frame(
                                    RawClient.FIN | RawClient.PING, new byte[random.nextInt(126)]));
                }
                at = end;
            } while (!last);
        }
        return stream.toByteArray();
    }
}
