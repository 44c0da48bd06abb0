package io.netsentinel.detection.topology;

import io.netsentinel.detection.TopologySettings;
import io.netsentinel.detection.finding.Networks;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tells of hosts, services and pairs inside that were never seen before, when the network has been
/// known for long enough.
final class Newcomers {
    private static final int INFORMATIONAL = 21;
    private static final String WHY = "Informational 21 x confidence High 1.0 = 21";
    private static final Finding.Service NONE = Finding.Service.NONE;

    private final Detector detector;
    private final TopologySettings settings;

    Newcomers(Detector detector, TopologySettings settings) {
        this.detector = detector;
        this.settings = settings;
    }

    /// What is said of one.
    private record Said(
            String key,
            String title,
            String message,
            String tactic,
            String technique,
            String source,
            Optional<String> target,
            Finding.Service service) {}

    void look(
            Graph graph, Graph.Fresh news, Contact contact, Sighting sighting, Findings findings) {
        Duration known = Duration.ofMillis(Math.max(0, contact.first() - graph.since()));
        if (known.compareTo(settings.learning()) < 0) {
            return;
        }
        String age = "in the " + words(known) + " this network is known";
        for (Host host : news.hosts()) {
            if (host.inside()) {
                report(host(host, age), sighting, findings);
            }
        }
        // of a host that is new itself everything is
        if (!news.hosts().isEmpty()) {
            return;
        }
        if (news.service().isPresent() && Networks.inside(contact.destination())) {
            report(service(contact, news.service().get(), age), sighting, findings);
        }
        if (news.edge().map(Edge::inside).orElse(false)) {
            report(edge(contact, age), sighting, findings);
        }
    }

    private void report(Said said, Sighting sighting, Findings findings) {
        if (findings.covers(detector, said.key(), sighting.at())) {
            return;
        }
        findings.report(
                detector,
                new Finding(
                        said.key(),
                        said.title(),
                        said.message(),
                        INFORMATIONAL,
                        WHY,
                        said.tactic(),
                        said.technique(),
                        said.source(),
                        said.target(),
                        said.service(),
                        new Finding.Evidence(
                                sighting.at(),
                                sighting.at(),
                                settings.learning().toMillis(),
                                1,
                                1,
                                "contacts",
                                List.of(
                                        new Finding.Place(
                                                sighting.channel(), sighting.offset())))));
    }

    private static Said host(Host host, String age) {
        return new Said(
                "host " + host.ip(),
                "New host",
                host.ip() + " was not seen before " + age,
                "TA0001",
                "T1200",
                host.ip(),
                Optional.empty(),
                NONE);
    }

    /// One finding for all new services of a host at a time, and for all whom a host turns to.
    private static Said service(Contact contact, Service service, String age) {
        return new Said(
                "services of " + contact.destination(),
                "New service",
                "%s answers at %s port %d, which it did not before %s"
                        .formatted(contact.destination(), service.transport(), service.port(), age),
                "TA0003",
                "T1543",
                contact.destination(),
                Optional.empty(),
                new Finding.Service(service.protocol(), service.port()));
    }

    private static Said edge(Contact contact, String age) {
        return new Said(
                "contacts of " + contact.source(),
                "New contact",
                "%s turned to %s for the first time %s"
                        .formatted(contact.source(), contact.destination(), age),
                "TA0008",
                "T1021",
                contact.source(),
                Optional.of(contact.destination()),
                new Finding.Service(contact.protocol(), contact.port()));
    }

    private static String words(Duration age) {
        return age.toDays() > 1
                ? age.toDays() + " days"
                : age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
    }
}
