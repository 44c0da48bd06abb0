package io.netsentinel.detection.finding;

import io.netsentinel.detection.finding.CountRule.Subject;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Finding.Evidence;
import io.netsentinel.detection.spi.Finding.Place;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Channel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Counts what a [CountRule] says, in the traffic of the network.
final class CountingDetector implements Detector {
    /// Leaves room for late events.
    private static final int ROOM = 4;

    private final CountRule rule;
    private final Accounts<Distinct> different;
    private final Accounts<Times> repeated;

    CountingDetector(CountRule rule, int tracked) {
        this.rule = rule;
        this.different = new Accounts<>(tracked, () -> new Distinct(rule.window().toMillis()));
        this.repeated = new Accounts<>(tracked, () -> new Times(rule.threshold() * ROOM));
    }

    /// That it is enough.
    private record Enough(long first, long last, int count, List<Place> places) {}

    @Override
    public String name() {
        return rule.name();
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK);
    }

    @Override
    public Set<String> fields() {
        return rule.fields();
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        rule.counts()
                .apply(sighting.event())
                .ifPresent(subject ->
                        enough(subject, sighting, findings)
                                .ifPresent(
                                        enough -> findings.report(this, finding(subject, enough))));
    }

    private Optional<Enough> enough(Subject subject, Sighting sighting, Findings findings) {
        if (rule.threshold() == 1) {
            return findings.covers(this, subject.about(), sighting.at())
                    ? Optional.empty()
                    : Optional.of(single(sighting));
        }
        return subject.thing().isPresent()
                ? different(subject, subject.thing().get(), sighting, findings)
                : repeated(subject, sighting, findings);
    }

    private static Enough single(Sighting sighting) {
        Place place = new Place(sighting.channel(), sighting.offset());
        return new Enough(sighting.at(), sighting.at(), 1, List.of(place));
    }

    private Optional<Enough> different(
            Subject subject, Object thing, Sighting sighting, Findings findings) {
        Distinct things = different.of(subject.key());
        if (!things.add(Distinct.thing(0, thing), sighting)
                || findings.covers(this, subject.about(), sighting.at())) {
            return Optional.empty();
        }
        Distinct.Count count = things.fullest(sighting.at(), rule.threshold());
        return count.count() < rule.threshold()
                ? Optional.empty()
                : Optional.of(
                        new Enough(
                                Math.min(count.first(), sighting.at()),
                                sighting.at(),
                                count.count(),
                                things.places()));
    }

    private Optional<Enough> repeated(Subject subject, Sighting sighting, Findings findings) {
        Times times = repeated.of(subject.key());
        times.add(sighting);
        return findings.covers(this, subject.about(), sighting.at())
                ? Optional.empty()
                : times.within(rule.threshold(), rule.window().toMillis())
                        .map(burst ->
                                new Enough(
                                        burst.first(),
                                        burst.last(),
                                        rule.threshold(),
                                        times.places()));
    }

    private Finding finding(Subject subject, Enough enough) {
        CountRule.Words words = rule.words();
        return new Finding(
                subject.about(),
                words.title(),
                words.message().of(subject, enough.count()),
                words.score().value(),
                words.score().why(),
                words.tactic(),
                words.technique(),
                subject.source(),
                subject.target(),
                subject.service(),
                new Evidence(
                        enough.first(),
                        enough.last(),
                        rule.window().toMillis(),
                        enough.count(),
                        rule.threshold(),
                        rule.unit(),
                        enough.places()));
    }

    @Override
    public int tracked() {
        return different.size() + repeated.size();
    }

    @Override
    public long evicted() {
        return different.evicted() + repeated.evicted();
    }
}
