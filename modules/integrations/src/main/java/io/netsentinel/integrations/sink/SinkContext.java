package io.netsentinel.integrations.sink;

import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.tracing.Tracing;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/// What every sink works with.
///
/// @param log what is sent
/// @param publish writes places, notices and dead letters, and answers after the commit
/// @param clock for times people see
/// @param timer ends deliveries that take too long
/// @param tracing what follows events
public record SinkContext(
        EventLog log,
        Function<Append, CompletableFuture<Appended>> publish,
        Clock clock,
        ScheduledExecutorService timer,
        Tracing tracing) {}
