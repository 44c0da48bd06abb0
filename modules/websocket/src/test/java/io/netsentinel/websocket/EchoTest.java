package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The echo used by conformance suites, and what they expect of the order of things.
@Timeout(60)
class EchoTest {

    @Test
    void answersAMessageBeforeTheCloseThatFollowsIt() {
        try (TestServer server = TestServer.of(EchoHandler::new, EchoHandler.LIMITS);
                RawClient client = server.connect()) {
            client.send(
                    join(
                            RawClient.frame(0x81, "hello".getBytes(US_ASCII)),
                            RawClient.frame(0x88, new byte[] {3, (byte) 0xE8})));
            assertThat(client.read().text()).isEqualTo("hello");
            assertThat(client.read().code()).isEqualTo(1000);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void answersAMessageBeforeFailingTheFrameThatFollowsIt() {
        try (TestServer server = TestServer.of(EchoHandler::new, EchoHandler.LIMITS);
                RawClient client = server.connect()) {
            client.send(
                    join(
                            RawClient.frame(0x81, "hello".getBytes(US_ASCII)),
                            RawClient.frame(0x81 | 0x20, "reserved bit".getBytes(US_ASCII)),
                            RawClient.frame(0x89, new byte[0])));
            assertThat(client.read().text()).isEqualTo("hello");
            assertThat(client.read().code()).isEqualTo(1002);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void echoesMoreThanAClientReadsAtOnce() throws InterruptedException {
        try (TestServer server = TestServer.of(EchoHandler::new, EchoHandler.LIMITS);
                RawClient client = server.connect()) {
            byte[] message = new byte[200_000];
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 200; i++) {
                                    message[0] = (byte) i;
                                    client.send(0x82, message);
                                }
                            });
            for (int i = 0; i < 200; i++) {
                RawClient.Frame frame = client.read();
                assertThat(frame.payload()).hasSize(message.length);
                assertThat(frame.payload()[0]).isEqualTo((byte) i);
            }
            sender.join();
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
