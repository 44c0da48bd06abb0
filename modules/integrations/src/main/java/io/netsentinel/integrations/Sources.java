package io.netsentinel.integrations;

import io.netsentinel.channels.Hub;
import io.netsentinel.integrations.file.FileSource;
import io.netsentinel.integrations.listen.ListenSource;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The configured sources, each on a thread of its own.
public final class Sources implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final IngestContext context;
    private final List<SourceRunner> runners;
    private final Posts posts;

    private Sources(IngestContext context, List<SourceRunner> runners) {
        this.context = context;
        this.runners = runners;
        this.posts = new Posts(context.clock());
    }

    /// Starts all sources and returns at once; a backlog is read in the background.
    ///
    /// @param hub where the events go
    /// @param log where the bookmarks are
    /// @param sensors told of every event that is committed
    /// @param rules what is made of alerts before anybody sees them
    /// @throws IllegalArgumentException when a name is there twice or a format is unknown
    public static Sources start(
            Hub hub,
            EventLog log,
            List<? extends InputSettings> settings,
            Sensors sensors,
            HouseRules rules) {
        IngestContext context =
                IngestContext.of(hub::publish, log, sensors, Clock.systemUTC()).with(rules);
        return start(context, settings);
    }

    static Sources start(IngestContext context, List<? extends InputSettings> settings) {
        Set<String> names = new HashSet<>();
        for (InputSettings source : settings) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException("two sources have the name " + source.name());
            }
        }

        List<SourceRunner> runners =
                settings.stream().map(source -> new SourceRunner(make(source), context)).toList();
        runners.forEach(SourceRunner::start);
        return new Sources(context, runners);
    }

    private static Source make(InputSettings settings) {
        return switch (settings) {
            case SourceSettings file -> new FileSource(file);
            case ListenSettings listen -> new ListenSource(listen);
        };
    }

    /// How all sources are doing: the configured ones, then those that post.
    public List<SourceStatus> statuses() {
        return Stream.concat(runners.stream().map(SourceRunner::status), posts.statuses().stream())
                .toList();
    }

    IngestContext context() {
        return context;
    }

    Posts posts() {
        return posts;
    }

    /// Stops reading and waits until what was read is committed, a few seconds at most.
    @Override
    public void close() {
        runners.forEach(SourceRunner::stop);
        runners.forEach(runner -> runner.join(PATIENCE));
    }
}
