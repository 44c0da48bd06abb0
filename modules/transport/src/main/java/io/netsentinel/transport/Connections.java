package io.netsentinel.transport;

import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Revocation;
import io.netsentinel.channels.DurableStatistics;
import io.netsentinel.channels.Hub;
import io.netsentinel.queuing.InboxStatistics;
import io.netsentinel.queuing.Registration;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// All WebSocket connections. A service every endpoint can get.
public final class Connections implements AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration DRAIN_RETRY_FROM = Duration.ofMillis(500);

    /// A restarted server takes back about so many a second.
    private static final long RECONNECTS_PER_SECOND = 1_000;

    /// Between two farewells of a drain, as long as that fits into half of its time.
    private static final long DRAIN_PACE_NANOS = 1_000_000;

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(20);

    private final TrafficLedger ledger = new TrafficLedger();
    private final ConcurrentSkipListMap<String, ProtocolConnection> open =
            new ConcurrentSkipListMap<>();
    private final ConcurrentMap<Integer, LongAdder> ended = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, LongAdder> refused = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ProtocolSettings.Limits limits;
    private final AddressLimits addresses;
    private final UserLimits users;
    private final Presence presence;
    private final Times delivery;
    private final Times roundTrips = Times.ofEvents(true);
    private final Times durations = Times.ofConnections();
    private final Times screens = Times.ofEvents(true);
    private final RecentRevocations revocations = new RecentRevocations();
    private final ScheduledThreadPoolExecutor timer;
    private final List<Registration> registrations;
    private final Queues queues;
    private volatile boolean draining;

    /// @param queues closed with it: nobody moves on in them any more
    Connections(ProtocolSettings settings, Auth auth, Hub hub, Queues queues) {
        this.queues = queues;
        this.limits = settings.limits();
        this.addresses = new AddressLimits(limits);
        this.users = new UserLimits(limits);
        this.presence = new Presence(hub);
        this.delivery = Times.ofEvents(settings.timeDeliveries());
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().daemon().name("connections-timer").factory(),
                        new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        this.registrations = List.of(auth.onRevoked(this::revoked), hub.onChannel(this::born));
    }

    /// Connections open now.
    public int size() {
        return open.size();
    }

    /// Connections in the order of their ids.
    ///
    /// @param after only those with a greater id; empty for the first ones
    /// @param most how many
    public List<ConnectionInfo> list(String after, int most) {
        return open.tailMap(after, false).values().stream()
                .limit(most)
                .map(ConnectionInfo::of)
                .toList();
    }

    /// What a connection follows; nothing when there is none of this id.
    public List<Following> following(String id) {
        return find(id).map(connection -> connection.cursors().following()).orElse(List.of());
    }

    /// How connections have ended since the start: how many by close code, 1006 for those that were
    /// lost.
    public Map<Integer, Long> ended() {
        return counted(ended);
    }

    private static Map<Integer, Long> counted(Map<Integer, LongAdder> adders) {
        Map<Integer, Long> counts = new TreeMap<>();
        adders.forEach((code, adder) -> counts.put(code, adder.sum()));
        return counts;
    }

    /// What went over all connections since the start, open ones included.
    public TrafficSums traffic() {
        return ledger.sums(open.values());
    }

    /// How many handshakes were not accepted since the start, by HTTP status.
    public Map<Integer, Long> refused() {
        return counted(refused);
    }

    /// How long events took from their commit to the socket of a client. One time is taken for each
    /// socket write: that of the newest event in it. What was committed before a subscription was
    /// opened is history, and not late.
    public Times delivery() {
        return delivery;
    }

    /// How long pings took to clients and back, of the clients that tell.
    public Times roundTrips() {
        return roundTrips;
    }

    /// How long the connections lasted that have ended.
    public Times durations() {
        return durations;
    }

    /// How long events took from being taken in until a dashboard showed them, as browsers tell.
    public Times screens() {
        return screens;
    }

    /// A browser showed an event.
    ///
    /// @param after how long after it was taken in
    public void painted(Duration after) {
        screens.add(after.toMillis());
    }

    /// Places that are kept for durable subscriptions.
    public DurableStatistics durable() {
        return queues.cursors().statistics();
    }

    /// Direct messages that are kept for clients.
    public InboxStatistics inboxes() {
        return queues.inboxes().statistics();
    }

    /// Closes a connection for an administrator (4503).
    ///
    /// @return false when there is none of this id
    public boolean close(String id) {
        Optional<ProtocolConnection> found = Optional.ofNullable(open.get(id));
        found.ifPresent(connection -> connection.close(CloseCode.KICKED));
        return found.isPresent();
    }

    /// Takes no more connections and ends those there are (4001), spread over time so that they do
    /// not all come back at once. Returns when all are gone or the patience is over.
    ///
    /// @param patience how long it may take
    public void drain(Duration patience) {
        draining = true;
        List<ProtocolConnection> all = List.copyOf(open.values());
        long spread = Math.min(patience.toNanos() / 2, all.size() * DRAIN_PACE_NANOS);
        for (int i = 0; i < all.size(); i++) {
            ProtocolConnection connection = all.get(i);
            long wait = spread * i / all.size();
            Farewell farewell = drained(all.size(), Duration.ofNanos(spread - wait));
            var _ = timer.schedule(() -> connection.close(farewell), wait, TimeUnit.NANOSECONDS);
        }
        awaitNone(System.nanoTime() + patience.toNanos());
    }

    /// @param count how many come back
    /// @param left until the last one is told; before that there is nothing to come back to
    private static Farewell drained(int count, Duration left) {
        Duration latest =
                DRAIN_RETRY_FROM.multipliedBy(4).plusMillis(count * 1_000L / RECONNECTS_PER_SECOND);
        return new Farewell(
                CloseCode.DRAIN,
                DRAIN_RETRY_FROM.plus(left),
                min(LONGEST_RETRY, latest.plus(left)));
    }

    @Override
    public void close() {
        draining = true;
        registrations.forEach(Registration::close);
        open.values().forEach(connection -> connection.close(CloseCode.DRAIN));
        timer.shutdown();
        queues.close();
    }

    /// What is kept for clients while they are away.
    Queues queues() {
        return queues;
    }

    /// The connection of this id.
    Optional<ProtocolConnection> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    /// The connections of a client, whosever it is, or the one of this id.
    List<ProtocolConnection> of(String client) {
        return open.values().stream()
                .filter(one ->
                        one.id().equals(client)
                                || one.address()
                                        .filter(to -> to.client().equals(client))
                                        .isPresent())
                .toList();
    }

    // ---- for the handshake

    /// Counts a handshake as a connection.
    ///
    /// @throws Problem 429 or 503 when it must not become one
    void admit(InetAddress address) {
        if (draining) {
            throw Problem.unavailable("the server is going away", RETRY);
        }
        if (count.incrementAndGet() > limits.connections()) {
            count.decrementAndGet();
            throw Problem.unavailable("the server has too many connections", RETRY);
        }
        switch (addresses.admit(address, System.nanoTime())) {
            case ADMITTED -> {}
            case TOO_FAST -> {
                count.decrementAndGet();
                throw Problem.tooManyRequests("too many connects from this address", RETRY);
            }
            case TOO_MANY -> {
                count.decrementAndGet();
                throw Problem.tooManyRequests("too many connections from this address", RETRY);
            }
        }
    }

    /// A handshake got this HTTP status instead of a connection.
    void refused(int status) {
        refused.computeIfAbsent(status, _ -> new LongAdder()).increment();
    }

    /// Remembers what has been revoked so far.
    long mark() {
        return revocations.mark();
    }

    // ---- for the connections

    void opened(ProtocolConnection connection) {
        open.put(connection.id(), connection);
    }

    /// @param code how it ended
    /// @param subscriptions what it had
    void closed(ProtocolConnection connection, int code, List<Wanted> subscriptions) {
        ended.computeIfAbsent(code, _ -> new LongAdder()).increment();
        ledger.ended(connection, () -> open.remove(connection.id()));
        durations.add(connection.lasted().toMillis());
        count.decrementAndGet();
        addresses.release(connection.arrival().client().address());
        connection
                .identity()
                .filter(_ -> connection.isCounted())
                .map(Identity::user)
                .ifPresent(user -> {
                    subscriptions.forEach(one -> users.giveView(user, one.view()));
                    users.disconnect(user);
                });
    }

    /// What a connection has to be closed with when something that covers its identity was revoked
    /// after a mark.
    Optional<CloseCode> revokedSince(long mark, Identity who) {
        return revocations.since(mark, who).map(revocation -> reason(revocation.cause()));
    }

    Presence presence() {
        return presence;
    }

    UserLimits users() {
        return users;
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    Future<?> later(Runnable task, long nanos) {
        return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    private void revoked(Revocation revocation) {
        revocations.add(revocation);
        open.values().stream()
                .filter(one -> one.identity().filter(revocation::covers).isPresent())
                .forEach(one -> one.close(reason(revocation.cause())));
    }

    private static CloseCode reason(Revocation.Cause cause) {
        return switch (cause) {
            // whoever changed it has a new session and may come back with it
            case PASSWORD_CHANGED, ACCESS_CHANGED -> CloseCode.ACCESS_CHANGED;
            case SIGNED_OUT, USER_DISABLED, TOKEN_REVOKED, DISPLACED -> CloseCode.REVOKED;
        };
    }

    private void born(String channel) {
        Thread.ofVirtual()
                .name("channel-born")
                .start(() -> open.values().forEach(connection -> connection.born(channel)));
    }

    private void awaitNone(long deadline) {
        try {
            while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
                Thread.sleep(Duration.ofMillis(10));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
