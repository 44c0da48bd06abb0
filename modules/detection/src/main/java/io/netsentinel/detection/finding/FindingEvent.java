package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Finding.Evidence;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.events.Ulid;
import java.time.Instant;
import java.util.List;

/// A finding as it stands on `threats`.
final class FindingEvent {
    static final String DATASET = "netsentinel.finding";

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
                        .put(Fields.SOURCE_IP, finding.source())
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

    /// Takes up what a finding that was told before this start says.
    static void restore(Event event, Episodes episodes) {
        if (event.text(Fields.EVENT_DATASET).equals(DATASET)) {
            episodes.begin(event.text(Fields.NS_DEDUP_KEY), time(event, FIRST), time(event, LAST));
        }
    }

    private static long time(Event event, String field) {
        String text = event.text(field);
        return text.isEmpty()
                ? event.timestamp().toEpochMilli()
                : Instant.parse(text).toEpochMilli();
    }
}
