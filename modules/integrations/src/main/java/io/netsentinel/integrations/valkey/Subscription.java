package io.netsentinel.integrations.valkey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/// A subscription that is read by a thread of its own into a bounded queue. When the queue is full
/// it is not read, until the server breaks it off: that is a gap like any other.
final class Subscription implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Jedis connection;
    private final BlockingQueue<byte[]> messages = new ArrayBlockingQueue<>(MOST_WAITING);
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Listener listener = new Listener();
    private volatile Instant heard = Instant.now();
    private Instant asked = heard;

    private Subscription(Jedis connection) {
        this.connection = connection;
    }

    /// Returns when the server has confirmed it.
    static Subscription start(Jedis connection, byte[] channel, boolean pattern) {
        Subscription subscription = new Subscription(connection);
        Thread.ofVirtual()
                .name("valkey-subscription")
                .start(() -> subscription.listen(channel, pattern));
        subscription.await();
        return subscription;
    }

    private void listen(byte[] channel, boolean pattern) {
        try {
            if (pattern) {
                connection.psubscribe(listener, channel);
            } else {
                connection.subscribe(listener, channel);
            }
            fail(new JedisConnectionException("the subscription ended"));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException failure) {
        begun.completeExceptionally(failure);
        ended.completeExceptionally(failure);
    }

    private void await() {
        try {
            begun.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            end();
            throw new JedisConnectionException("the server does not confirm the subscription", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
            throw new JedisConnectionException("interrupted", e);
        }
    }

    /// Messages that came.
    ///
    /// @param wait how long to wait for the first
    List<byte[]> take(int most, Duration wait) {
        List<byte[]> taken = new ArrayList<>();
        try {
            byte[] first = messages.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                taken.add(first);
                messages.drainTo(taken, most - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return taken;
    }

    /// When the server was last known to be there.
    Instant heard() {
        return heard;
    }

    /// Asks the server for a sign of life now and then.
    ///
    /// @throws JedisConnectionException when there is none, or the subscription has ended
    void check() {
        if (ended.isDone()) {
            try {
                ended.join();
            } catch (CompletionException e) {
                throw new JedisConnectionException(
                        ValkeyTarget.words(e), e.getCause() == null ? e : e.getCause());
            }
        }
        Instant now = Instant.now();
        if (now.isAfter(heard.plus(SILENCE))) {
            throw new JedisConnectionException("the server is silent");
        }
        if (now.isAfter(asked.plus(PATIENCE))) {
            asked = now;
            listener.ping();
        }
    }

    /// Ends the connection, which ends the thread. What came before can still be taken.
    void end() {
        connection.disconnect();
    }

    @Override
    public void close() {
        end();
    }

    /// Called by the thread that reads.
    private final class Listener extends BinaryJedisPubSub {
        @Override
        public void onSubscribe(byte[] channel, int count) {
            begun.complete(null);
        }

        @Override
        public void onPSubscribe(byte[] pattern, int count) {
            begun.complete(null);
        }

        @Override
        public void onMessage(byte[] channel, byte[] message) {
            put(message);
        }

        @Override
        public void onPMessage(byte[] pattern, byte[] channel, byte[] message) {
            put(message);
        }

        @Override
        public void onPong(byte[] pattern) {
            heard = Instant.now();
        }

        private void put(byte[] message) {
            heard = Instant.now();
            try {
                messages.put(message);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JedisConnectionException("interrupted", e);
            }
        }
    }
}
