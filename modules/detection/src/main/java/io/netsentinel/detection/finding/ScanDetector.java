package io.netsentinel.detection.finding;

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
import java.util.Optional;
import java.util.Set;

/// A host that knocks at many doors and is let in at none: TCP connections of one source to many
/// different ports or hosts that were not answered, or only with a reset. Of UDP many ports of one
/// host count, not many hosts: what nobody answers is usual there.
final class ScanDetector implements Detector {
    private final DetectionSettings settings;
    private final Accounts<Distinct> accounts;

    ScanDetector(DetectionSettings settings) {
        this.settings = settings;
        this.accounts =
                new Accounts<>(
                        settings.tracked(), () -> new Distinct(settings.scanWindow().toMillis()));
    }

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK);
    }

    @Override
    public Set<String> fields() {
        return Attempts.FIELDS;
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        Event event = sighting.event();
        String source = event.text(Fields.SOURCE_IP);
        String target = event.text(Fields.DESTINATION_IP);
        if (source.isEmpty()
                || target.isEmpty()
                || !Attempts.unanswered(event)
                || Networks.many(target)) {
            return;
        }
        boolean udp = event.text(Fields.NETWORK_TRANSPORT).equals("udp");
        long port = event.number(Fields.DESTINATION_PORT, 0);
        String key = udp ? source + " udp " + target : source;
        Distinct targets = accounts.of(key);
        if (!targets.add(Distinct.thing(0, target, port), sighting)
                || findings.covers(this, key, sighting.at())) {
            return;
        }
        Distinct.Count count = targets.fullest(sighting.at(), settings.scanTargets());
        if (count.count() >= settings.scanTargets()) {
            findings.report(this, finding(key, udp, sighting, targets, count));
        }
    }

    private Finding finding(
            String key, boolean udp, Sighting sighting, Distinct targets, Distinct.Count count) {
        String source = sighting.event().text(Fields.SOURCE_IP);
        boolean inside = Networks.inside(source);
        long seconds = settings.scanWindow().toSeconds();
        return new Finding(
                key,
                udp ? "UDP port scan" : "Port or host scan",
                "%s tried at least %d different targets within %d s and none of them answered"
                        .formatted(source, count.count(), seconds),
                Score.MAJOR.value(),
                Score.MAJOR.why(),
                inside ? "TA0007" : "TA0043",
                inside ? "T1046" : "T1595.001",
                source,
                udp ? Optional.of(sighting.event().text(Fields.DESTINATION_IP)) : Optional.empty(),
                Service.NONE,
                new Evidence(
                        Math.min(count.first(), sighting.at()),
                        sighting.at(),
                        settings.scanWindow().toMillis(),
                        count.count(),
                        settings.scanTargets(),
                        "targets",
                        targets.places()));
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
