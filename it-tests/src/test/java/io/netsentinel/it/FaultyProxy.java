package io.netsentinel.it;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Stands between clients and a server and spoils things on purpose: it swallows whole messages of
/// the server, cuts connections at any byte, and lets nothing through for a while.
final class FaultyProxy implements AutoCloseable {
    private static final int BUFFER = 16_384;
    private static final int BACKLOG = 512;
    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int LENGTH = 0x7f;
    private static final int LARGEST = 64 << 20;

    private final ServerSocket listener;
    private final int target;
    private final long seed;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger swallowed = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private volatile double share;

    /// @param target the server's port
    /// @param seed what decides which messages get lost
    FaultyProxy(int target, long seed) {
        this.target = target;
        this.seed = seed;
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// From now on this share of the server's messages gets lost.
    void swallow(double ofAll) {
        share = ofAll;
    }

    /// Messages that got lost here.
    int swallowed() {
        return swallowed.get();
    }

    /// Connections that were cut.
    int cut() {
        return cut.get();
    }

    /// Cuts some connection.
    void cutOne(Random random) {
        any(random)
                .ifPresent(link -> {
                    cut.incrementAndGet();
                    link.close();
                });
    }

    /// Lets nothing of the server through on some connection for a while.
    void stallOne(Random random, Duration time) {
        any(random).ifPresent(link -> link.stalledUntil = System.nanoTime() + time.toNanos());
    }

    private Optional<Link> any(Random random) {
        List<Link> all = new ArrayList<>(links);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException _) {
            // It is over.
        }
    }

    private void connect(Socket client) {
        try {
            Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
            links.add(link);
            Thread.ofVirtual().start(link::upstream);
            link.downstream();
        } catch (IOException _) {
            reset(client);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // It is gone.
        }
    }

    /// One client's connection and the one to the server that belongs to it.
    private final class Link {
        private final Socket client;
        private final Socket server;
        private final Random random = new Random(seed + connections.incrementAndGet());
        private volatile long stalledUntil = System.nanoTime();

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void upstream() {
            try {
                client.getInputStream().transferTo(server.getOutputStream());
            } catch (IOException _) {
                // Ended below.
            }
            close();
        }

        void downstream() {
            try {
                DataInputStream in =
                        new DataInputStream(
                                new BufferedInputStream(server.getInputStream(), BUFFER));
                OutputStream out = new BufferedOutputStream(client.getOutputStream(), BUFFER);
                if (head(in, out).startsWith("HTTP/1.1 101 ")) {
                    while (true) {
                        frame(in, out);
                    }
                }
                in.transferTo(out);
                out.flush();
            } catch (IOException _) {
                // Ended below.
            }
            close();
        }

        private String head(InputStream in, OutputStream out) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                head.append((char) next);
                out.write(next);
            }
            out.flush();
            return head.toString();
        }

        private void frame(DataInputStream in, OutputStream out) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            frame.write(first);
            frame.write(second);
            long size = second & LENGTH;
            int more = size == 126 ? 2 : size == 127 ? 8 : 0;
            for (int i = 0; i < more; i++) {
                int next = in.readUnsignedByte();
                size = (i == 0 ? 0 : size << Byte.SIZE) | next;
                frame.write(next);
            }
            if (size < 0 || size > LARGEST) {
                throw new IOException("a frame of " + size + " bytes");
            }
            byte[] payload = in.readNBytes((int) size);
            if (payload.length < size) {
                throw new EOFException();
            }
            pause();
            if (lose(first)) {
                swallowed.incrementAndGet();
                return;
            }
            frame.writeTo(out);
            out.write(payload);
            if (in.available() == 0) {
                out.flush();
            }
        }

        /// Only whole messages with data; what is lost must not break the framing.
        private boolean lose(int first) {
            int opcode = first & OPCODE;
            return (first & FIN) != 0
                    && (opcode == LeanSocket.TEXT || opcode == LeanSocket.BINARY)
                    && random.nextDouble() < share;
        }

        private void pause() {
            for (long left = stalledUntil - System.nanoTime();
                    left > 0 && !client.isClosed();
                    left = stalledUntil - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(left, 50_000_000));
            }
        }

        void close() {
            links.remove(this);
            reset(client);
            reset(server);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::close);
    }
}
