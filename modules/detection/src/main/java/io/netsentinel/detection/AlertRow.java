package io.netsentinel.detection;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.List;
import java.util.Set;

/// The fields of an alert that a row of the list shows or that people filter by; the rest stays in
/// the log.
final class AlertRow {
    private static final List<String> KEPT =
            List.of(
                    Fields.TIMESTAMP,
                    Fields.EVENT_MODULE,
                    Fields.EVENT_DATASET,
                    Fields.EVENT_KIND,
                    Fields.EVENT_ACTION,
                    Fields.EVENT_SEVERITY,
                    Fields.EVENT_RISK_SCORE_NORM,
                    Fields.OBSERVER_NAME,
                    Fields.NETWORK_TRANSPORT,
                    Fields.NETWORK_PROTOCOL,
                    Fields.NETWORK_COMMUNITY_ID,
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
                    Fields.MESSAGE,
                    Fields.FLOW_ID,
                    Fields.ID,
                    Fields.NS_SEVERITY,
                    Fields.NS_SCORE,
                    Fields.NS_SCORE_WHY,
                    Fields.NS_DEDUP_KEY,
                    Fields.NS_HOUSE_ACTION,
                    Fields.NS_HOUSE_RULE,
                    Fields.NS_HOUSE_REASON);

    private AlertRow() {}

    /// Whether rows have all of these fields, as far as their events have them.
    static boolean holds(Set<String> fields) {
        return KEPT.containsAll(fields);
    }

    static Event of(Event event) {
        return copy(event, Event.builder(), KEPT).build();
    }

    static Event.Builder copy(Event from, Event.Builder to, List<String> fields) {
        for (String field : fields) {
            from.value(field).ifPresent(value -> to.put(field, value));
        }
        return to;
    }
}
