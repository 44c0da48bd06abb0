package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Finding.Evidence;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IsoTime;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.events.Ulid;
import java.time.Instant;
import java.util.List;

/// A finding as it stands on `threats`.
final class FindingEvent {
    static final String DATASET = "netsentinel.finding";

    /// What is said when it is over.
    static final String ENDED = "netsentinel.finding-end";

    private static final String FIRST = "ns.finding.first";
    private static final String LAST = "ns.finding.last";

    private FindingEvent() {}

    /// The name of what goes on, for all detectors.
    static String key(Detector detector, String key) {
        return "ns." + detector.name() + "|" + key;
    }

    static Event of(Detector detector, Finding finding, Instant now) {
        Evidence evidence = finding.evidence();
        Event.Builder event =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .timestamp(Instant.ofEpochMilli(evidence.last()))
                        .put(Fields.EVENT_INGESTED, now)
                        .put(Fields.EVENT_KIND, "alert")
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, DATASET)
                        .put(Fields.EVENT_CATEGORY, List.of("intrusion_detection"))
                        .put(Fields.RULE_ID, "ns." + detector.name())
                        .put(Fields.RULE_NAME, finding.title())
                        .put(Fields.RULE_RULESET, "netsentinel")
                        .put(Fields.MESSAGE, finding.message())
                        .put(Fields.THREAT_TACTIC_ID, List.of(finding.tactic()))
                        .put(Fields.THREAT_TECHNIQUE_ID, List.of(finding.technique()))
                        .putText(Fields.SOURCE_IP, finding.source())
                        .putText(Fields.DESTINATION_IP, finding.target().orElse(""))
                        .putText(Fields.NETWORK_PROTOCOL, finding.service().protocol())
                        .put(Fields.NS_DEDUP_KEY, key(detector, finding.key()))
                        .put("ns.finding.count", (long) evidence.count())
                        .put("ns.finding.threshold", (long) evidence.threshold())
                        .put("ns.finding.unit", evidence.unit())
                        .put("ns.finding.window_ms", evidence.windowMillis())
                        .put(FIRST, Instant.ofEpochMilli(evidence.first()))
                        .put(LAST, Instant.ofEpochMilli(evidence.last()))
                        .put("ns.finding.evidence", places(evidence))
                        .score(new ThreatScore.Score(finding.score(), finding.scoreWhy()));
        if (finding.service().port() > 0) {
            event.put(Fields.DESTINATION_PORT, (long) finding.service().port());
        }
        return event.build();
    }

    /// `channel:offset`, as somebody would ask for it.
    private static List<String> places(Evidence evidence) {
        return evidence.places().stream()
                .map(place -> place.channel() + ":" + place.offset())
                .toList();
    }

    /// That something is over.
    static Event ended(Episodes.Ended ended, Instant now) {
        long seconds = (ended.last() - ended.first()) / 1_000;
        int bar = ended.key().indexOf('|');
        return Event.builder()
                .put(Fields.ID, Ulid.next())
                .timestamp(Instant.ofEpochMilli(ended.last()))
                .put(Fields.EVENT_INGESTED, now)
                .put(Fields.EVENT_KIND, "state")
                .put(Fields.EVENT_MODULE, "netsentinel")
                .put(Fields.EVENT_DATASET, ENDED)
                .put(Fields.EVENT_ACTION, "ended")
                .put(Fields.RULE_ID, ended.key().substring(0, Math.max(bar, 0)))
                .put(
                        Fields.MESSAGE,
                        "%s is over after %d s; it was seen %d times more"
                                .formatted(ended.key(), seconds, ended.more()))
                .putText(Fields.SOURCE_IP, ended.told().source())
                .putText(Fields.DESTINATION_IP, ended.told().target())
                .put(Fields.NS_DEDUP_KEY, ended.key())
                .put("ns.finding.id", ended.told().id())
                .put("ns.finding.more", (long) ended.more())
                .put(FIRST, Instant.ofEpochMilli(ended.first()))
                .put(LAST, Instant.ofEpochMilli(ended.last()))
                .build();
    }

    /// Takes up what was told before this start.
    static void restore(Event event, Episodes episodes) {
        String key = event.text(Fields.NS_DEDUP_KEY);
        switch (event.text(Fields.EVENT_DATASET)) {
            case DATASET ->
                    episodes.begin(
                            key,
                            time(event, FIRST),
                            time(event, LAST),
                            new Episodes.Told(
                                    event.id(),
                                    event.text(Fields.SOURCE_IP),
                                    event.text(Fields.DESTINATION_IP)));
            case ENDED -> {
                episodes.covers(key, time(event, LAST));
                episodes.end(key);
            }
            default -> {
                // a copy of an alert
            }
        }
    }

    private static long time(Event event, String field) {
        String text = event.text(field);
        return text.isEmpty()
                ? event.timestamp().toEpochMilli()
                : IsoTime.parse(text).toEpochMilli();
    }
}
