package io.netsentinel.webui;

import io.netsentinel.integrations.SensorCondition;
import io.netsentinel.integrations.SensorStatus;
import io.netsentinel.integrations.SourceStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Sensors and sources as the overview shows them.
final class Panels {
    private static final double NOTABLE_DROPS = 0.05;

    private Panels() {}

    /// @param condition as it was told last on `system`; empty when it was not heard of since the
    ///   start
    static OverviewModel.Sensor sensor(SensorStatus status, Optional<SensorCondition> condition) {
        boolean reporting = status.state() == SensorStatus.State.REPORTING;
        String trouble = trouble(status, condition);
        String mark = reporting ? trouble.isEmpty() ? "ok" : "warn" : "bad";
        return new OverviewModel.Sensor(
                Visible.of(status.name()),
                mark,
                status.state().text(),
                Numbers.rate(status.eventsPerSecond()),
                trouble,
                hint(status),
                status.lastSeen());
    }

    /// `0.4 % dropped`, `clock ahead`; empty when all is well.
    private static String trouble(SensorStatus status, Optional<SensorCondition> condition) {
        if (status.dropPercent() >= NOTABLE_DROPS) {
            return String.format(Locale.ROOT, "%.1f %% dropped", status.dropPercent());
        }
        return condition
                .map(SensorCondition::state)
                .filter(state -> state.startsWith("clock-"))
                .map(state -> state.replace('-', ' '))
                .orElse("");
    }

    private static String hint(SensorStatus status) {
        String product = status.product().isEmpty() ? "" : Visible.of(status.product()) + ", ";
        String kernel =
                status.kernelPackets().isPresent()
                        ? ", kernel: "
                                + Numbers.whole(status.kernelPackets().getAsLong())
                                + " packets, "
                                + Numbers.whole(status.kernelDrops().orElse(0))
                                + " dropped"
                        : "";
        return product
                + Numbers.count(status.events(), "event")
                + " since the server started"
                + kernel;
    }

    static OverviewModel.Sources sources(List<SourceStatus> statuses) {
        long reading = statuses.stream().filter(status -> mark(status).equals("ok")).count();
        return new OverviewModel.Sources(
                reading + " of " + statuses.size() + " up to date",
                statuses.stream().map(Panels::source).toList());
    }

    private static OverviewModel.Source source(SourceStatus status) {
        return new OverviewModel.Source(
                Visible.of(status.name()),
                Visible.of(status.path()),
                mark(status),
                detail(status),
                Numbers.rate(status.eventsPerSecond()),
                percent(status));
    }

    static String mark(SourceStatus status) {
        return switch (status.state()) {
            case LIVE -> "ok";
            case STARTING, WAITING, BACKLOG -> "warn";
            case PAUSED, FAILED, STOPPED -> "bad";
        };
    }

    private static String detail(SourceStatus status) {
        String state =
                switch (status.state()) {
                    case STARTING -> "starting";
                    case WAITING -> "waiting for " + status.path();
                    case BACKLOG ->
                            Numbers.bytes(status.lagBytes())
                                    + " behind, "
                                    + percent(status)
                                    + " % read";
                    case LIVE ->
                            (status.path().contains("://") ? "listening on " : "following ")
                                    + status.path();
                    case PAUSED -> "paused: the log takes no events";
                    case FAILED -> status.lastError();
                    case STOPPED -> "stopped";
                };
        String dead =
                status.deadLetters() == 0
                        ? ""
                        : ", " + Numbers.count(status.deadLetters(), "line") + " not understood";
        return Visible.of(state + dead);
    }

    private static int percent(SourceStatus status) {
        return status.state() == SourceStatus.State.BACKLOG
                ? (int) Math.min(99, Math.floor(status.progress() * 100))
                : 100;
    }
}
