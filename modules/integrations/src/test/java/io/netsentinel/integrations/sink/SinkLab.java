package io.netsentinel.integrations.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Filter;
import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.Page;
import io.netsentinel.queuing.Registration;
import io.netsentinel.tracing.Tracing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A log, and a sink whose target does what a test says.
final class SinkLab implements AutoCloseable {
    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

    private final Path directory;
    private LogSettings logSettings;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private EventLog log;
    private SinkRunner runner;
    private Registration commits = () -> {};
    private SinkSettings settings;
    private volatile Target target = _ -> Delivery.ALL;
    private volatile Function<Append, CompletableFuture<Appended>> publish;

    /// What the target has got, by offset, in the order it got it.
    final List<Long> got = new CopyOnWriteArrayList<>();

    /// How large the batches were that were offered.
    final List<Integer> offered = new CopyOnWriteArrayList<>();

    interface Target {
        Delivery take(List<SinkRecord> batch) throws IOException;
    }

    private final class Pretended implements Sink {
        @Override
        public String target() {
            return "double";
        }

        @Override
        public Delivery deliver(List<SinkRecord> batch) throws IOException {
            offered.add(batch.size());
            Delivery delivery = target.take(batch);
            for (int i = 0; i < batch.size(); i++) {
                int place = i;
                boolean taken =
                        switch (delivery) {
                            case Delivery.All _ -> true;
                            case Delivery.Partly partly ->
                                    !partly.refused().containsKey(place)
                                            && !partly.again().contains(place);
                            case Delivery.Refused _, Delivery.Later _ -> false;
                        };
                if (taken) {
                    got.add(batch.get(i).offset());
                }
            }
            return delivery;
        }

        @Override
        public void close() {}
    }

    SinkLab(Path directory, LogSettings logSettings) {
        this.directory = directory;
        this.logSettings = logSettings;
        log = EventLog.open(directory, logSettings);
        Channel.builtIn().forEach(log::create);
        publish = log::append;
        settings = settings("alerts");
        runner = made();
    }

    SinkLab(Path directory) {
        this(directory, LogSettings.defaults());
    }

    private static SinkSettings settings(String... channels) {
        return new SinkSettings(
                "lab",
                "double",
                Arrays.stream(channels).map(ChannelPattern::of).toList(),
                Optional.empty(),
                SinkSettings.Start.BEGIN,
                new SinkSettings.Pace(
                        100,
                        1 << 20,
                        Duration.ofMillis(1),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100)),
                new Options("lab", Map.of()));
    }

    void configure(
            List<String> channels,
            String filter,
            SinkSettings.Start start,
            SinkSettings.Pace pace) {
        settings =
                new SinkSettings(
                        "lab",
                        "double",
                        channels.stream().map(ChannelPattern::of).toList(),
                        filter.isEmpty() ? Optional.empty() : Optional.of(Filter.parse(filter)),
                        start,
                        pace,
                        new Options("lab", Map.of()));
        runner = made();
    }

    SinkSettings.Pace pace() {
        return settings.pace();
    }

    private SinkRunner made() {
        return new SinkRunner(
                settings,
                new Pretended(),
                new SinkContext(
                        log,
                        append -> publish.apply(append),
                        Clock.systemUTC(),
                        timer,
                        Tracing.OFF));
    }

    void target(Target value) {
        target = value;
    }

    void publishWith(Function<Append, CompletableFuture<Appended>> value) {
        publish = value;
    }

    EventLog log() {
        return log;
    }

    SinkRunner runner() {
        return runner;
    }

    SinkLab start() {
        commits = log.onCommit(runner::committed);
        runner.start();
        return this;
    }

    void restart(LogSettings changed) {
        logSettings = changed;
        restart();
    }

    /// Stops as a server does, and starts again with what is stored.
    void restart() {
        stop();
        log.close();
        log = EventLog.open(directory, logSettings);
        publish = log::append;
        runner = made();
        start();
    }

    void stop() {
        commits.close();
        runner.stop();
        runner.abort();
        assertThat(runner.join(Duration.ofSeconds(10))).as("it stops").isTrue();
    }

    void append(String channel, int count) {
        Entry[] entries = new Entry[count];
        for (int i = 0; i < count; i++) {
            entries[i] =
                    Entry.of(
                            channel,
                            Event.builder()
                                    .put(Fields.ID, channel + i)
                                    .put("n", i % 2)
                                    .build()
                                    .toJson());
        }
        log.append(Append.of(entries)).join();
    }

    List<Event> events(String channel) {
        List<Event> events = new ArrayList<>();
        long after = 0;
        while (true) {
            Page page = log.read(channel, after, 1_000, 1 << 24).join();
            for (LogRecord record : page.records()) {
                events.add(Event.fromJson(record.payload()));
            }
            if (page.scannedTo() >= page.tail()) {
                return events;
            }
            after = page.scannedTo();
        }
    }

    static List<Long> range(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited too long until " + what + ": " + runner.status())
                    .isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    void awaitLag(long lag) {
        await("the lag is " + lag, () -> runner.status().lag() == lag);
    }

    @Override
    public void close() {
        stop();
        log.close();
        timer.shutdownNow();
    }
}
