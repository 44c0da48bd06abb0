package io.netsentinel.integrations;

import io.netsentinel.channels.Hub;
import io.netsentinel.integrations.sink.SinkContext;
import io.netsentinel.integrations.sink.SinkRunner;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Registration;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// The configured sinks, each on a thread of its own: none waits for another, and nothing that
/// comes in waits for any.
public final class Sinks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sinks.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, SinkRunner> runners;
    private final ScheduledThreadPoolExecutor timer;
    private final Registration commits;

    private Sinks(
            Map<String, SinkRunner> runners, ScheduledThreadPoolExecutor timer, EventLog log) {
        this.runners = runners;
        this.timer = timer;
        runners.values().forEach(SinkRunner::start);
        this.commits =
                log.onCommit(committed ->
                        runners.values().forEach(runner -> runner.committed(committed)));
    }

    /// Starts all sinks and returns at once. A sink that is new begins with what comes in after
    /// this call.
    ///
    /// @param hub where notices and dead letters go
    /// @param log what is sent
    /// @throws IllegalArgumentException when an option of a sink is wrong, naming it
    public static Sinks start(Hub hub, EventLog log, List<SinkSettings> settings) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("sinks-watch").factory());
        timer.setRemoveOnCancelPolicy(true);
        SinkContext context = new SinkContext(log, hub::publish, Clock.systemUTC(), timer);
        Map<String, SinkRunner> runners = new LinkedHashMap<>();
        for (SinkSettings one : settings) {
            if (runners.put(one.name(), new SinkRunner(one, make(one), context)) != null) {
                timer.shutdownNow();
                throw new IllegalArgumentException("two sinks have the name " + one.name());
            }
        }
        return new Sinks(runners, timer, log);
    }

    /// Checks what a configuration says of a sink, without connecting to anything.
    ///
    /// @throws IllegalArgumentException when its kind is unknown or an option is wrong, naming it
    public static void check(SinkSettings settings) {
        make(settings).close();
    }

    private static Sink make(SinkSettings settings) {
        return Kinds.sinks().require(settings.kind()).create(settings.options());
    }

    /// All of them, in the order they are configured.
    List<SinkRunner> all() {
        return List.copyOf(runners.values());
    }

    Optional<SinkRunner> find(String name) {
        return Optional.ofNullable(runners.get(name));
    }

    /// Stops sending: what is being sent gets two seconds, and is sent again after the next start
    /// when that was too little.
    @Override
    public void close() {
        commits.close();
        runners.values().forEach(SinkRunner::stop);
        long end = System.nanoTime() + PATIENCE.toNanos();
        runners.values().forEach(runner -> joinUntil(runner, end));
        runners.values().forEach(SinkRunner::abort);
        long last = System.nanoTime() + PATIENCE.toNanos();
        runners.forEach((name, runner) -> {
            if (!joinUntil(runner, last)) {
                LOG.log(System.Logger.Level.WARNING, "sink {0} does not end", name);
            }
        });
        timer.shutdownNow();
    }

    private static boolean joinUntil(SinkRunner runner, long end) {
        return runner.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
}
