package io.netsentinel.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that does what the test says, byte by byte. It accepts connections and hands them over.
final class FakeServer implements AutoCloseable {
    private final ServerSocket listening;
    private final BlockingQueue<FakePeer> peers = new LinkedBlockingQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile String refusal = "";

    FakeServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/ws");
    }

    /// Handshakes are answered with this status line and headers from now on; empty accepts them.
    void refuse(String head) {
        refusal = head;
    }

    /// Connections so far, refused ones too.
    int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> greet(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void greet(Socket socket) {
        try {
            // read once: a connection that was refused must not count as one when this changes
            String head = refusal;
            FakePeer peer = FakePeer.accept(socket, head);
            accepted.incrementAndGet();
            if (head.isEmpty()) {
                peers.add(peer);
            }
        } catch (IOException _) {
            // It went away.
        }
    }

    /// The next connection, before it has said anything.
    FakePeer next() {
        try {
            FakePeer peer = peers.poll(Wait.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (peer == null) {
                throw new AssertionError("no connection came");
            }
            return peer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        peers.forEach(FakePeer::abort);
    }
}
