package io.netsentinel.detection.incident;

import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An alert or finding as correlation sees it.
final class Evidence {
    /// What findings of the detectors say they are.
    static final String FINDING = "netsentinel.finding";

    private static final int CRITICAL = 74;

    /// Findings up to this score only report what is out of the ordinary.
    private static final int LOW = 21;

    /// What an incident keeps of an event: what pages show, what joins, and what a permission may
    /// look at.
    private static final List<String> KEPT =
            List.of(
                    Fields.ID,
                    Fields.TIMESTAMP,
                    Fields.MESSAGE,
                    Fields.EVENT_MODULE,
                    Fields.EVENT_DATASET,
                    Fields.EVENT_SEVERITY,
                    Fields.EVENT_RISK_SCORE_NORM,
                    Fields.OBSERVER_NAME,
                    Fields.NETWORK_TRANSPORT,
                    Fields.NETWORK_PROTOCOL,
                    Fields.NETWORK_COMMUNITY_ID,
                    Fields.FLOW_ID,
                    Fields.SESSION_ID,
                    Fields.SOURCE_IP,
                    Fields.SOURCE_PORT,
                    Fields.SOURCE_GEO_COUNTRY_ISO_CODE,
                    Fields.DESTINATION_IP,
                    Fields.DESTINATION_PORT,
                    Fields.DESTINATION_GEO_COUNTRY_ISO_CODE,
                    Fields.RULE_ID,
                    Fields.RULE_NAME,
                    Fields.RULE_CATEGORY,
                    Fields.RULE_RULESET,
                    Fields.THREAT_TACTIC_ID,
                    Fields.THREAT_TECHNIQUE_ID,
                    Fields.VULNERABILITY_ID,
                    Fields.NS_DIRECTION,
                    Fields.NS_SEVERITY,
                    Fields.NS_SCORE,
                    Fields.NS_SCORE_WHY,
                    Fields.NS_DEDUP_KEY);

    private final Event event;
    private final String channel;
    private final long time;
    private final List<String> keys;
    private final String family;
    private final Set<String> incidents = new HashSet<>();
    private boolean promoted;

    Evidence(Event whole, String channel, JoinKeys join) {
        Event.Builder kept = Event.builder();
        for (String field : KEPT) {
            whole.value(field).ifPresent(value -> kept.put(field, value));
        }
        this.event = kept.build();
        this.channel = channel;
        this.time = event.timestamp().toEpochMilli();
        this.keys = join.of(event);
        this.family = RuleFamily.of(event.text(Fields.RULE_NAME));
    }

    static boolean finding(Event event) {
        return event.text(Fields.EVENT_DATASET).equals(FINDING);
    }

    Event event() {
        return event;
    }

    String id() {
        return event.id();
    }

    /// Event time, epoch milliseconds.
    long time() {
        return time;
    }

    /// Whether it lies at most `window` milliseconds from a moment.
    boolean near(long moment, long window) {
        return Math.abs(time - moment) <= window;
    }

    /// What joins it to others, the strongest first.
    List<String> keys() {
        return keys;
    }

    String family() {
        return family;
    }

    int score() {
        return event.score();
    }

    String rule() {
        return event.text(Fields.RULE_ID);
    }

    Incident.Lead lead() {
        return new Incident.Lead(score(), event.timestamp(), id());
    }

    /// Whether it opens an incident by itself.
    boolean opens(int from) {
        if (finding(event)) {
            return score() > LOW;
        }
        if (score() >= CRITICAL || RuleFamily.counted(family)) {
            return true;
        }
        return score() >= from && !RuleFamily.reportsUse(family) && !RuleFamily.informs(family);
    }

    /// Whether it opens one when a rule of another family says something about the same flow.
    boolean opensWith(Evidence other, int from) {
        return score() >= from
                && RuleFamily.reportsUse(family)
                && !other.family.equals(family)
                && !other.family.equals("SURICATA")
                && !flow().isEmpty()
                && flow().equals(other.flow());
    }

    /// The flow by its sensor, `""` when the sensor told none.
    String flow() {
        return keys.isEmpty() || !keys.getFirst().startsWith("f|") ? "" : keys.getFirst();
    }

    /// One rule between the same hosts; `""` when repeating does not make it worth more.
    String repetition() {
        if (RuleFamily.informs(family) || RuleFamily.reportsUse(family)) {
            return "";
        }
        return event.text(Fields.NS_DEDUP_KEY);
    }

    /// Marks it as something that opens incidents from now on.
    void promote() {
        promoted = true;
    }

    boolean promoted() {
        return promoted;
    }

    /// Whether it was not in this incident yet; from now on it is.
    boolean join(String incident) {
        return incidents.add(incident);
    }

    boolean in(String incident) {
        return incidents.contains(incident);
    }

    IncidentMember member(boolean opener) {
        return new IncidentMember(channel, opener, event);
    }
}
