package io.netsentinel.detection.finding;

import io.netsentinel.detection.Indicators;
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

/// Names that are asked for or called, and addresses that are talked to, which a list calls bad.
final class IndicatorDetector implements Detector {
    private static final List<String> NAMES =
            List.of(Fields.DNS_QUESTION_NAME, Fields.TLS_CLIENT_SERVER_NAME, Fields.URL_DOMAIN);

    private final Indicators indicators;

    IndicatorDetector(Indicators indicators) {
        this.indicators = indicators;
    }

    @Override
    public String name() {
        return "indicator";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK);
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                Fields.DNS_QUESTION_NAME,
                Fields.TLS_CLIENT_SERVER_NAME,
                Fields.URL_DOMAIN,
                Fields.SOURCE_IP,
                Fields.DESTINATION_IP);
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        if (indicators.isEmpty()) {
            return;
        }
        Event event = sighting.event();
        String source = event.text(Fields.SOURCE_IP);
        String destination = event.text(Fields.DESTINATION_IP);
        for (String field : NAMES) {
            String name = event.text(field);
            if (!name.isEmpty()) {
                indicators
                        .domain(name)
                        .ifPresent(
                                listed -> report(listed, source, destination, sighting, findings));
            }
        }
        indicators
                .address(destination)
                .ifPresent(listed -> report(listed, source, destination, sighting, findings));
        indicators
                .address(source)
                .ifPresent(listed -> report(listed, destination, source, sighting, findings));
    }

    /// @param host whom it is about: the one that is not listed
    private void report(
            String listed, String host, String other, Sighting sighting, Findings findings) {
        String key = host + " " + listed;
        if (host.isEmpty() || findings.covers(this, key, sighting.at())) {
            return;
        }
        findings.report(
                this,
                new Finding(
                        key,
                        "Listed name or address: " + listed,
                        host + " has to do with " + listed + ", which is on a list of indicators",
                        Score.MINOR.value(),
                        Score.MINOR.why(),
                        "TA0011",
                        "T1071",
                        host,
                        Optional.of(other).filter(text -> !text.isEmpty()),
                        Service.NONE,
                        new Evidence(
                                sighting.at(),
                                sighting.at(),
                                1_000,
                                1,
                                1,
                                "sightings",
                                List.of(new Place(sighting.channel(), sighting.offset())))));
    }

    @Override
    public int tracked() {
        return 0;
    }

    @Override
    public long evicted() {
        return 0;
    }
}
