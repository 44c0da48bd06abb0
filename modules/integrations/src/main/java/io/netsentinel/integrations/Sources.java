package io.netsentinel.integrations;

import io.netsentinel.channels.Hub;
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
    /// @param enrichment what is added to events before that
    /// @throws IllegalArgumentException when a name is there twice, an option is wrong or a format
    ///   is unknown
    public static Sources start(
            Hub hub,
            EventLog log,
            List<InputSettings> settings,
            Sensors sensors,
            HouseRules rules,
            Enrichment enrichment) {
        IngestContext context =
                IngestContext.of(hub::publish, log, sensors, Clock.systemUTC())
                        .with(rules)
                        .with(enrichment);
        return start(context, settings.stream().map(Sources::make).toList());
    }

    static Sources start(IngestContext context, List<Source> sources) {
        Set<String> names = new HashSet<>();
        for (Source source : sources) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException("two sources have the name " + source.name());
            }
        }

        List<SourceRunner> runners =
                sources.stream().map(source -> new SourceRunner(source, context)).toList();
        runners.forEach(SourceRunner::start);
        return new Sources(context, runners);
    }

    /// Checks what a configuration says of a source, without connecting to anything.
    ///
    /// @throws IllegalArgumentException when its kind is unknown or an option is wrong, naming it
    public static void check(InputSettings settings) {
        Source _ = make(settings);
    }

    private static Source make(InputSettings settings) {
        return Kinds.sources().require(settings.kind()).create(settings.options());
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
