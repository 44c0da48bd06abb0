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

    /// So many times a connection is reset after a part of what it carries.
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
        try {
            InputStream paced = new BufferedInputStream(new Paced(socket.getInputStream()), 1_024);
            language.speak(new Breaking(paced), socket.getOutputStream(), this::add);
        } catch (ResetException _) {
            resets.incrementAndGet();
            linger(socket);
        } catch (IOException _) {
            // the sender went away
        } finally {
            connections.remove(socket);
            close(socket);
        }
    }

    /// Closing it is a reset then.
    private static void linger(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // it is broken already
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is closed in any case
        }
    }

    private static final class ResetException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// Ends after some kilobytes, wherever that is, when it is told to.
    private final class Breaking extends FilterInputStream {
        private static final int BYTES = 10_007;

        private int count;

        Breaking(InputStream in) {
            super(in);
        }

        private void counted(int bytes) throws IOException {
            count = toReset.get() > 0 ? count + bytes : 0;
            if (count > BYTES) {
                toReset.decrementAndGet();
                throw new ResetException();
            }
        }

        @Override
        public int read() throws IOException {
            counted(1);
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, Math.min(length, 1_024));
            counted(read);
            return read;
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
