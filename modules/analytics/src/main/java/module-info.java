/// What the server says about itself: figures for people and for Prometheus.
///
/// @uses io.netsentinel.transport.spi.Meter the figures of all modules
/// @provides io.netsentinel.transport.spi.Meter of the process, the log, channels and connections
/// @provides io.netsentinel.transport.spi.Endpoint `/metrics`, `/ws/stats`, `/api/figures`
@org.jspecify.annotations.NullMarked
module io.netsentinel.analytics {
    requires transitive io.netsentinel.transport;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports io.netsentinel.analytics;

    uses io.netsentinel.transport.spi.Meter;

    provides io.netsentinel.transport.spi.Meter with
            io.netsentinel.analytics.ConnectionsMeter,
            io.netsentinel.analytics.ProcessMeter,
            io.netsentinel.analytics.ServerMeter;
    provides io.netsentinel.transport.spi.Endpoint with
            io.netsentinel.analytics.MetricsEndpoint,
            io.netsentinel.analytics.StatsEndpoint,
            io.netsentinel.analytics.HistoryEndpoint;
}
