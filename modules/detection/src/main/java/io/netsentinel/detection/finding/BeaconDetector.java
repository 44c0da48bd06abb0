package io.netsentinel.detection.finding;

import io.netsentinel.detection.AnomalySettings;
import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Finding.Evidence;
import io.netsentinel.detection.spi.Finding.Service;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A host inside that turns to one outside as regularly as a clock. Many harmless programs do, so
/// it is only told of, and opens nothing.
final class BeaconDetector implements Detector {
    /// Regularity is worked out at every so manyth connection.
    private static final int STEP = 4;

    /// One of a page's many requests is no beat.
    private static final long SHORTEST = 5_000;

    private static final Duration AGAIN = Duration.ofDays(1);

    private final AnomalySettings settings;
    private final Accounts<Beats> accounts;

    BeaconDetector(DetectionSettings settings) {
        this.settings = settings.anomalies();
        this.accounts = new Accounts<>(settings.tracked(), Beats::new);
    }

    @Override
    public String name() {
        return "beacon";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK);
    }

    @Override
    public Set<String> fields() {
        Set<String> fields = new TreeSet<>(Attempts.FIELDS);
        fields.add(Fields.SOURCE_BYTES);
        return fields;
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        Event event = sighting.event();
        String source = event.text(Fields.SOURCE_IP);
        String target = event.text(Fields.DESTINATION_IP);
        if (!Attempts.isFlow(event.text(Fields.EVENT_DATASET))
                || source.isEmpty()
                || target.isEmpty()
                || Networks.inside(target)
                || !Networks.inside(source)
                || Networks.many(target)
                || Attempts.unanswered(event)) {
            return;
        }
        long port = event.number(Fields.DESTINATION_PORT, 0);
        String key = source + " " + target + " " + port;
        Beats beats = accounts.of(key);
        beats.add(sighting, event.number(Fields.SOURCE_BYTES, 0));
        if (beats.size() < settings.beaconConnections()
                || beats.size() % STEP != 0
                || beats.told(sighting.at())
                || findings.covers(this, key, sighting.at())) {
            return;
        }
        if (beats.interval() >= SHORTEST && beats.regularity() * 100 >= settings.beaconRegular()) {
            beats.tell(beats.last() + AGAIN.toMillis());
            findings.report(this, finding(key, event, beats));
        }
    }

    private Finding finding(String key, Event event, Beats beats) {
        String source = event.text(Fields.SOURCE_IP);
        String target = event.text(Fields.DESTINATION_IP);
        int port = (int) event.number(Fields.DESTINATION_PORT, 0);
        return new Finding(
                key,
                "Regular connections",
                "%s turned to %s port %d %d times, every %d s, regular to %.0f %%"
                        .formatted(
                                source,
                                target,
                                port,
                                beats.size(),
                                Duration.ofMillis(beats.interval()).toSeconds(),
                                beats.regularity() * 100),
                Score.LOW.value(),
                Score.LOW.why(),
                "TA0011",
                "T1071",
                source,
                Optional.of(target),
                new Service("", port),
                new Evidence(
                        beats.first(),
                        beats.last(),
                        beats.last() - beats.first(),
                        beats.size(),
                        settings.beaconConnections(),
                        "connections",
                        beats.places()));
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
