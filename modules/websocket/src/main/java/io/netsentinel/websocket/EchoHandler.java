package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Sends every message back, for conformance suites. Reads no further while 16 MiB wait to be taken
/// by the peer, so a connection holds about two of the largest messages.
public final class EchoHandler implements ConnectionHandler {
    private static final int MAX_MESSAGE = 16 << 20;

    /// Frames and messages up to 16 MiB.
    public static final WebSocketLimits LIMITS =
            WebSocketLimits.defaults().withMaxMessage(MAX_MESSAGE);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private long bytesWaiting;
    private volatile @Nullable WebSocketConnection connection;

    /// One for each connection.
    public EchoHandler() {}

    @Override
    public void onOpen(WebSocketConnection opened) {
        connection = opened;
    }

    @Override
    public void onText(String message) {
        add(new Message(true, message.getBytes(UTF_8)));
    }

    @Override
    public void onBinary(byte[] message) {
        add(new Message(false, message));
    }

    @Override
    public void onClose(CloseEvent event) {}

    @Override
    public boolean fill(FrameBuffer out) {
        lock.lock();
        try {
            while (!waiting.isEmpty()) {
                Message next = waiting.getFirst();
                if (!next.to(out)) {
                    return true;
                }
                waiting.removeFirst();
                bytesWaiting -= next.bytes.length;
                taken.signal();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void add(Message message) {
        WebSocketConnection open = connection;
        if (open == null) {
            return;
        }
        lock.lock();
        try {
            while (bytesWaiting > MAX_MESSAGE && open.isOpen()) {
                // a lost connection gives no signal
                taken.await(100, TimeUnit.MILLISECONDS);
            }
            waiting.add(message);
            bytesWaiting += message.bytes.length;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        open.wake();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(boolean text, byte[] bytes) {
        private boolean to(FrameBuffer out) {
            return text ? out.text(bytes) : out.binary(bytes);
        }
    }
}
