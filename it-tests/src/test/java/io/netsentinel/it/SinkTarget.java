package io.netsentinel.it;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// What a sink sends to, on loopback: it can be away, read very slowly, and reset a connection in
/// the middle of a record. It keeps the offsets of what it got, in the order it got it.
final class SinkTarget implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 8_192;

    /// Speaks with one sender until it is done.
    interface Language {
        /// Reads what the sender says and answers it.
        ///
        /// @param got takes the offset of each record, when it is whole
        void speak(InputStream in, OutputStream out, Got got) throws IOException;
    }

    /// Takes offsets.
    interface Got {
        void add(long offset);
    }

    private final Language language;
    private final List<Long> offsets = new ArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger resets = new AtomicInteger();
    private final AtomicInteger toReset = new AtomicInteger();
    private final int port;
    private ServerSocket listener;
    private volatile int bytesPerSecond;

    SinkTarget(Language language) {
        this.language = language;
        listener = listening(0);
        port = listener.getLocalPort();
    }

    private ServerSocket listening(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 50);
            Thread.ofVirtual().start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /// Nobody is there any more.
    void away() {
        try {
            listener.close();
            for (Socket one : connections) {
                one.setSoLinger(true, 0);
                one.close();
            }
        } catch (IOException _) {
            // it was closed already
        }
    }

    void back() {
        listener = listening(port);
    }

    /// It is there, quick and breaks nothing, whatever it was before.
    void usual() {
        slow(0);
        reset(0);
        if (listener.isClosed()) {
            back();
        }
    }

    /// From now on it reads so many bytes a second; 0 for as many as there are.
    void slow(int bytes) {
        bytesPerSecond = bytes;
    }

    /// The next so many connections are reset after a part of what they carry.
    void reset(int times) {
        toReset.set(times);
    }

    /// How many connections were reset.
    int resets() {
        return resets.get();
    }

    List<Long> offsets() {
        synchronized (offsets) {
            return List.copyOf(offsets);
        }
    }

    /// Counts from now on.
    void forget() {
        resets.set(0);
        synchronized (offsets) {
            offsets.clear();
        }
    }

    private void add(long offset) {
        synchronized (offsets) {
            offsets.add(offset);
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(new Paced(socket.getInputStream()), 1_024);
            if (toReset.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                // more than a header, and never the end of a record
                in = new Broken(in);
            }
            language.speak(in, socket.getOutputStream(), this::add);
        } catch (ResetException _) {
            reset(socket);
        } catch (IOException _) {
            // the sender went away
        } finally {
            connections.remove(socket);
        }
    }

    private void reset(Socket socket) {
        try {
            resets.incrementAndGet();
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class ResetException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// Ends after some kilobytes, wherever that is.
    private static final class Broken extends FilterInputStream {
        private int left = 10_007;

        Broken(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            if (left-- <= 0) {
                throw new ResetException();
            }
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new ResetException();
            }
            int count = super.read(bytes, offset, Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }

    /// Reads at the pace that is set.
    private final class Paced extends FilterInputStream {
        Paced(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int pace = bytesPerSecond;
            int count = super.read(bytes, offset, length);
            if (pace > 0 && count > 0) {
                LockSupport.parkNanos(count * 1_000_000_000L / pace);
            }
            return count;
        }
    }

    @Override
    public void close() {
        away();
    }
}
