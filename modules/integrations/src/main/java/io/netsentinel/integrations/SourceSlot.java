package io.netsentinel.integrations;

import io.netsentinel.integrations.spi.Source;
import java.time.Duration;
import java.util.Optional;

/// A source, what runs it, and where it is from. Changed under the lock of [Sources].
final class SourceSlot {
    private final String name;
    private final String kind;
    private final Optional<Definition> definition;
    private final Optional<Source> source;
    private final String problem;
    private volatile Optional<SourceRunner> runner = Optional.empty();
    private volatile boolean paused;

    private SourceSlot(
            String name,
            String kind,
            Optional<Definition> definition,
            Optional<Source> source,
            String problem) {
        this.name = name;
        this.kind = kind;
        this.definition = definition;
        this.source = source;
        this.problem = problem;
    }

    /// A source of the configuration.
    static SourceSlot configured(Source source) {
        return new SourceSlot(
                source.name(), source.kind(), Optional.empty(), Optional.of(source), "");
    }

    /// One that was made while the server ran.
    static SourceSlot made(Definition definition, Source source) {
        return new SourceSlot(
                definition.name(),
                definition.kind(),
                Optional.of(definition),
                Optional.of(source),
                "");
    }

    /// One that was made and cannot be run any more.
    static SourceSlot broken(Definition definition, String problem) {
        return new SourceSlot(
                definition.name(),
                definition.kind(),
                Optional.of(definition),
                Optional.empty(),
                problem);
    }

    String name() {
        return name;
    }

    String kind() {
        return kind;
    }

    Optional<Definition> definition() {
        return definition;
    }

    boolean paused() {
        return paused;
    }

    /// Makes its runner. It begins with [#start()].
    ///
    /// @throws IllegalArgumentException when its format is unknown
    void prepare(IngestContext context, boolean pause) {
        paused = pause;
        runner = source.map(one -> new SourceRunner(one, context));
        if (pause) {
            stop();
        }
    }

    void start() {
        if (!paused) {
            runner.ifPresent(SourceRunner::start);
        }
    }

    void stop() {
        runner.ifPresent(SourceRunner::stop);
    }

    /// Waits until it has ended, but not longer than that.
    ///
    /// @return whether it has
    boolean join(Duration patience) {
        runner.ifPresent(one -> one.join(patience));
        return runner.stream().allMatch(SourceRunner::ended);
    }

    /// Stops it for a while.
    ///
    /// @throws NotChangeableException when it does not end
    void pause(Duration patience) {
        paused = true;
        stop();
        if (!join(patience)) {
            throw new NotChangeableException(
                    "it is told to stop and has not ended yet; it is paused when it has");
        }
    }

    /// Goes on with a new thread and the counts of before.
    ///
    /// @throws NotChangeableException when the thread of before has not ended
    void resume() {
        if (runner.filter(one -> !one.ended()).isPresent()) {
            throw new NotChangeableException("it has not ended yet; try again in a moment");
        }
        runner = runner.map(SourceRunner::again);
        paused = false;
        start();
    }

    /// Why it cannot read; empty when nothing is known against it.
    Optional<String> test() {
        if (source.isEmpty()) {
            return Optional.of(problem);
        }
        return source.get()
                .test()
                // what went wrong with a part of it, some time, is no reason
                .or(() ->
                        Optional.of(status())
                                .filter(now -> !paused && now.state() == SourceStatus.State.FAILED)
                                .map(SourceStatus::lastError));
    }

    SourceStatus status() {
        return runner.map(SourceRunner::status)
                .orElseGet(() -> SourceStatus.broken(name, kind, problem));
    }
}
