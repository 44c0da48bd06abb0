package io.netsentinel.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// What goes on in a chaos run: the publishers, the clients, and whoever spoils it.
final class ChaosRun implements AutoCloseable {
    private static final List<String> BEGINNINGS =
            List.of("", "", "\"offset\":0", "\"since\":\"-2s\"", "\"last\":50");
    private static final int PUBLISHERS = 2;

    /// One client in so many has durable subscriptions; no divisor of the number of identities.
    private static final int DURABLE = 6;

    private static final double LOST = 0.004;
    private static final long TICK_NANOS = 150_000_000;

    /// More time it may take until everything has happened.
    private static final Duration OVERTIME = Duration.ofSeconds(60);

    private static final Duration BETWEEN_TOKENS = Duration.ofSeconds(9);
    private static final int KINDS_OF_BLOWS = 5;
    private static final String SHORT_LIFE = "9s";
    private static final Duration SETTLING = Duration.ofSeconds(90);

    private final ChaosServer server;
    private final long seed;
    private final Random random;
    private final FaultyProxy proxy;
    private final Ledger ledger = new Ledger();
    private final List<LedgerPublisher> publishers = new ArrayList<>();
    private final List<ChaosClient> clients = new ArrayList<>();
    private final ChaosIdentity anybody =
            new ChaosIdentity("anybody", "analyst", List.of(), ChaosFilter.ALL);
    private final ChaosIdentity rows =
            new ChaosIdentity("rows", "viewer", List.of(), ChaosFilter.ROWS);
    private final ChaosIdentity few =
            new ChaosIdentity("few", "viewer", List.of("chaos.a", "chaos.b"), ChaosFilter.ROWS);
    private final ChaosIdentity brief =
            new ChaosIdentity("brief", "analyst", List.of(), ChaosFilter.ALL);
    private final long begun;
    private int published;
    private int blows;
    private Duration took = Duration.ZERO;

    /// Starts the publishers.
    ///
    /// @param rate events a second
    ChaosRun(ChaosServer server, long seed, int rate) {
        this.server = server;
        this.seed = seed;
        random = new Random(seed);
        proxy = new FaultyProxy(server.port(), seed);
        System.out.println("chaos seed " + seed);
        for (ChaosIdentity one : List.of(anybody, rows, few)) {
            one.renew(server.data(), "2d");
        }
        brief.renew(server.data(), SHORT_LIFE);
        begun = System.nanoTime();
        AtomicInteger numbers = new AtomicInteger(1);
        for (int n = 0; n < PUBLISHERS; n++) {
            publishers.add(
                    new LedgerPublisher(
                            server.port(),
                            server.adminToken(),
                            ledger,
                            numbers,
                            rate / PUBLISHERS));
        }
    }

    /// Starts clients of every kind and of every identity, with filters of every kind.
    void invite(int count) {
        for (int n = 0; n < count; n++) {
            Random own = new Random(seed * 1_000 + n);
            ChaosIdentity who = List.of(anybody, anybody, rows, few, brief).get(n % 5);
            ClientKind kind = ClientKind.EVERY.get(n / 5 % ClientKind.EVERY.size());
            ChaosClient client =
                    new ChaosClient(
                            new ChaosClient.Role(
                                    "client-" + n,
                                    proxy.port(),
                                    kind,
                                    who,
                                    false,
                                    true,
                                    n % 3 > 0,
                                    n % DURABLE == 0),
                            own,
                            ledger);
            for (int sub = own.nextInt(3); sub >= 0; sub--) {
                boolean pattern = own.nextInt(4) == 0;
                client.following(
                        "s" + sub,
                        pattern ? "chaos.*" : any(ChaosEvent.CHANNELS, own),
                        any(ChaosFilter.EVERY, own),
                        pattern ? "" : any(BEGINNINGS, own));
            }
            clients.add(client.start());
        }
        // one that asks for what it may not have
        clients.add(
                new ChaosClient(
                                new ChaosClient.Role(
                                        "curious",
                                        proxy.port(),
                                        ClientKind.JSON,
                                        few,
                                        false,
                                        false,
                                        true,
                                        false),
                                new Random(seed),
                                ledger)
                        .following("mine", "chaos.a", ChaosFilter.ALL, "")
                        .following("theirs", "chaos.e", ChaosFilter.ALL, "\"offset\":0")
                        .start());
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /// A client of one channel without a filter.
    ChaosClient plain(String name, int n, boolean heedless) {
        ChaosClient client =
                new ChaosClient(
                        new ChaosClient.Role(
                                name,
                                proxy.port(),
                                ClientKind.JSON,
                                anybody,
                                heedless,
                                false,
                                true,
                                false),
                        new Random(seed + n),
                        ledger);
        String channel = ChaosEvent.CHANNELS.get(n % ChaosEvent.CHANNELS.size());
        clients.add(client.following("all", channel, ChaosFilter.ALL, "").start());
        return client;
    }

    /// Spoils everything for a while: at least as long as it takes to do everything once, which on
    /// a busy machine may be longer. In that overtime the server ends only as often as it has not
    /// yet ended in every way: a token is renewed on a connection that lives long enough to be
    /// told.
    ///
    /// @param between two ends of the server
    void rage(Duration time, Duration between) {
        proxy.swallow(LOST);
        long end = System.nanoTime() + time.toNanos();
        long nextToken = System.nanoTime() + BETWEEN_TOKENS.toNanos();
        long nextBlow = System.nanoTime() + between.toNanos();
        while (System.nanoTime() - end < 0
                || (!everythingHappened() && System.nanoTime() - end < OVERTIME.toNanos())) {
            LockSupport.parkNanos(TICK_NANOS);
            if (random.nextInt(3) > 0) {
                proxy.cutOne(random);
            }
            if (random.nextInt(20) == 0) {
                proxy.stallOne(random, Duration.ofMillis(500 + random.nextInt(13_000)));
            }
            if (System.nanoTime() - nextToken > 0) {
                brief.renew(server.data(), SHORT_LIFE);
                nextToken = System.nanoTime() + BETWEEN_TOKENS.toNanos();
            }
            boolean overtime = System.nanoTime() - end > 0;
            if (System.nanoTime() - nextBlow > 0 && !(overtime && blows >= KINDS_OF_BLOWS)) {
                blow(blows++);
                nextBlow = System.nanoTime() + between.toNanos();
            }
        }
    }

    private boolean everythingHappened() {
        return blows >= KINDS_OF_BLOWS
                && Stream.<ToIntFunction<ChaosClient>>of(
                                ChaosClient::holes,
                                ChaosClient::denials,
                                ChaosClient::refreshes,
                                ChaosClient::expired,
                                ChaosClient::acknowledged,
                                ChaosClient::repeated)
                        .allMatch(what -> count(what) > 0);
    }

    private void blow(int number) {
        switch (number % KINDS_OF_BLOWS) {
            case 0 -> server.kill();
            case 1 -> quietly(server::killAndCut);
            case 2 -> server.stop();
            case 3 -> quietly(server::stopAndForget);
            default -> {
                server.kill();
                server.kill();
            }
        }
    }

    /// While nothing is on its way: what was taken away from the log was acknowledged before, so
    /// the ledger knows it.
    private void quietly(Runnable blow) {
        publishers.forEach(LedgerPublisher::pause);
        blow.run();
        publishers.forEach(LedgerPublisher::resume);
    }

    void finishPublishing() {
        publishers.forEach(LedgerPublisher::finish);
        published = ledger.size();
        took = Duration.ofNanos(System.nanoTime() - begun);
        proxy.swallow(0);
    }

    /// Ends the publishing and lets the clients come to the end.
    void settle() {
        finishPublishing();
        brief.renew(server.data(), "1h");
        clients.forEach(ChaosClient::wake);
        long end = System.nanoTime() + SETTLING.toNanos();
        while (!clients.stream().allMatch(ChaosClient::arrived)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(
                        "did not come to the end: "
                                + clients.stream()
                                        .filter(one -> !one.arrived())
                                        .map(one -> one.role().name())
                                        .toList()
                                + violations());
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    Ledger ledger() {
        return ledger;
    }

    List<ChaosClient> clients() {
        return clients;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    int count(ToIntFunction<ChaosClient> what) {
        return clients.stream().mapToInt(what).sum();
    }

    /// What clients saw that should not be.
    List<String> violations() {
        return clients.stream().flatMap(one -> one.violations().stream()).toList();
    }

    /// Events published a second, over all the run.
    long perSecond() {
        return published / Math.max(1, took.toSeconds());
    }

    /// The run on one screen.
    String summary(ChaosVerdict verdict) {
        return """

        Chaos, seed %d: %d clients, %d events in %d s (%d/s), %d ends of the server
          connections   %,10d   of them cut %d
          delivered     %,10d   messages swallowed %d, holes seen %d
          said gone     %,10d   by gaps and recovered:false (%d); %d expired
          acknowledged  %,10d   by %d durable clients; %d events came again
          new epochs    %,10d   tokens refreshed %d, ended %d, subscriptions denied %d
          SILENT MISSES %,10d   GAPS WITHOUT REASON %d   OTHER VIOLATIONS %d
        """
                .formatted(
                        seed,
                        clients.size(),
                        published,
                        took.toSeconds(),
                        perSecond(),
                        blows,
                        count(ChaosClient::connections),
                        proxy.cut(),
                        verdict.delivered(),
                        proxy.swallowed(),
                        count(ChaosClient::holes),
                        verdict.declared(),
                        clients.stream()
                                .flatMap(one -> one.subscriptions().stream())
                                .flatMap(one -> one.tracks().stream())
                                .mapToInt(track -> track.gaps() + track.unrecovered())
                                .sum(),
                        verdict.expired(),
                        count(ChaosClient::acknowledged),
                        clients.stream().filter(one -> one.role().durable()).count(),
                        count(ChaosClient::repeated),
                        server.epochChanges(),
                        count(ChaosClient::refreshes),
                        count(ChaosClient::expired),
                        count(ChaosClient::denials),
                        verdict.misses(),
                        verdict.untrue(),
                        count(ChaosClient::violated));
    }

    @Override
    public void close() {
        publishers.forEach(LedgerPublisher::close);
        clients.forEach(ChaosClient::close);
        proxy.close();
    }
}
