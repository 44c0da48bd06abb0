package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.detection.Timeline;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Severity;
import io.netsentinel.integrations.SensorCondition;
import io.netsentinel.integrations.SensorHealth;
import io.netsentinel.integrations.SensorStatus;
import io.netsentinel.integrations.Sensors;
import io.netsentinel.integrations.Sources;
import io.netsentinel.transport.Connections;
import io.netsentinel.transport.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The figures of the overview. What nobody else keeps a history of is sampled here, every ten
/// seconds, for the sparklines.
final class Figures implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Figures.class.getName());
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final int PACES_PER_SAMPLE = 5;
    private static final int SAMPLES = 90;

    private final Web web;
    private final Optional<Sensors> sensors;
    private final Optional<SensorHealth> health;
    private final Optional<Sources> sources;
    private final Optional<Connections> connections;
    private final Thread sampler = Thread.ofVirtual().name("webui-figures").unstarted(this::run);
    private final Trend rateTrend = new Trend(SAMPLES);
    private final Trend criticalTrend = new Trend(SAMPLES);
    private final Trend sensorTrend = new Trend(SAMPLES);
    private final Trend clientTrend = new Trend(SAMPLES);
    private final RateOfChange rate = new RateOfChange(PACES_PER_SAMPLE);
    private int paces;

    Figures(Web web, Services services) {
        this.web = web;
        this.sensors = services.find(Sensors.class);
        this.health = services.find(SensorHealth.class);
        this.sources = services.find(Sources.class);
        this.connections = services.find(Connections.class);
    }

    void start() {
        sampler.start();
    }

    @Override
    public void close() {
        sampler.interrupt();
    }

    private void run() {
        try {
            while (true) {
                pace();
                Thread.sleep(PACE);
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    private void pace() {
        try {
            long events = Web.SENSOR_CHANNELS.stream().mapToLong(this::tail).sum();
            rate.add(System.nanoTime(), events);
            if (paces++ % PACES_PER_SAMPLE == 0) {
                rateTrend.add(rate.perSecond());
                criticalTrend.add((double) web.alerts().open().of(Severity.CRITICAL));
                sensorTrend.add((double) reporting(statuses()));
                clientTrend.add((double) clients());
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the figures of the overview could not be read",
                    e);
        }
    }

    private long tail(String channel) {
        return web.hub().channel(channel).map(ChannelInfo::tail).orElse(0L);
    }

    private long clients() {
        return connections.map(Connections::size).orElse(0);
    }

    private List<SensorStatus> statuses() {
        return sensors.map(Sensors::statuses).orElse(List.of());
    }

    private static long reporting(List<SensorStatus> statuses) {
        return statuses.stream()
                .filter(status -> status.state() == SensorStatus.State.REPORTING)
                .count();
    }

    /// The strip of numbers. What was sampled of alerts is of all of them, so it is not shown to
    /// whoever may see only some.
    ///
    /// @param open the open alerts this identity may see
    List<OverviewModel.Kpi> kpis(Identity who, OpenCounts open) {
        Instant now = web.now();
        Timeline alerts =
                web.alerts()
                        .timeline(
                                who,
                                now.minus(Duration.ofMinutes(15)),
                                now,
                                Duration.ofSeconds(10));
        double[] arrivals = alerts.buckets().stream().mapToDouble(Figures::sum).toArray();
        List<SensorStatus> statuses = statuses();
        long critical = open.of(Severity.CRITICAL);
        return List.of(
                OverviewModel.Kpi.of(
                        "kpi-rate",
                        "Events per second",
                        Numbers.rate(rate.perSecond()),
                        "",
                        rateTrend.values(),
                        "Events committed to the log in the last ten seconds; the line: 15 minutes"),
                OverviewModel.Kpi.of(
                        "kpi-alerts",
                        "Alerts per minute",
                        Numbers.whole(lastMinute(arrivals)),
                        "",
                        arrivals,
                        "Alerts whose time lies in the last minute; the line: 15 minutes"),
                OverviewModel.Kpi.of(
                                "kpi-critical",
                                "Open critical",
                                Numbers.whole(critical),
                                "",
                                seesAll(who) ? criticalTrend.values() : new double[0],
                                "Critical alerts that are open or escalated; the line: 15 minutes")
                        .hot(critical > 0),
                OverviewModel.Kpi.of(
                        "kpi-sensors",
                        "Sensors reporting",
                        Numbers.whole(reporting(statuses)),
                        "of " + statuses.size(),
                        sensorTrend.values(),
                        "Sensors that have sent something within their usual time, of those that were heard of in the last month"),
                OverviewModel.Kpi.of(
                        "kpi-clients",
                        "Connected clients",
                        Numbers.whole(clients()),
                        "",
                        clientTrend.values(),
                        "Open WebSocket connections of dashboards and other clients; the line: 15 minutes"),
                OverviewModel.Kpi.of(
                                "kpi-delivery",
                                "Delivery p99",
                                "–",
                                "",
                                new double[0],
                                "From the commit in the log to this browser, measured here over the last 500 alerts")
                        .measuredByBrowser());
    }

    private static boolean seesAll(Identity who) {
        return who.rows().isEmpty() && who.mayRead(Channel.ALERTS);
    }

    OverviewModel.Sensors sensors() {
        Map<String, SensorCondition> conditions =
                health.map(SensorHealth::conditions).orElse(Map.of());
        return OverviewModel.Sensors.of(
                statuses().stream()
                        .map(status ->
                                Panels.sensor(
                                        status, Optional.ofNullable(conditions.get(status.name()))))
                        .toList());
    }

    OverviewModel.Sources sources() {
        return Panels.sources(sources.map(Sources::statuses).orElse(List.of()));
    }

    private static double sum(Timeline.Bucket bucket) {
        return bucket.counts().stream().mapToLong(Long::longValue).sum();
    }

    /// The last six whole buckets of ten seconds and the one that has begun.
    private static long lastMinute(double[] arrivals) {
        double sum = 0;
        for (int i = Math.max(0, arrivals.length - 7); i < arrivals.length; i++) {
            sum += arrivals[i];
        }
        return Math.round(sum);
    }
}
