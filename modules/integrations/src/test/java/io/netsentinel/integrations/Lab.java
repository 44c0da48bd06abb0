package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.file.FileSource;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Bookmark;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A log, a directory with files to follow, and a source that can be killed.
public final class Lab implements AutoCloseable {
    public static final Duration POLL = Duration.ofMillis(2);
    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

    private final Path directory;
    private final EventLog log;
    private final Sensors sensors = new Sensors();
    private SourceSettings settings;
    private Sources sources;
    private AtomicBoolean killed = new AtomicBoolean();
    private Function<Append, CompletableFuture<Appended>> publish;

    public Lab(Path temporary, String pattern) {
        try {
            directory = Files.createDirectories(temporary.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log = EventLog.open(temporary.resolve("data"), LogSettings.defaults());
        Channel.builtIn().forEach(log::create);
        publish = log::append;
        settings =
                SourceSettings.eve("lab", directory.resolve(pattern).toString())
                        .withTimes(POLL, Duration.ofSeconds(5));
        sources = Sources.start(context(), List.of());
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    public EventLog log() {
        return log;
    }

    public void configure(Function<SourceSettings, SourceSettings> change) {
        settings = change.apply(settings);
    }

    /// Puts something between the source and the log.
    public void publishWith(Function<Append, CompletableFuture<Appended>> function) {
        publish = function;
    }

    private IngestContext context() {
        AtomicBoolean dead = new AtomicBoolean();
        killed = dead;
        Function<Append, CompletableFuture<Appended>> through = publish;
        return IngestContext.of(
                append -> alive(dead, append, through), log, sensors, Clock.systemUTC());
    }

    private static CompletableFuture<Appended> alive(
            AtomicBoolean dead,
            Append append,
            Function<Append, CompletableFuture<Appended>> through) {
        synchronized (dead) {
            return dead.get() ? new CompletableFuture<>() : through.apply(append);
        }
    }

    public Lab start() {
        sources = Sources.start(context(), List.of(new FileSource(settings)));
        return this;
    }

    /// Starts another source than the file.
    public Lab start(Source other) {
        sources = Sources.start(context(), List.of(other));
        return this;
    }

    /// Ends the source as a crash would: nothing it has in hand gets to the log any more.
    public void kill() {
        AtomicBoolean dead = killed;
        synchronized (dead) {
            dead.set(true);
        }
        // what was on its way is in the log or not, but not later
        log.append(
                        new Append(
                                List.of(),
                                List.of(new Bookmark("barrier", new byte[] {1})),
                                Optional.empty()))
                .join();
        Sources dying = sources;
        Thread.ofVirtual().start(dying::close);
    }

    public void stop() {
        sources.close();
    }

    public SourceStatus status() {
        return sources.statuses().getFirst();
    }

    public Sensors sensors() {
        return sensors;
    }

    public static String line(long number) {
        return "{\"timestamp\":\"2026-06-01T12:00:00.000000+0000\",\"event_type\":\"flow\",\"flow_id\":"
                + number
                + "}\n";
    }

    public void append(String name, long from, long to) {
        StringBuilder lines = new StringBuilder();
        for (long i = from; i < to; i++) {
            lines.append(line(i));
        }
        append(name, lines.toString());
    }

    public void append(String name, String text) {
        append(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public void append(String name, byte[] bytes) {
        try {
            Files.write(file(name), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The numbers of the lines that are in the log, in its order.
    public List<Long> numbers() {
        return events(Channel.NETWORK).stream()
                .map(event -> Long.valueOf(event.text(Fields.FLOW_ID)))
                .toList();
    }

    public List<Event> events(String channel) {
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

    public long tail(String channel) {
        return log.state(channel).orElseThrow().tail();
    }

    /// Waits until the lines of these numbers are there, and checks that there are no others.
    public void expect(long from, long to) {
        await(() -> tail(Channel.NETWORK) >= to - from);
        assertThat(numbers()).isEqualTo(range(from, to));
    }

    public static List<Long> range(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (long i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    public void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited too long: " + sources.statuses())
                    .isNegative();
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        sources.close();
        log.close();
    }
}
