package io.netsentinel.queuing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Direct messages: kept for each client until it acknowledges them or their time is over, in the
/// main database. In memory is where they are, not what they say.
///
/// All methods may be called from any thread and do not wait for the disk, except `open`.
public final class Inboxes {

    /// The most bytes of one message.
    public static final int MAX_DATA = 64 << 10;

    private final InboxTable table;
    private final InboxSettings settings;
    private final InstantSource clock;
    private final ConcurrentNavigableMap<String, Inbox> inboxes = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder purged = new LongAdder();
    private final LongAdder forgotten = new LongAdder();

    private Inboxes(Store store, InboxSettings settings, InstantSource clock) {
        this.table = new InboxTable(store);
        this.settings = settings;
        this.clock = clock;
        sequence.set(table.last());
        table.clients((key, value) -> {
            Inbox inbox = known(key[0], key[1], value[0]);
            inbox.lose(value[1]);
        });
        table.messages((key, message) -> {
            known(key[0], key[1], now()).add(message);
            messages.incrementAndGet();
            bytes.addAndGet(message.bytes());
            sequence.accumulateAndGet(message.seq(), Math::max);
        });
    }

    /// What is stored in a log's main database.
    public static Inboxes open(Store store, InboxSettings settings, InstantSource clock) {
        return new Inboxes(store, settings, clock);
    }

    private Inbox known(String user, String client, long lastSeen) {
        return inboxes.computeIfAbsent(
                InboxTable.key(user, client), _ -> new Inbox(user, client, false, lastSeen));
    }

    /// A message that is stored.
    ///
    /// @param seq its number
    /// @param expires when its time is over
    /// @param connected whether its client was connected when it was stored
    /// @param written completes when it is written to a connection of its client
    public record Accepted(
            long seq, Instant expires, boolean connected, CompletableFuture<Void> written) {}

    /// Keeps a message for a client, known or not.
    ///
    /// @param data a JSON object of at most [#MAX_DATA] bytes; not copied, so never change it
    /// @param priority 0 to 3
    /// @param ttl how long it is good; empty for the usual time
    /// @return completes after the durable commit, or fails with [StorageDegradedException]
    /// @throws QueueFullException when the client or the server has too many, naming the limit
    /// @throws IllegalArgumentException when a value is out of its range
    public CompletableFuture<Accepted> send(
            String user, String client, byte[] data, int priority, Optional<Duration> ttl) {
        if (data.length > MAX_DATA || priority < 0 || priority > 3) {
            throw new IllegalArgumentException(
                    "a message has at most " + MAX_DATA + " bytes and a priority from 0 to 3");
        }
        return within(user, client, false, inbox -> store(inbox, data, priority, ttl));
    }

    private CompletableFuture<Accepted> store(
            Inbox inbox, byte[] data, int priority, Optional<Duration> ttl) {
        take(inbox, data.length);
        long now = now();
        Inbox.Waiting one =
                new Inbox.Waiting(
                        sequence.incrementAndGet(),
                        priority,
                        now,
                        now + ttl.orElse(settings.ttl()).toMillis(),
                        data.length,
                        new CompletableFuture<>());
        return table.add(inbox, one, data)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        untake(inbox, data.length);
                    }
                })
                .thenApply(_ -> stored(inbox, one));
    }

    private Accepted stored(Inbox inbox, Inbox.Waiting one) {
        boolean connected;
        synchronized (inbox) {
            inbox.unreserve();
            inbox.add(one);
            connected = inbox.connected();
            if (inbox.isGone()) { // its connection went meanwhile, and it with it
                remove(inbox, List.of(one), purged);
            }
            inbox.readers().forEach(InboxReader::wake);
        }
        accepted.increment();
        return new Accepted(
                one.seq(), Instant.ofEpochMilli(one.expires()), connected, one.written());
    }

    private void take(Inbox inbox, int size) {
        if (inbox.size() >= settings.messagesPerClient()) {
            expired(inbox, inbox.expired(now()));
        }
        if (inbox.size() >= settings.messagesPerClient()) {
            throw full("%d messages wait for this client".formatted(inbox.size()));
        }
        inbox.reserve();
        int count = messages.incrementAndGet();
        long total = bytes.addAndGet(size);
        if (count > settings.messages() || total > settings.bytes()) {
            inbox.unreserve();
            give(size);
            throw full(
                    "%d messages with %d bytes wait for all clients".formatted(count - 1, total));
        }
    }

    private QueueFullException full(String what) {
        refused.increment();
        return new QueueFullException("queue full: " + what);
    }

    private void untake(Inbox inbox, int size) {
        synchronized (inbox) {
            inbox.unreserve();
        }
        give(size);
    }

    private void give(int size) {
        messages.decrementAndGet();
        bytes.addAndGet(-size);
    }

    /// Opens a client's messages for a connection. A client is remembered from then on, so that
    /// messages can be kept for it while it is away.
    ///
    /// @param passing true for a connection without a client's id, which nobody can come back to
    /// @param wake called whenever there may be something new; cheap, not blocking
    /// @throws QueueFullException when there are too many clients
    public InboxReader read(String user, String client, boolean passing, Runnable wake) {
        return within(
                user,
                client,
                passing,
                inbox -> {
                    InboxReader reader = new InboxReader(this, inbox, wake);
                    inbox.readers().add(reader);
                    seen(inbox);
                    return reader;
                });
    }

    /// Does something with a client's inbox while nobody else does.
    private <T> T within(String user, String client, boolean passing, Function<Inbox, T> task) {
        while (true) {
            Inbox inbox = find(user, client, passing);
            synchronized (inbox) {
                if (!inbox.isGone()) {
                    return task.apply(inbox);
                }
            }
        }
    }

    private Inbox find(String user, String client, boolean passing) {
        String key = InboxTable.key(user, client);
        @Nullable Inbox known = inboxes.get(key);
        if (known != null) {
            return known;
        }
        if (inboxes.size() >= settings.clients()) {
            throw full(settings.clients() + " clients are remembered");
        }
        makeRoom(user);
        Inbox fresh = new Inbox(user, client, passing, now());
        @Nullable Inbox other = inboxes.putIfAbsent(key, fresh);
        if (other == null && !passing) {
            synchronized (fresh) {
                table.describe(fresh);
            }
        }
        return other == null ? fresh : other;
    }

    /// Forgets the clients of a user that were away longest and have no message.
    private void makeRoom(String user) {
        List<Inbox> own = List.copyOf(of(user).values());
        if (own.size() < settings.clientsPerUser()) {
            return;
        }
        boolean room =
                own.stream()
                        .sorted(Comparator.comparingLong(Inbox::lastSeen))
                        .anyMatch(inbox -> end(inbox, Long.MAX_VALUE));
        if (!room) {
            throw full(
                    "%d clients of %s are connected or have messages".formatted(own.size(), user));
        }
    }

    private ConcurrentNavigableMap<String, Inbox> of(String user) {
        return inboxes.subMap(user + '\0', user + '\1');
    }

    /// The users who have a client of this id.
    public List<String> usersOf(String client) {
        return inboxes.values().stream()
                .filter(inbox -> inbox.client().equals(client))
                .map(Inbox::user)
                .toList();
    }

    /// Clients and what waits for them, by user and client.
    ///
    /// @param user only this user's; empty for all
    /// @param after only those after this user and client; empty for the first ones
    /// @param most how many
    public List<InboxInfo> list(String user, String after, int most) {
        return (user.isEmpty() ? inboxes : of(user))
                .values().stream()
                        .filter(inbox ->
                                InboxTable.key(inbox.user(), inbox.client()).compareTo(after) > 0)
                        .limit(most)
                        .map(Inboxes::info)
                        .toList();
    }

    private static InboxInfo info(Inbox inbox) {
        synchronized (inbox) {
            return inbox.info();
        }
    }

    /// Removes all messages of a client. It is told how many in its next message.
    ///
    /// @return how many; empty when there is no such client
    public Optional<Integer> purge(String user, String client) {
        @Nullable Inbox inbox = inboxes.get(InboxTable.key(user, client));
        if (inbox == null) {
            return Optional.empty();
        }
        synchronized (inbox) {
            List<Inbox.Waiting> all = List.copyOf(inbox.waiting());
            lose(inbox, all, purged);
            return Optional.of(all.size());
        }
    }

    /// Removes what is over.
    ///
    /// @return how many messages
    public int sweep() {
        int count = 0;
        for (Inbox inbox : inboxes.values()) {
            synchronized (inbox) {
                List<Inbox.Waiting> over = inbox.expired(now());
                expired(inbox, over);
                count += over.size();
            }
        }
        return count;
    }

    /// Forgets clients without messages that were not connected for a time.
    ///
    /// @return how many
    public int forget(Duration idle) {
        int count = 0;
        for (Inbox inbox : new ArrayList<>(inboxes.values())) {
            synchronized (inbox) {
                if (inbox.connected() && !inbox.passing()) {
                    seen(inbox);
                }
            }
            count += end(inbox, now() - idle.toMillis()) ? 1 : 0;
        }
        return count;
    }

    private boolean end(Inbox inbox, long seenBefore) {
        synchronized (inbox) {
            if (!inbox.idle() || inbox.isGone() || inbox.lastSeen() >= seenBefore) {
                return false;
            }
            drop(inbox);
            forgotten.increment();
            return true;
        }
    }

    private void drop(Inbox inbox) {
        inbox.end();
        inboxes.remove(InboxTable.key(inbox.user(), inbox.client()), inbox);
        if (!inbox.passing()) {
            table.forget(inbox);
        }
    }

    /// Figures.
    public InboxStatistics statistics() {
        return new InboxStatistics(
                inboxes.size(),
                messages.get(),
                bytes.get(),
                accepted.sum(),
                refused.sum(),
                acknowledged.sum(),
                expired.sum(),
                purged.sum(),
                forgotten.sum());
    }

    // ---- for readers; the inbox's monitor is held

    InboxTable table() {
        return table;
    }

    long now() {
        return clock.millis();
    }

    long lastNumber() {
        return sequence.get();
    }

    void acknowledged(Inbox inbox, List<Inbox.Waiting> done, long known) {
        remove(inbox, done, acknowledged);
        if (inbox.tell(known)) {
            describe(inbox);
        }
    }

    void expired(Inbox inbox, List<Inbox.Waiting> over) {
        lose(inbox, over, expired);
    }

    private void lose(Inbox inbox, List<Inbox.Waiting> some, LongAdder counter) {
        if (!some.isEmpty()) {
            inbox.lose(some.size());
            remove(inbox, some, counter);
            describe(inbox);
        }
    }

    private void remove(Inbox inbox, List<Inbox.Waiting> some, LongAdder counter) {
        some.forEach(inbox::remove);
        some.forEach(one -> give(one.bytes()));
        table.remove(inbox, some);
        counter.add(some.size());
    }

    private void seen(Inbox inbox) {
        inbox.seen(now());
        describe(inbox);
    }

    private void describe(Inbox inbox) {
        if (!inbox.passing() && !inbox.isGone()) {
            table.describe(inbox);
        }
    }

    void left(Inbox inbox, InboxReader reader) {
        inbox.readers().remove(reader);
        if (inbox.passing() && !inbox.connected()) {
            remove(inbox, List.copyOf(inbox.waiting()), purged);
            drop(inbox);
        } else {
            seen(inbox);
        }
    }
}
