package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Receives UDP: each datagram is a message. What comes while the queue is full is dropped and
/// counted, and so is what the kernel drops because this thread was not there in time.
final class DatagramReceiver implements Reception.Receiver {
    private static final System.Logger LOG = System.getLogger(DatagramReceiver.class.getName());
    private static final int LARGEST = 65_535;
    private static final int BUFFER = 8 << 20;
    private static final int MOST_PEERS = 1_000;

    private final DatagramChannel channel;
    private final Reception reception;
    private final int limit;
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    private final Thread thread;

    private final SequencedMap<String, Peer> peers =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Peer> eldest) {
                    return size() > MOST_PEERS;
                }
            };

    private DatagramReceiver(DatagramChannel channel, Reception reception, String name, int limit) {
        this.channel = channel;
        this.reception = reception;
        this.limit = limit;
        this.thread = Thread.ofPlatform().name("udp-" + name).daemon().unstarted(this::run);
    }

    static DatagramReceiver open(
            InetSocketAddress address, Reception reception, String name, int limit)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            // the kernel gives what it allows; more room is less loss in a burst
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.bind(address);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        DatagramReceiver receiver = new DatagramReceiver(channel, reception, name, limit);
        receiver.thread.start();
        return receiver;
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private void run() {
        while (channel.isOpen()) {
            try {
                buffer.clear();
                if (channel.receive(buffer) instanceof InetSocketAddress sender) {
                    take(sender);
                }
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a datagram could not be received", e);
            }
        }
    }

    private void take(InetSocketAddress sender) {
        int length = buffer.position();
        reception.read(length);
        Peer peer = peers.computeIfAbsent(sender.getAddress().getHostAddress(), Peer::new);
        byte[] bytes = new byte[length];
        buffer.flip().get(bytes);
        if (length > limit) {
            reception.overlong().increment();
            reception.queue().offer(Frame.overlong(bytes, length, limit, peer));
        } else if (!reception.queue().offer(Frame.of(bytes, peer))) {
            reception.dropped().increment();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the socket could not be closed", e);
        }
    }
}
