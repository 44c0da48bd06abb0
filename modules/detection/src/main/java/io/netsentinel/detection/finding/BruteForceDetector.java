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

/// Many failed sign-ins of one source at one service.
final class BruteForceDetector implements Detector {
    private static final int ROOM = 4;

    private final DetectionSettings settings;
    private final Accounts<Times> accounts;

    BruteForceDetector(DetectionSettings settings) {
        this.settings = settings;
        this.accounts =
                new Accounts<>(
                        settings.tracked(), () -> new Times(settings.loginAttempts() * ROOM));
    }

    @Override
    public String name() {
        return "brute-force";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK, Channel.LOGS, Channel.HONEYPOT);
    }

    @Override
    public Set<String> fields() {
        return FailedLogin.FIELDS;
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        Event event = sighting.event();
        String source = event.text(Fields.SOURCE_IP);
        Optional<String> service = FailedLogin.service(event);
        if (source.isEmpty() || service.isEmpty()) {
            return;
        }
        String target = target(event);
        String key = source + " " + service.get() + (target.isEmpty() ? "" : " " + target);
        Times times = accounts.of(key);
        times.add(sighting);
        if (findings.covers(this, key, sighting.at())) {
            return;
        }
        long window = settings.loginWindow().toMillis();
        times.within(settings.loginAttempts(), window)
                .ifPresent(burst ->
                        findings.report(
                                this,
                                finding(
                                        new Guessing(key, service.get(), target),
                                        event,
                                        burst,
                                        times)));
    }

    private Finding finding(Guessing what, Event event, Times.Burst burst, Times times) {
        String source = event.text(Fields.SOURCE_IP);
        int attempts = settings.loginAttempts();
        long window = settings.loginWindow().toMillis();
        return new Finding(
                what.key(),
                "Password guessing at " + what.service(),
                "%s failed to sign in at %s%s %d times within %d s"
                        .formatted(
                                source,
                                what.service(),
                                what.target().isEmpty() ? "" : " of " + what.target(),
                                attempts,
                                settings.loginWindow().toSeconds()),
                Score.MAJOR.value(),
                Score.MAJOR.why(),
                "TA0006",
                "T1110",
                source,
                Optional.of(what.target()).filter(target -> !target.isEmpty()),
                new Service(what.service(), (int) event.number(Fields.DESTINATION_PORT, 0)),
                new Evidence(
                        burst.first(),
                        burst.last(),
                        window,
                        attempts,
                        attempts,
                        "failed sign-ins",
                        times.places()));
    }

    /// What is guessed at.
    private record Guessing(String key, String service, String target) {}

    /// A message of a host about itself names no address it was sent to, but the host.
    private static String target(Event event) {
        String address = event.text(Fields.DESTINATION_IP);
        return address.isEmpty() ? event.text(Fields.HOST_HOSTNAME) : address;
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
