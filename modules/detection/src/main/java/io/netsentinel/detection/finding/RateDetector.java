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
import java.util.Optional;
import java.util.Set;

/// Of a sensor, on a channel or of a host inside come many more events than usual, for some
/// minutes. It is told of, and opens nothing: more is not worse.
final class RateDetector implements Detector {
    private static final String STATE = "state";

    private final AnomalySettings settings;
    private final Rate.Limits limits;
    private final Accounts<Rate> accounts;

    RateDetector(DetectionSettings settings) {
        this.settings = settings.anomalies();
        this.limits =
                new Rate.Limits(
                        this.settings.rateDeviation() / 10.0,
                        this.settings.rateMinutes(),
                        this.settings.rateLeast());
        this.accounts = new Accounts<>(settings.tracked(), Rate::new);
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
        count("channel " + sighting.channel(), "", sighting, findings);
        // channels are read one after the other: only what is on one is in order
        String on = " on " + sighting.channel();
        String sensor = event.text(Fields.OBSERVER_NAME);
        if (!sensor.isEmpty()) {
            count("sensor " + sensor + on, "", sighting, findings);
        }
        String source = event.text(Fields.SOURCE_IP);
        if (!source.isEmpty() && Networks.inside(source)) {
            count("host " + source + on, source, sighting, findings);
        }
    }

    private void count(String whose, String source, Sighting sighting, Findings findings) {
        // when it was written: a flow that is told of late is no event of long ago
        accounts.of(whose)
                .add(sighting.event().timestamp().toEpochMilli(), limits)
                .ifPresent(odd -> report(whose, source, odd, sighting, findings));
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
        return accounts.size();
    }

    @Override
    public long evicted() {
        return accounts.evicted();
    }
}
