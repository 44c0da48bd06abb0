package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// For every subscription, every offset after where it began is delivered exactly once and in
/// order, or excluded by its own filter, or covered by a gap: whatever the readers, the memory, the
/// log and time do.
final class DeliveryInvariantTest {
    private static final List<String> CHANNELS = List.of("lab.a", "lab.b", "lab.c");
    private static final List<String> FILTERS =
            List.of("", "n < 20", "n >= 20 and n < 25", "n = 7", "n = -1", "not n = 7");
    private static final int CLIENTS = 12;
    private static final int EVENTS = 6_000;
    private static final long TTL = 50;
    private static final Event NOTHING = Event.fromJson("{}".getBytes(StandardCharsets.UTF_8));

    @TempDir Path directory;

    /// What was published: the event and when it expires.
    private record Published(Event event, boolean expires) {}

    private final Map<String, ConcurrentSkipListMap<Long, Published>> published =
            new ConcurrentHashMap<>();
    private final AtomicReference<Fixture> current = new AtomicReference<>();
    private final ReentrantReadWriteLock running = new ReentrantReadWriteLock(true);
    private volatile boolean producing = true;
    private volatile boolean restarting;

    /// One subscription over all its reconnects.
    private final class Client implements Runnable {
        private final Random random;
        private final String channel;
        private final Filter filter;
        private final boolean filtered;
        private final ReferenceClient reference = new ReferenceClient();
        private final Semaphore wakes = new Semaphore(0);
        private final List<long[]> unrecovered = new ArrayList<>();
        private Optional<String> epoch = Optional.empty();
        private volatile Optional<Throwable> failure = Optional.empty();

        Client(long seed) {
            this.random = new Random(seed);
            this.channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
            String text = FILTERS.get(random.nextInt(FILTERS.size()));
            this.filtered = !text.isEmpty();
            this.filter = Filter.parse(filtered ? text : "n >= 0");
        }

        @Override
        public void run() {
            try {
                while (!finished()) {
                    running.readLock().lock();
                    try (Subscription subscription = open()) {
                        converse(subscription);
                    } finally {
                        running.readLock().unlock();
                    }
                }
            } catch (Throwable e) {
                failure = Optional.of(e);
            }
        }

        private boolean finished() {
            return !producing && reference.position >= ledger(channel).lastKey();
        }

        private Subscription open() {
            SubscriptionRequest request =
                    SubscriptionRequest.to(channel)
                            .named("n" + random.nextInt(2))
                            .from(new Where.After(reference.position, epoch))
                            .filtered(filtered ? Selection.of(filter) : Selection.all());
            Subscription subscription = current.get().hub.subscribe(request, wakes::release);
            epoch = Optional.of(subscription.start().epoch());
            if (subscription.start().offset() > reference.position) {
                unrecovered.add(new long[] {reference.position + 1, subscription.start().offset()});
            }
            reference.position = subscription.start().offset();
            return subscription;
        }

        /// Reads for a while, at its own pace, in frames of any size.
        private void converse(Subscription subscription)
                throws InterruptedException, JsonProcessingException {
            for (int rounds = random.nextInt(200); rounds > 0; rounds--) {
                if (finished() || restarting) {
                    return;
                }
                Step step = subscription.next(room());
                switch (step) {
                    case Step.Pause pause -> rest(pause);
                    default -> reference.receive(Follower.json(step));
                }
                if (random.nextInt(10) == 0) {
                    long seen = subscription.seen();
                    reference.pinged(subscription.sent(), seen);
                }
            }
        }

        private int room() {
            return random.nextInt(4) == 0 ? 200 + random.nextInt(2_000) : Integer.MAX_VALUE;
        }

        private void rest(Step.Pause pause) throws InterruptedException {
            if (pause != Step.Pause.FULL && wakes.tryAcquire(20, TimeUnit.MILLISECONDS)) {
                wakes.drainPermits();
            }
        }

        void check() {
            assertThat(failure).as("%s %s", channel, filter).isEmpty();
            ConcurrentSkipListMap<Long, Published> all = ledger(channel);
            Set<Long> delivered = Set.copyOf(reference.offsets);
            Set<Long> kept = kept(channel);
            for (long offset : reference.offsets) {
                Published event = all.getOrDefault(offset, new Published(NOTHING, false));
                assertThat(filter.test(event.event())).as("leak of " + offset).isTrue();
            }
            for (long[] gap : reference.gaps) {
                assertThat(delivered)
                        .as("delivered and in a gap")
                        .noneMatch(offset -> offset >= gap[0] && offset <= gap[1]);
            }
            all.forEach((offset, event) -> {
                boolean declared = within(reference.gaps, offset);
                boolean wanted = filter.test(event.event());
                assertThat(
                                delivered.contains(offset)
                                        || declared
                                        || !wanted
                                        || within(unrecovered, offset))
                        .as("%s %s offset %s is missing", channel, filter, offset)
                        .isTrue();
                assertThat(!declared || !wanted || event.expires() || !kept.contains(offset))
                        .as("a gap that nothing explains at %s", offset)
                        .isTrue();
            });
        }

        private static boolean within(List<long[]> ranges, long offset) {
            return ranges.stream().anyMatch(r -> offset >= r[0] && offset <= r[1]);
        }
    }

    private ConcurrentSkipListMap<Long, Published> ledger(String channel) {
        return Objects.requireNonNull(published.get(channel));
    }

    /// What the log still has in the end.
    private Set<Long> kept(String channel) {
        Set<Long> offsets = new HashSet<>();
        long at = 0;
        Page page = current.get().log.read(channel, at, 1_000, 1 << 20).join();
        while (page.scannedTo() > at) {
            page.records().forEach(one -> offsets.add(one.offset()));
            at = page.scannedTo();
            page = current.get().log.read(channel, at, 1_000, 1 << 20).join();
        }
        return offsets;
    }

    /// Small memory, small segments, and a short life: what is older than a second goes with the
    /// next start.
    private void open() {
        LogSettings log =
                LogSettings.defaults()
                        .withDisk(10L << 30, 0)
                        .withSegments(300, 64 << 20, Duration.ofDays(1))
                        .withMaxAge(Duration.ofSeconds(1), Map.of());
        Fixture fixture =
                new Fixture(
                        directory, HubSettings.defaults().withHotBytes(96 << 10), log, List.of());
        CHANNELS.forEach(fixture.hub::ensure);
        current.set(fixture);
    }

    /// Stops and starts the log and the hub; sometimes the newest file is destroyed between, which
    /// begins a new epoch.
    private void restart(boolean damage) throws IOException {
        restarting = true;
        running.writeLock().lock();
        try {
            current.get().close();
            if (damage) {
                try (Stream<Path> files = Files.list(directory.resolve("log"))) {
                    Path newest = files.sorted().reduce((_, last) -> last).orElseThrow();
                    Files.write(newest, new byte[(int) Files.size(newest)]);
                }
            }
            open();
        } finally {
            restarting = false;
            running.writeLock().unlock();
        }
    }

    private void produce(Random random) throws IOException {
        int n = 0;
        while (n < EVENTS) {
            List<Entry> entries = new ArrayList<>();
            List<Event> events = new ArrayList<>();
            for (int i = random.nextInt(60); i >= 0; i--) {
                String json =
                        "{\"n\":%d,\"text\":\"%s\"}"
                                .formatted(n++ % 40, "x".repeat(random.nextInt(200)));
                entries.add(
                        new Entry(
                                CHANNELS.get(random.nextInt(CHANNELS.size())),
                                json.getBytes(StandardCharsets.UTF_8),
                                1,
                                random.nextInt(10) == 0 ? TTL : 0));
                events.add(Event.fromJson(entries.getLast().payload()));
            }
            Fixture fixture = current.get();
            Appended appended =
                    fixture.hub.publish(new Append(entries, List.of(), Optional.empty())).join();
            for (int i = 0; i < entries.size(); i++) {
                ledger(entries.get(i).channel())
                        .put(
                                appended.positions().get(i).offset(),
                                new Published(events.get(i), entries.get(i).ttlMillis() > 0));
            }
            fixture.now.addAndGet(random.nextInt(10));
            if (random.nextInt(60) == 0) {
                restart(random.nextInt(4) == 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsLostNothingComesTwiceAndNothingLeaks(long seed)
            throws InterruptedException, IOException {
        CHANNELS.forEach(channel -> published.put(channel, new ConcurrentSkipListMap<>()));
        open();
        List<Client> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(seed * 1_000 + i));
            threads.add(Thread.startVirtualThread(clients.getLast()));
        }
        produce(new Random(seed));
        producing = false;
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60)))
                    .as("all clients come to the end")
                    .isTrue();
        }
        clients.forEach(Client::check);
        assertThat(clients.stream().mapToInt(c -> c.reference.offsets.size()).sum()).isPositive();
        current.get().close();
    }

    /// The proof that the check proves something: a frame that gets lost on the way is found out.
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 11})
    void aSwallowedFrameShowsAsAHole(int swallowed) {
        try (Fixture at = new Fixture(directory)) {
            Follower follower = at.follow(Fixture.after(0));
            for (int i = 1; i <= 12; i++) {
                at.publish(Fixture.entry("{\"n\":" + i + "}", 1, i % 4 == 0 ? TTL : 0));
            }
            at.now.addAndGet(10 * TTL);
            List<Step> steps = new ArrayList<>();
            Subscription subscription = follower.subscription;
            Step step = subscription.next(120);
            while (!(step instanceof Step.Pause)) {
                steps.add(step);
                step = subscription.next(120);
            }
            assertThat(steps).hasSize(12);
            ReferenceClient client = new ReferenceClient();
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < steps.size(); i++) {
                                    if (i != swallowed) {
                                        client.receive(Follower.json(steps.get(i)));
                                    }
                                }
                                client.pinged(subscription.sent(), subscription.seen());
                            })
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("hole");
        }
    }
}
