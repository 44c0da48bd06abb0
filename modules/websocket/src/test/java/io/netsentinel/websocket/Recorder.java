package io.netsentinel.websocket;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A handler that keeps what it is told and sends what it is given.
class Recorder implements ConnectionHandler {
    private final CompletableFuture<WebSocketConnection> opened = new CompletableFuture<>();
    private final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
    private final List<CloseEvent> closes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
    private final Queue<byte[]> outgoing = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<byte[]> kept = new ArrayDeque<>();

    @Override
    public void onOpen(WebSocketConnection connection) {
        opened.complete(connection);
    }

    @Override
    public void onText(String message) {
        messages.add(message);
    }

    @Override
    public void onBinary(byte[] message) {
        messages.add(message);
    }

    @Override
    public void onPong(byte[] payload) {
        messages.add(payload);
    }

    @Override
    public void onClose(CloseEvent event) {
        closes.add(event);
        closed.complete(event);
    }

    @Override
    public boolean fill(FrameBuffer out) {
        byte[] next = outgoing.poll();
        while (next != null) {
            kept.add(next);
            next = outgoing.poll();
        }
        while (!kept.isEmpty()) {
            if (!out.text(kept.getFirst())) {
                return true;
            }
            kept.removeFirst();
        }
        return false;
    }

    void send(byte[] message) {
        outgoing.add(message);
        connection().wake();
    }

    WebSocketConnection connection() {
        return await(opened);
    }

    /// The next message, at most 10 s away.
    Object message() {
        try {
            Object message = messages.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message within 10 s");
            }
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int messagesWaiting() {
        return messages.size();
    }

    /// Waits until the socket takes nothing more.
    void awaitBlocked() {
        WebSocketConnection connection = connection();
        long before = -1;
        while (before != connection.bytesOut() || before == 0) {
            before = connection.bytesOut();
            LockSupport.parkNanos(100_000_000L);
        }
    }

    CloseEvent closed() {
        return await(closed);
    }

    int closes() {
        return closes.size();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException | InterruptedException | ExecutionException e) {
            throw new AssertionError("did not happen within 10 s", e);
        }
    }
}
