package io.netsentinel.integrations.sink.kind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP server on loopback that can go away and come back on the same port, take connections and
/// never read, or reset them in the middle.
abstract class Receiver implements AutoCloseable {
    private final int port;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private ServerSocket listener;
    private Thread acceptor;
    volatile boolean deaf;
    volatile boolean resetting;
    private final AtomicInteger accepted = new AtomicInteger();

    /// How a socket is made that listens; TLS makes others.
    interface Listening {
        ServerSocket open() throws IOException;
    }

    private final Listening listening;

    Receiver(Listening listening) {
        this.listening = listening;
        try {
            listener = bound(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = listener.getLocalPort();
        acceptor = accepting(listener);
    }

    private ServerSocket bound(int wanted) throws IOException {
        ServerSocket socket = listening.open();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 50);
        return socket;
    }

    /// How many connections there were.
    int accepted() {
        return accepted.get();
    }

    int port() {
        return port;
    }

    /// Nobody listens any more.
    void away() {
        try {
            listener.close();
            // until then it may still take one
            acceptor.join();
            for (Socket one : connections) {
                one.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void back() {
        try {
            listener = bound(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = accepting(listener);
    }

    private Thread accepting(ServerSocket server) {
        return Thread.ofVirtual().start(() -> run(server));
    }

    private void run(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                connections.add(socket);
                Thread.ofVirtual().start(() -> handle(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void handle(Socket socket) {
        try {
            if (deaf) {
                return;
            }
            if (resetting) {
                var _ = socket.getInputStream().readNBytes(100);
                socket.setSoLinger(true, 0);
                socket.close();
                return;
            }
            serve(socket);
            socket.close();
        } catch (IOException _) {
            // the other side went away
        } finally {
            connections.remove(socket);
        }
    }

    /// Speaks with one sender until it is done; the connection is closed afterwards.
    abstract void serve(Socket socket) throws IOException;

    /// Bytes up to a character, without it; empty at the end.
    static String until(InputStream in, char end) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != end; c = in.read()) {
            text.write(c);
        }
        return text.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        away();
    }
}
