package io.netsentinel.queuing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// One connection's place in its client's direct messages. It holds a small page of them and
/// remembers which were handed out and not acknowledged; there is a limit for both.
///
/// `next` is called by one thread at a time, everything else by any.
public final class InboxReader implements AutoCloseable {

    /// Messages on their way: no more before some are acknowledged.
    private static final int WINDOW = 64;

    private static final int WINDOW_BYTES = 256 << 10;
    private static final int PAGE = 16;
    private static final int PAGE_BYTES = 64 << 10;
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    /// What comes next.
    public sealed interface Next permits Letter, Nothing {}

    /// Nothing comes.
    public enum Nothing implements Next {
        /// Not now; whatever changes that wakes.
        NOW,
        /// There is a message that does not fit into the room given.
        FULL
    }

    /// A message handed out.
    ///
    /// @param lost messages gone unread of which the client knows when it has this one
    private record Sent(Inbox.Waiting message, long lost) {}

    private final Inboxes inboxes;
    private final Inbox inbox;
    private final Runnable wake;
    private final Map<Long, Sent> sent = new LinkedHashMap<>();
    private final Map<Long, byte[]> page = new HashMap<>();
    private long sentBytes;
    private long last;
    private long lost;
    private boolean loading;
    private boolean closed;

    InboxReader(Inboxes inboxes, Inbox inbox, Runnable wake) {
        this.inboxes = inboxes;
        this.inbox = inbox;
        this.wake = wake;
        this.lost = inbox.told();
    }

    /// The next message: of the highest priority, the oldest of them. What is returned counts as
    /// handed out.
    ///
    /// @param room bytes its data may have
    public Next next(int room) {
        synchronized (inbox) {
            if (closed || sent.size() >= WINDOW || (sentBytes >= WINDOW_BYTES && !sent.isEmpty())) {
                return Nothing.NOW;
            }
            Optional<Inbox.Waiting> first = first();
            if (first.isEmpty()) {
                return Nothing.NOW;
            }
            byte[] data = page.get(first.get().seq());
            if (data == null) {
                load();
                return Nothing.NOW;
            }
            return data.length > room ? Nothing.FULL : hand(first.get(), data);
        }
    }

    private Optional<Inbox.Waiting> first() {
        long now = inboxes.now();
        List<Inbox.Waiting> over = new ArrayList<>();
        Optional<Inbox.Waiting> found = Optional.empty();
        for (Inbox.Waiting one : inbox.waiting()) {
            if (sent.containsKey(one.seq())) {
                continue;
            }
            if (one.expires() > now) {
                found = Optional.of(one);
                break;
            }
            over.add(one);
        }
        over.removeIf(one -> inbox.readers().stream().anyMatch(r -> r.sending(one.seq())));
        inboxes.expired(inbox, over);
        return found;
    }

    private Letter hand(Inbox.Waiting one, byte[] data) {
        page.remove(one.seq());
        long news = inbox.lost() - lost;
        lost = inbox.lost();
        sent.put(one.seq(), new Sent(one, lost));
        sentBytes += one.bytes();
        long prev = last;
        last = one.seq();
        one.written().complete(null);
        return new Letter(
                one.seq(),
                prev,
                one.priority(),
                one.time(),
                Duration.ofMillis(one.expires() - inboxes.now()),
                news,
                data);
    }

    private void load() {
        if (loading) {
            return;
        }
        loading = true;
        page.clear();
        List<Inbox.Waiting> wanted = new ArrayList<>();
        long bytes = 0;
        for (Inbox.Waiting one : inbox.waiting()) {
            if (sent.containsKey(one.seq())) {
                continue;
            }
            bytes += one.bytes();
            if (wanted.size() == PAGE || (bytes > PAGE_BYTES && !wanted.isEmpty())) {
                break;
            }
            wanted.add(one);
        }
        var _ =
                inboxes.table()
                        .data(inbox, wanted)
                        .whenComplete((data, failure) -> {
                            if (failure == null) {
                                loaded(wanted, data);
                            } else {
                                LATER.execute(() -> loaded(List.of(), List.of()));
                            }
                        });
    }

    private void loaded(List<Inbox.Waiting> wanted, List<Optional<byte[]>> data) {
        synchronized (inbox) {
            loading = false;
            List<Inbox.Waiting> absent = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                Inbox.Waiting one = wanted.get(i);
                if (data.get(i).isPresent()) {
                    page.put(one.seq(), data.get(i).get());
                } else if (inbox.has(one.seq())) {
                    absent.add(one); // the database was damaged: that is a loss, too
                }
            }
            inboxes.expired(inbox, absent);
        }
        wake.run();
    }

    /// Acknowledges a message and all that were handed out before it.
    ///
    /// @return false when it was not handed out by this reader
    public boolean acknowledge(long seq) {
        synchronized (inbox) {
            if (!sent.containsKey(seq)) {
                return seq > 0 && seq <= inboxes.lastNumber() && !inbox.has(seq);
            }
            List<Inbox.Waiting> done = new ArrayList<>();
            long known = 0;
            Iterator<Map.Entry<Long, Sent>> all = sent.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<Long, Sent> entry = all.next();
                done.add(entry.getValue().message());
                known = entry.getValue().lost();
                if (entry.getKey() == seq) {
                    break;
                }
            }
            inboxes.acknowledged(inbox, done, known);
        }
        wake.run();
        return true;
    }

    /// Messages handed out and not acknowledged.
    public int underWay() {
        synchronized (inbox) {
            return sent.size();
        }
    }

    // ---- for the inbox, whose monitor is held

    boolean sending(long seq) {
        return sent.containsKey(seq);
    }

    void gone(long seq) {
        Sent one = sent.remove(seq);
        if (one != null) {
            sentBytes -= one.message().bytes();
        }
        page.remove(seq);
    }

    void wake() {
        wake.run();
    }

    /// Ends it. What was not acknowledged is handed out again to whoever comes.
    @Override
    public void close() {
        synchronized (inbox) {
            if (!closed) {
                closed = true;
                sent.clear();
                page.clear();
                inboxes.left(inbox, this);
            }
        }
    }
}
