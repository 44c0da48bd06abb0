package io.netsentinel.detection.finding;

import io.netsentinel.detection.AnomalySettings;
import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Finding.Evidence;
import io.netsentinel.detection.spi.Finding.Place;
import io.netsentinel.detection.spi.Finding.Service;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Of a sensor, on a channel or of a host inside come many more events than usual, for some
/// minutes. It is told of, and opens nothing: more is not worse.
final class RateDetector implements Detector {
    private static final String STATE = "state";

    /// There are fewer sensors than hosts.
    private static final int MOST_SENSORS = 10;

    private final AnomalySettings settings;
    private final Rate.Limits limits;
    private final Map<String, Rates> channels;

    RateDetector(DetectionSettings settings) {
        this.settings = settings.anomalies();
        this.limits =
                new Rate.Limits(
                        this.settings.rateDeviation() / 10.0,
                        this.settings.rateMinutes(),
                        this.settings.rateLeast());
        this.channels =
                channels().stream()
                        .collect(
                                Collectors.toMap(
                                        channel -> channel, _ -> new Rates(settings.tracked())));
    }

    /// Those of one channel: channels are read one after the other, so only what is on one is in
    /// order.
    private static final class Rates {
        private final Rate all = new Rate();
        private final Accounts<Rate> sensors;
        private final Accounts<Rate> hosts;

        Rates(int tracked) {
            this.sensors = new Accounts<>(tracked / MOST_SENSORS, Rate::new);
            this.hosts = new Accounts<>(tracked, Rate::new);
        }
    }

    @Override
    public String name() {
        return "rate";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK, Channel.LOGS, Channel.HONEYPOT, Channel.ALERTS);
    }

    @Override
    public Set<String> fields() {
        return Set.of(Fields.EVENT_KIND, Fields.OBSERVER_NAME, Fields.SOURCE_IP);
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        Event event = sighting.event();
        // what people do to alerts is on their channel too
        if (sighting.channel().equals(Channel.ALERTS) && event.kind().equals(STATE)) {
            return;
        }
        Rates rates = channels.get(sighting.channel());
        if (rates == null) {
            return;
        }
        // when it was written: a flow that is told of late is no event of long ago
        long at = event.timestamp().toEpochMilli();
        rates.all
                .add(at, limits)
                .ifPresent(odd ->
                        report("channel " + sighting.channel(), "", odd, sighting, findings));
        String sensor = event.text(Fields.OBSERVER_NAME);
        if (!sensor.isEmpty()) {
            rates.sensors
                    .of(sensor)
                    .add(at, limits)
                    .ifPresent(odd ->
                            report("sensor " + sensor + on(sighting), "", odd, sighting, findings));
        }
        String source = event.text(Fields.SOURCE_IP);
        if (!source.isEmpty() && Networks.inside(source)) {
            rates.hosts
                    .of(source)
                    .add(at, limits)
                    .ifPresent(odd ->
                            report(
                                    "host " + source + on(sighting),
                                    source,
                                    odd,
                                    sighting,
                                    findings));
        }
    }

    private static String on(Sighting sighting) {
        return " on " + sighting.channel();
    }

    private void report(
            String whose, String source, Rate.Odd odd, Sighting sighting, Findings findings) {
        long end = (odd.window() + 1) * Rate.WINDOW;
        if (findings.covers(this, whose, end)) {
            return;
        }
        findings.report(
                this,
                new Finding(
                        whose,
                        "Many more events than usual",
                        "%s: %d events in a minute, usual are %d; %.1f deviations above, for %d minutes"
                                .formatted(
                                        whose,
                                        odd.count(),
                                        odd.usual(),
                                        odd.deviation(),
                                        settings.rateMinutes()),
                        Score.LOW.value(),
                        Score.LOW.why(),
                        "TA0040",
                        "T1498",
                        source,
                        Optional.empty(),
                        Service.NONE,
                        new Evidence(
                                end - settings.rateMinutes() * Rate.WINDOW,
                                end,
                                settings.rateMinutes() * Rate.WINDOW,
                                odd.count(),
                                settings.rateLeast(),
                                "events",
                                List.of(new Place(sighting.channel(), sighting.offset())))));
    }

    @Override
    public int tracked() {
        return channels.values().stream()
                .mapToInt(each -> each.sensors.size() + each.hosts.size())
                .sum();
    }

    @Override
    public long evicted() {
        return channels.values().stream()
                .mapToLong(each -> each.sensors.evicted() + each.hosts.evicted())
                .sum();
    }
}
