package io.netsentinel.integrations.sink.kind;

import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.sink.format.SyslogMessage;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Syslog over UDP (RFC 5426): one datagram a record, and nobody says whether it arrived. A record
/// that fits no datagram is refused.
final class UdpSyslogSink implements Sink {
    /// 65,535 without the headers of IPv4 and UDP.
    private static final int LARGEST = 65_507;

    /// After so many, the receiver gets a moment: a burst overruns its buffer.
    private static final int BURST = 20;

    private static final long MOMENT_NANOS = 1_000_000;

    private final SinkUrl url;
    private final SyslogMessage message;
    private final Limits limits;

    UdpSyslogSink(SinkUrl url, SyslogMessage message, Limits limits) {
        this.limits = limits;
        this.url = url;
        this.message = message;
    }

    @Override
    public String target() {
        return url.text();
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        Map<Integer, String> refused = new HashMap<>();
        InetAddress address = InetAddress.getByName(url.host());
        limits.check(url.host(), new InetAddress[] {address});
        try (DatagramSocket socket = new DatagramSocket()) {
            // connected, so that a receiver that is not there is noticed when its machine says so
            socket.connect(address, url.port());
            for (int i = 0; i < batch.size(); i++) {
                send(socket, batch.get(i), i, refused);
                if (i % BURST == BURST - 1) {
                    LockSupport.parkNanos(MOMENT_NANOS);
                }
            }
        }
        return refused.isEmpty()
                ? Delivery.ALL
                : new Delivery.Partly(refused, Set.of(), "", Duration.ZERO);
    }

    private void send(
            DatagramSocket socket, SinkRecord record, int place, Map<Integer, String> refused)
            throws IOException {
        try {
            byte[] bytes = message.write(record);
            if (bytes.length > LARGEST) {
                refused.put(place, bytes.length + " bytes fit no datagram");
            } else {
                socket.send(new DatagramPacket(bytes, bytes.length));
            }
        } catch (MalformedEventException e) {
            refused.put(place, "no event: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        // a socket lives as long as a batch
    }
}
