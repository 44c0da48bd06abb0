package io.netsentinel.integrations;

import io.netsentinel.channels.Hub;
import io.netsentinel.integrations.file.FileSource;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The configured sources, each on a thread of its own.
public final class Sources implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final List<SourceRunner> runners;

    private Sources(List<SourceRunner> runners) {
        this.runners = runners;
    }

    /// Starts all sources and returns at once; a backlog is read in the background.
    ///
    /// @param hub where the events go
    /// @param log where the bookmarks are
    /// @param sensors told of every event that is committed
    /// @throws IllegalArgumentException when a name is there twice or a format is unknown
    public static Sources start(
            Hub hub, EventLog log, List<SourceSettings> settings, Sensors sensors) {
        return start(
                IngestContext.of(hub::publish, log, sensors, Clock.systemUTC()), settings);
    }

    static Sources start(IngestContext context, List<SourceSettings> settings) {
        Set<String> names = new HashSet<>();
        for (SourceSettings source : settings) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException("two sources have the name " + source.name());
            }
        }

        List<SourceRunner> runners =
                settings.stream()
                        .map(source -> new SourceRunner(new FileSource(source), context))
                        .toList();
        runners.forEach(SourceRunner::start);
        return new Sources(runners);
    }

    /// How all sources are doing.
    public List<SourceStatus> statuses() {
        return runners.stream().map(SourceRunner::status).toList();
    }

    /// Stops reading and waits until what was read is committed, a few seconds at most.
    @Override
    public void close() {
        runners.forEach(SourceRunner::stop);
        runners.forEach(runner -> runner.join(PATIENCE));
    }
}
