package io.netsentinel.integrations;

import io.netsentinel.integrations.sink.SinkStatus;

/// How a sink is doing, in short. Counts are since the server started.
///
/// @param name its name
/// @param kind what it is, for example `syslog`
/// @param target where it delivers to
/// @param state `running`, `retrying`, `paused` or `stopped`
/// @param mark `ok`, `warn` or `bad`
/// @param lag events that are there and not dealt with
/// @param eventsPerSecond sent, over the last ten seconds
/// @param sent records the target has taken
/// @param failed records the target refused for good
/// @param lastError what went wrong last, empty when nothing did
public record SinkOutline(
        String name,
        String kind,
        String target,
        String state,
        String mark,
        long lag,
        double eventsPerSecond,
        long sent,
        long failed,
        String lastError) {
    static SinkOutline of(SinkStatus status) {
        return new SinkOutline(
                status.name(),
                status.kind(),
                status.target(),
                status.state().text(),
                switch (status.state()) {
                    case RUNNING -> "ok";
                    case RETRYING, PAUSED -> "warn";
                    case STOPPED -> "bad";
                },
                status.lag(),
                status.eventsPerSecond(),
                status.sent(),
                status.failed(),
                status.lastError());
    }
}
