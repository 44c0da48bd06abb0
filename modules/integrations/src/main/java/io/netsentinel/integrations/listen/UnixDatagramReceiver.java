package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Receives datagrams on a socket in the file system, which owner and group may write to. While the
/// queue is full nothing is received, so the sender's kernel makes it wait.
final class UnixDatagramReceiver implements Reception.Receiver {
    private static final System.Logger LOG = System.getLogger(UnixDatagramReceiver.class.getName());
    private static final int BUFFER = 4 << 20;
    private static final int WAIT_MILLIS = 200;

    private final int socket;
    private final Path path;
    private final Reception reception;
    private final int limit;
    private final Peer peer = new Peer("");
    private final Thread thread;
    private volatile boolean closed;

    private UnixDatagramReceiver(
            int socket, Path path, Reception reception, String name, int limit) {
        this.socket = socket;
        this.path = path;
        this.reception = reception;
        this.limit = limit;
        this.thread = Thread.ofPlatform().name("unixgram-" + name).daemon().unstarted(this::run);
    }

    static UnixDatagramReceiver open(Path path, Reception reception, String name, int limit)
            throws IOException {
        SocketFile.removeStale(path, () -> probe(path));
        int socket = UnixDatagrams.open();
        try {
            UnixDatagrams.prepare(socket, BUFFER, WAIT_MILLIS);
            UnixDatagrams.bind(socket, path);
            SocketFile.share(path);
        } catch (IOException e) {
            UnixDatagrams.close(socket);
            throw e;
        }
        UnixDatagramReceiver receiver =
                new UnixDatagramReceiver(socket, path, reception, name, limit);
        receiver.thread.start();
        return receiver;
    }

    private static void probe(Path path) throws IOException {
        int probe = UnixDatagrams.open();
        try {
            UnixDatagrams.connect(probe, path);
        } finally {
            UnixDatagrams.close(probe);
        }
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            // one more than the limit shows a datagram that is longer
            MemorySegment buffer = arena.allocate(limit + 2L);
            MemorySegment state = UnixDatagrams.state(arena);
            while (!closed) {
                int count = UnixDatagrams.receive(socket, buffer, state);
                if (count > 0) {
                    take(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
                }
            }
        } catch (IOException e) {
            reception.mishap("the socket cannot be read any more");
            LOG.log(System.Logger.Level.WARNING, "the socket " + path + " cannot be read", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void take(byte[] bytes) throws InterruptedException {
        reception.read(bytes.length);
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == 0)) {
            length--;
        }
        if (length > limit) {
            reception.overlong().increment();
            var _ = reception.queue().put(Frame.overlong(bytes, length, limit, peer));
        } else if (length > 0) {
            byte[] line = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
            var _ = reception.queue().put(Frame.of(line, peer));
        }
    }

    private void end() {
        try {
            UnixDatagrams.close(socket);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the socket could not be closed", e);
        }
    }

    /// The thread closes the socket itself: nobody else may, while it could be receiving.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        reception.queue().close();
        try {
            thread.join();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the socket could not be removed", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
