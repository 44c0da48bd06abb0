package io.netsentinel.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Very many WebSocket clients on one thread that do as little as can be: they look for time stamps
/// in the bytes that come, whatever the messages around them are, and count how old each is.
final class FanReceiver implements AutoCloseable {
    private static final byte[] MARK = "\"ts_ns\":".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 20;
    private static final int AT_THE_DOOR = 32;
    private static final int BUFFER = 1 << 18;

    /// A sign of life, sent unasked so that pings need not be looked for.
    private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private static final long LIFE_NANOS = 5_000_000_000L;

    /// For each last byte of a window how far the mark can be moved on.
    private static final int[] SKIP = skips();

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] bytes = new byte[BUFFER + MARK.length + DIGITS];
    private final AtomicLong received = new AtomicLong();
    private final Latencies latencies = new Latencies();
    private final Thread thread;
    private volatile long from = Long.MAX_VALUE;
    private volatile boolean stopping;
    private volatile String problem = "";

    /// What did not fit into the last read of a connection.
    private static final class Rest {
        private byte[] tail = {};
    }

    /// Connects them.
    ///
    /// @param head lines of the request besides those of RFC 6455
    /// @param first what each sends first; empty for nothing
    /// @param answer what each waits for before it counts as there; empty for nothing
    FanReceiver(int port, String path, int count, String head, String first, String answer)
            throws IOException {
        selector = Selector.open();
        byte[] request =
                ("GET "
                                + path
                                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                + port
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + head
                                + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        for (int n = 0; n < count; n += AT_THE_DOOR) {
            List<SocketChannel> some = new ArrayList<>();
            for (int i = n; i < Math.min(count, n + AT_THE_DOOR); i++) {
                SocketChannel channel =
                        SocketChannel.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.write(ByteBuffer.wrap(request));
                some.add(channel);
            }
            for (SocketChannel channel : some) {
                await(channel, "101 ");
                if (!first.isEmpty()) {
                    channel.write(masked(first));
                }
            }
            for (SocketChannel channel : some) {
                if (!answer.isEmpty()) {
                    await(channel, answer);
                }
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Rest());
                channels.add(channel);
            }
        }
        thread = Thread.ofPlatform().name("receivers").start(this::run);
    }

    private static int[] skips() {
        int[] skips = new int[256];
        Arrays.fill(skips, MARK.length);
        for (int i = 0; i < MARK.length - 1; i++) {
            skips[MARK[i]] = MARK.length - 1 - i;
        }
        return skips;
    }

    private static void await(SocketChannel channel, String text) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(4_096);
        while (!seen.toString(StandardCharsets.ISO_8859_1).contains(text)) {
            if (channel.read(one) < 0) {
                throw new IOException("instead of \"" + text + "\" came: " + seen);
            }
            seen.write(one.array(), 0, one.position());
            one.clear();
        }
    }

    /// A text frame of a client; a mask of zeros changes nothing.
    static ByteBuffer masked(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) 0x81);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        return frame.putInt(0).put(payload).flip();
    }

    private void run() {
        try {
            long life = System.nanoTime();
            while (!stopping) {
                selector.select(100);
                if (System.nanoTime() - life > LIFE_NANOS) {
                    life = System.nanoTime();
                    for (SocketChannel channel : channels) {
                        channel.write(ByteBuffer.wrap(PONG));
                    }
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    read((SocketChannel) key.channel(), (Rest) key.attachment());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            problem = e.toString();
        }
    }

    private void read(SocketChannel channel, Rest rest) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            channel.close();
            problem = "a connection was closed";
            return;
        }
        int kept = rest.tail.length;
        System.arraycopy(rest.tail, 0, bytes, 0, kept);
        buffer.flip().get(bytes, kept, count);
        int end = kept + count;
        int done = scan(end, System.nanoTime());
        rest.tail = Arrays.copyOfRange(bytes, done, end);
    }

    /// @return from where on the bytes may hold the beginning of a mark
    private int scan(int end, long now) {
        int at = MARK.length - 1;
        int after = 0;
        while (at < end) {
            int last = bytes[at] & 0xff;
            if (last == ':'
                    && Arrays.equals(bytes, at - MARK.length + 1, at + 1, MARK, 0, MARK.length)) {
                int digit = at + 1;
                long time = 0;
                while (digit < end && bytes[digit] >= '0' && bytes[digit] <= '9') {
                    time = time * 10 + bytes[digit++] - '0';
                }
                if (digit == end) {
                    return at - MARK.length + 1; // the number may go on
                }
                count(time, now);
                after = digit;
                at = digit + MARK.length - 1;
            } else {
                at += SKIP[last];
            }
        }
        return Math.max(after, end - MARK.length + 1);
    }

    private void count(long time, long now) {
        if (time >= from) {
            latencies.add(now - time);
        }
        received.incrementAndGet();
    }

    /// Counts from here on what was sent after now, and nothing before.
    void begin(long nanoTime) {
        latencies.clear();
        from = nanoTime;
    }

    long received() {
        return received.get();
    }

    Latencies latencies() {
        return latencies;
    }

    String problem() {
        return problem;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
            for (SocketChannel channel : channels) {
                // at once, or the next thousands find no free port
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
