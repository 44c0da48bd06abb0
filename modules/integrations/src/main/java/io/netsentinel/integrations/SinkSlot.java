package io.netsentinel.integrations;

import io.netsentinel.integrations.sink.SinkRunner;
import io.netsentinel.integrations.sink.SinkStatus;
import java.util.Optional;

/// A sink, what runs it, and where it is from.
///
/// @param definition what is stored of one that was made while the server ran
/// @param runner empty when it cannot be run any more
/// @param problem why not
record SinkSlot(
        String name,
        String kind,
        Optional<Definition> definition,
        Optional<SinkRunner> runner,
        String problem) {
    static SinkSlot configured(SinkRunner runner, SinkSettings settings) {
        return new SinkSlot(
                settings.name(), settings.kind(), Optional.empty(), Optional.of(runner), "");
    }

    static SinkSlot made(SinkRunner runner, Definition definition) {
        return new SinkSlot(
                definition.name(),
                definition.kind(),
                Optional.of(definition),
                Optional.of(runner),
                "");
    }

    static SinkSlot broken(Definition definition, String problem) {
        return new SinkSlot(
                definition.name(),
                definition.kind(),
                Optional.of(definition),
                Optional.empty(),
                problem);
    }

    void start() {
        runner.ifPresent(SinkRunner::start);
    }

    SinkStatus status() {
        return runner.map(SinkRunner::status)
                .orElseGet(() -> SinkStatus.broken(name, kind, problem));
    }
}
