package io.netsentinel.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.PlainSocket;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reading a connection that was taken from Helidon.
final class TakeoverTest {
    private SocketChannel client;
    private SocketChannel accepted;
    private PlainSocket helidon;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(server.getLocalAddress());
            accepted = server.accept();
        }
        helidon = PlainSocket.server(accepted.socket(), "server", "client");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        accepted.close();
    }

    /// When this fails after an update of Helidon, idle connections cost twice as much: see
    /// docs/adr/0002.
    @Test
    void whatHelidonClosesAfterwardsStaysOpen() throws Exception {
        assertThat(Takeover.of(helidon)).isTrue();
        assertThatThrownBy(helidon::close).isInstanceOf(UncheckedIOException.class);
        client.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        ByteBuffer read = ByteBuffer.allocate(3);
        while (read.hasRemaining() && accepted.read(read) > 0) {
            assertThat(accepted.isOpen()).isTrue();
        }
        assertThat(read.hasRemaining()).isFalse();
        accepted.write(ByteBuffer.wrap(new byte[] {4}));
        assertThat(client.read(read.clear())).isOne();
    }

    @Test
    void everythingIsReadInItsOrderAlsoWhatCameWithTheHandshake() throws Exception {
        byte[] sent = new byte[300_000];
        new Random(7).nextBytes(sent);
        client.write(ByteBuffer.wrap(sent, 0, 1_000));
        DataReader reader = DataReader.create(helidon);
        reader.pullData();
        reader.skip(10);
        PlainInlet inlet = new PlainInlet(accepted, reader);
        Takeover.of(helidon);
        Thread sender =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                client.write(ByteBuffer.wrap(sent, 1_000, sent.length - 1_000));
                                client.shutdownOutput();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        ByteBuffer read = ByteBuffer.allocate(sent.length);
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                read.put(inlet.next().readBytes());
                            }
                        })
                .isInstanceOf(EOFException.class);
        sender.join();
        assertThat(ByteBuffer.wrap(read.array(), 0, read.position()))
                .isEqualTo(ByteBuffer.wrap(sent, 10, sent.length - 10));
    }
}
