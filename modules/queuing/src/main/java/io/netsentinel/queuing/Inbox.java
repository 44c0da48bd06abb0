package io.netsentinel.queuing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// What is known of one client's direct messages: where they are, not what they say. Whoever uses
/// it holds its monitor.
final class Inbox {

    private static final int PRIORITIES = 4;

    /// Highest priority first, in order within a priority.
    private static final Comparator<Waiting> ORDER =
            Comparator.comparingInt((Waiting one) -> -one.priority())
                    .thenComparingLong(Waiting::seq);

    /// A message that is stored.
    ///
    /// @param written completes when it is written to a connection
    record Waiting(
            long seq,
            int priority,
            long time,
            long expires,
            int bytes,
            CompletableFuture<Void> written) {}

    private final String user;
    private final String client;
    private final boolean passing;
    private final TreeSet<Waiting> waiting = new TreeSet<>(ORDER);
    private final Map<Long, Waiting> bySeq = new HashMap<>();
    private final Set<InboxReader> readers = new LinkedHashSet<>();
    private int arriving;
    private long lost;
    private long told;
    private long lastSeen;
    private boolean gone;

    /// @param passing whether it ends with its connection
    Inbox(String user, String client, boolean passing, long now) {
        this.user = user;
        this.client = client;
        this.passing = passing;
        this.lastSeen = now;
    }

    String user() {
        return user;
    }

    String client() {
        return client;
    }

    boolean passing() {
        return passing;
    }

    // ---- messages

    /// Room is taken for a message that is being stored.
    void reserve() {
        arriving++;
    }

    void unreserve() {
        arriving--;
    }

    int size() {
        return waiting.size() + arriving;
    }

    void add(Waiting one) {
        waiting.add(one);
        bySeq.put(one.seq(), one);
    }

    boolean has(long seq) {
        return bySeq.containsKey(seq);
    }

    Set<Waiting> waiting() {
        return waiting;
    }

    void remove(Waiting one) {
        waiting.remove(one);
        bySeq.remove(one.seq());
        readers.forEach(reader -> reader.gone(one.seq()));
    }

    /// What is over by now and not on its way over a connection.
    List<Waiting> expired(long now) {
        List<Waiting> over = new ArrayList<>();
        for (Waiting one : waiting) {
            if (one.expires() <= now && readers.stream().noneMatch(r -> r.sending(one.seq()))) {
                over.add(one);
            }
        }
        return over;
    }

    // ---- what went unread

    /// @param count messages nobody will read
    void lose(long count) {
        lost += count;
    }

    /// Messages that went unread so far.
    long lost() {
        return lost;
    }

    /// How many of them the client has acknowledged to know of.
    long told() {
        return told;
    }

    /// The client knows of so many; whether that is news.
    boolean tell(long upTo) {
        boolean news = upTo > told;
        told = Math.max(told, upTo);
        return news;
    }

    // ---- readers

    Set<InboxReader> readers() {
        return readers;
    }

    boolean connected() {
        return !readers.isEmpty();
    }

    long lastSeen() {
        return lastSeen;
    }

    void seen(long now) {
        lastSeen = now;
    }

    /// It is not in use any more; whoever wants the client's inbox makes a new one.
    boolean isGone() {
        return gone;
    }

    void end() {
        gone = true;
    }

    boolean idle() {
        return readers.isEmpty() && size() == 0;
    }

    InboxInfo info() {
        int[] counts = new int[PRIORITIES];
        long bytes = 0;
        long oldest = Long.MAX_VALUE;
        for (Waiting one : waiting) {
            counts[one.priority()]++;
            bytes += one.bytes();
            oldest = Math.min(oldest, one.time());
        }
        return new InboxInfo(
                user,
                client,
                connected(),
                List.of(counts[0], counts[1], counts[2], counts[3]),
                bytes,
                waiting.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)),
                lost - told,
                Instant.ofEpochMilli(lastSeen));
    }
}
