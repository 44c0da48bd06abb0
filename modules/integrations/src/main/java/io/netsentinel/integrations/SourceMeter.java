package io.netsentinel.integrations;

import io.netsentinel.integrations.sink.SinkStatus;
import io.netsentinel.transport.Figures;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Meter;

/// The figures of sensors, sources and sinks.
public final class SourceMeter implements Meter {
    private static final String SENSOR = "sensor";
    private static final String SOURCE = "source";
    private static final String SINK = "sink";

    /// For `ServiceLoader`.
    public SourceMeter() {}

    @Override
    public void measure(Services services, Figures figures) {
        services.find(Sensors.class)
                .ifPresent(all -> all.statuses().forEach(one -> sensor(one, figures)));
        services.find(Sources.class)
                .ifPresent(all -> all.statuses().forEach(one -> source(one, figures)));
        services.find(Sinks.class)
                .ifPresent(all -> all.all().forEach(one -> sink(one.status(), figures)));
    }

    private static void sensor(SensorStatus sensor, Figures figures) {
        String name = sensor.name();
        figures.counter(
                "netsentinel_sensor_events_total",
                "Events of a sensor.",
                sensor.events(),
                SENSOR,
                name);
        figures.gauge(
                "netsentinel_sensor_up",
                "1 while a sensor reports, 0 when it is silent.",
                sensor.state() == SensorStatus.State.REPORTING ? 1 : 0,
                SENSOR,
                name);
        figures.gauge(
                "netsentinel_sensor_dropped_ratio",
                "Share of packets the sensor's kernel dropped between its last two reports.",
                sensor.dropPercent() / 100,
                SENSOR,
                name);
    }

    private static void source(SourceStatus source, Figures figures) {
        String name = source.name();
        figures.counter(
                "netsentinel_source_events_total",
                "Events a source has brought in.",
                source.accepted(),
                SOURCE,
                name);
        figures.counter(
                "netsentinel_source_dead_letters_total",
                "Records of a source that could not be read as events and are kept as dead letters.",
                source.deadLetters(),
                SOURCE,
                name);
        figures.counter(
                "netsentinel_source_dropped_total",
                "Datagrams of a source that there was no room for.",
                source.dropped(),
                SOURCE,
                name);
        figures.counter(
                "netsentinel_source_missed_total",
                "Messages of a source that were gone before they could be read, as far as known.",
                source.missed(),
                SOURCE,
                name);
        figures.counter(
                "netsentinel_source_returned_total",
                "Messages of a source this server had sent on itself.",
                source.returned(),
                SOURCE,
                name);
        figures.gauge(
                "netsentinel_source_lag_bytes",
                "Bytes a source has still to read.",
                source.lagBytes(),
                SOURCE,
                name);
        figures.gauge(
                "netsentinel_source_failed",
                "1 while something keeps a source from reading.",
                source.state() == SourceStatus.State.FAILED ? 1 : 0,
                SOURCE,
                name);
    }

    private static void sink(SinkStatus sink, Figures figures) {
        String name = sink.name();
        figures.counter(
                "netsentinel_sink_events_total",
                "Events a sink's target has taken.",
                sink.sent(),
                SINK,
                name);
        figures.counter(
                "netsentinel_sink_retries_total",
                "Deliveries a sink has made again.",
                sink.retried(),
                SINK,
                name);
        figures.counter(
                "netsentinel_sink_failed_total",
                "Events a sink's target refused for good; they are kept as dead letters.",
                sink.failed(),
                SINK,
                name);
        figures.counter(
                "netsentinel_sink_missed_total",
                "Events retention took before a sink could send them.",
                sink.missed(),
                SINK,
                name);
        sink.connections()
                .ifPresent(count ->
                        figures.counter(
                                "netsentinel_sink_connections_total",
                                "Connections a sink's target has answered over: one for as long as it is kept.",
                                count,
                                SINK,
                                name));
        figures.gauge(
                "netsentinel_sink_lag_events",
                "Events a sink has still to send.",
                sink.lag(),
                SINK,
                name);
    }
}
