package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UdpSyslogSinkTest extends SinkContract {
    private final DatagramSocket socket = bound();
    private final List<String> messages = new CopyOnWriteArrayList<>();

    UdpSyslogSinkTest() {
        Thread.ofPlatform().daemon().start(this::receive);
    }

    private static DatagramSocket bound() {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setReceiveBufferSize(4 << 20);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_536);
                socket.receive(packet);
                messages.add(new String(packet.getData(), 0, packet.getLength(), UTF_8));
            } catch (IOException _) {
                return;
            }
        }
    }

    @AfterEach
    void away() {
        socket.close();
    }

    @Override
    protected Sink sink() {
        return new SyslogSinkFactory()
                .create(
                        new Options(
                                "lab", Map.of("url", "udp://127.0.0.1:" + socket.getLocalPort())));
    }

    @Override
    protected List<Long> got() {
        await("something came", () -> !messages.isEmpty());
        return messages.stream().map(SinkContract::offset).toList();
    }

    @Test
    void aRecordThatFitsNoDatagramIsRefused() throws IOException {
        try (Sink sink = sink()) {
            Delivery delivery =
                    sink.deliver(List.of(record(1), record(2, "x".repeat(70_000)), record(3)));
            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Partly.class,
                            partly -> assertThat(partly.refused()).containsOnlyKeys(1));
            await("the others came", () -> messages.size() == 2);
        }
    }
}
