package io.netsentinel.analytics;

import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubStatistics;
import io.netsentinel.queuing.DiskForecast;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogStatistics;
import io.netsentinel.queuing.StorageHealth;
import io.netsentinel.transport.Figures;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Meter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/// The figures of the log and the channels.
public final class ServerMeter implements Meter {
    private static final System.Logger LOG = System.getLogger(ServerMeter.class.getName());

    private static final double NANOS = 1e9;

    /// For `ServiceLoader`.
    public ServerMeter() {}

    @Override
    public void measure(Services services, Figures figures) {
        services.find(EventLog.class).ifPresent(log -> log(log, figures));
        services.find(Hub.class).ifPresent(hub -> hub(hub, figures));
    }

    private static void log(EventLog log, Figures figures) {
        LogStatistics statistics = log.statistics();
        figures.counter("netsentinel_log_events_total", "Events committed.", statistics.events());
        figures.counter(
                "netsentinel_log_bytes_total", "Bytes of events committed.", statistics.bytes());
        figures.counter(
                "netsentinel_log_commits_total",
                "Commits, each of a group of events.",
                statistics.groups());
        figures.counter(
                "netsentinel_log_duplicates_total",
                "Appends answered by their idempotency key.",
                statistics.duplicates());
        figures.counter(
                "netsentinel_log_refused_total",
                "Appends refused because the log was busy or could not be written.",
                statistics.refused());
        figures.gauge(
                "netsentinel_log_queue_events",
                "Events waiting for their commit.",
                statistics.queuedEvents());
        figures.gauge(
                "netsentinel_log_disk_bytes", "Disk space of all events.", statistics.diskBytes());
        try {
            forecast(log.forecast(Instant.now()), figures);
        } catch (UncheckedIOException e) {
            // a disk that is ill must not take all other figures with it
            LOG.log(System.Logger.Level.DEBUG, "the disk cannot be looked at", e);
        }
        figures.gauge("netsentinel_log_segments", "Files of events.", statistics.segments());
        latency("commit", statistics.commit(), figures);
        latency("append", statistics.append(), figures);
        latency("reader_wait", statistics.readerWait(), figures);
        figures.gauge(
                "netsentinel_log_writable",
                "1 while the log can be written to.",
                log.health() instanceof StorageHealth.Ok ? 1 : 0);
    }

    /// What is not known, or does not happen, is not told.
    private static void forecast(DiskForecast forecast, Figures figures) {
        figures.gauge("netsentinel_log_budget_bytes", "retention.max-disk.", forecast.budget());
        figures.gauge(
                "netsentinel_disk_free_bytes",
                "Bytes the log may take before the reserve.",
                forecast.free());
        forecast.perDay()
                .ifPresent(bytes ->
                        figures.gauge(
                                "netsentinel_log_growth_bytes_per_day",
                                "Bytes of events added in a day, as of the last hours or days.",
                                bytes));
        forecast.daysLeft()
                .ifPresent(days ->
                        figures.gauge(
                                "netsentinel_log_full_days",
                                "Days until the disk or retention.max-disk is full.",
                                days));
        forecast.daysKept()
                .ifPresent(days ->
                        figures.gauge(
                                "netsentinel_log_kept_days",
                                "Days events are kept at this growth.",
                                days));
    }

    private static void latency(String step, LogStatistics.Latency latency, Figures figures) {
        String name = "netsentinel_log_" + step + "_seconds";
        String help = "Time of this step of the log since the start.";
        figures.gauge(name, help, seconds(latency.p50()), "quantile", "0.5");
        figures.gauge(name, help, seconds(latency.p99()), "quantile", "0.99");
        figures.gauge(name, help, seconds(latency.max()), "quantile", "1");
    }

    private static void hub(Hub hub, Figures figures) {
        HubStatistics statistics = hub.statistics();
        figures.gauge(
                "netsentinel_subscriptions", "Open subscriptions.", statistics.subscriptions());
        figures.gauge(
                "netsentinel_views",
                "Different channel, filter, permission and format: each is encoded once.",
                statistics.views());
        figures.gauge("netsentinel_hot_bytes", "Bytes of events in memory.", statistics.hotBytes());
        figures.counter(
                "netsentinel_pages_read_total",
                "Pages read from the log for subscriptions.",
                statistics.pagesRead());
        figures.counter(
                "netsentinel_encoded_events_total",
                "Events encoded: once for all who see a channel the same way.",
                statistics.encoded());
        figures.counter(
                "netsentinel_delivered_frames_total",
                "Frames with events given to connections.",
                statistics.frames());
        figures.counter(
                "netsentinel_compression_bytes_total",
                "Bytes of the frames that were compressed, before and after.",
                statistics.plainBytes(),
                "side",
                "plain");
        figures.counter(
                "netsentinel_compression_bytes_total",
                "Bytes of the frames that were compressed, before and after.",
                statistics.compressedBytes(),
                "side",
                "compressed");
        statistics
                .gone()
                .forEach((reason, count) ->
                        figures.counter(
                                "netsentinel_gap_events_total",
                                "Offsets that subscribers were told they would not get.",
                                count,
                                "reason",
                                reason.text()));
        for (ChannelInfo channel : hub.channels()) {
            figures.counter(
                    "netsentinel_delivered_events_total",
                    "Events given to connections.",
                    channel.delivered(),
                    "channel",
                    channel.name());
            figures.gauge(
                    "netsentinel_channel_offset",
                    "Offset of the newest event of a channel.",
                    channel.tail(),
                    "channel",
                    channel.name());
            figures.gauge(
                    "netsentinel_channel_subscribers",
                    "Subscriptions of a channel.",
                    channel.subscribers(),
                    "channel",
                    channel.name());
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }
}
