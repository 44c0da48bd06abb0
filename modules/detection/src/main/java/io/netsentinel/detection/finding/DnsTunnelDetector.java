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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A client that asks for ever new and long names below one domain: data on its way out or in
/// through the name servers.
final class DnsTunnelDetector implements Detector {
    private static final int DNS = 53;

    /// As much as a name can have, and a weight.
    private static final int LONGEST = 253;

    private final DetectionSettings settings;
    private final Accounts<Distinct> accounts;

    DnsTunnelDetector(DetectionSettings settings) {
        this.settings = settings;
        this.accounts =
                new Accounts<>(
                        settings.tracked(), () -> new Distinct(settings.tunnelWindow().toMillis()));
    }

    @Override
    public String name() {
        return "dns-tunnel";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK);
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                Fields.SOURCE_IP,
                Fields.DESTINATION_IP,
                Fields.DESTINATION_PORT,
                Fields.DNS_QUESTION_NAME,
                Fields.DNS_TYPE);
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        Event event = sighting.event();
        String client = event.text(Fields.SOURCE_IP);
        String name = event.text(Fields.DNS_QUESTION_NAME);
        if (name.isEmpty() || client.isEmpty() || event.text(Fields.DNS_TYPE).equals("answer")) {
            return;
        }
        Optional<DomainName> domain = DomainName.parse(name.toLowerCase(Locale.ROOT));
        if (domain.isEmpty() || domain.get().below().isEmpty()) {
            return;
        }
        String key = client + " " + domain.get().registered();
        Distinct names = accounts.of(key);
        int length = Math.min(domain.get().below().length(), LONGEST);
        boolean fresh = names.add(Distinct.thing(length, domain.get().below()), sighting);
        // a tunnel is made of long names: the next of them looks at the short ones too
        if (!fresh
                || length <= settings.tunnelLength()
                || findings.covers(this, key, sighting.at())) {
            return;
        }
        Distinct.Count count = names.fullest(sighting.at(), settings.tunnelNames());
        if (count.count() >= settings.tunnelNames()
                && count.meanWeight() > settings.tunnelLength()) {
            findings.report(this, finding(key, domain.get(), sighting, names, count));
        }
    }

    private Finding finding(
            String key,
            DomainName domain,
            Sighting sighting,
            Distinct names,
            Distinct.Count count) {
        Event event = sighting.event();
        String client = event.text(Fields.SOURCE_IP);
        String server = event.text(Fields.DESTINATION_IP);
        return new Finding(
                key,
                domain.registered().equals(DomainName.NONE)
                        ? "DNS tunnel without a domain"
                        : "DNS tunnel through " + domain.registered(),
                "%s asked for %d different names below %s within %d s, %.0f characters long on average"
                        .formatted(
                                client,
                                count.count(),
                                domain.registered(),
                                settings.tunnelWindow().toSeconds(),
                                count.meanWeight()),
                Score.MAJOR.value(),
                Score.MAJOR.why(),
                "TA0011",
                "T1071.004",
                client,
                server.isEmpty() ? Optional.empty() : Optional.of(server),
                new Service("dns", (int) event.number(Fields.DESTINATION_PORT, DNS)),
                new Evidence(
                        Math.min(count.first(), sighting.at()),
                        sighting.at(),
                        settings.tunnelWindow().toMillis(),
                        count.count(),
                        settings.tunnelNames(),
                        "names",
                        names.places()));
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
