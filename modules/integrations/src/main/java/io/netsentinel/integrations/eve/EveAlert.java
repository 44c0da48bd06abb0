package io.netsentinel.integrations.eve;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.events.ThreatScore.Exploit;
import io.netsentinel.events.ThreatScore.SuricataAlert;
import io.netsentinel.integrations.record.Conversion;
import java.util.List;

/// Completes an alert: rule set, CVE, ATT&CK, score and the key that groups equal alerts.
final class EveAlert {
    private static final String TAGS = "ns.rule.tags";
    private static final String KNOWN_EXPLOITED = "CISA_KEV";

    private EveAlert() {}

    static void complete(Event.Builder event) {
        String rule = event.text(Fields.RULE_NAME);
        if (!event.has(Fields.VULNERABILITY_ID) && rule.contains("CVE")) {
            Conversion.cve(rule).ifPresent(cve -> event.put(Fields.VULNERABILITY_ID, List.of(cve)));
        }
        event.putText(Fields.RULE_RULESET, ruleset(event.number(Fields.RULE_ID, 0)));
        event.putText(Fields.MESSAGE, rule);
        event.score(
                ThreatScore.suricata(
                        new SuricataAlert(
                                Math.clamp(event.number(Fields.EVENT_SEVERITY, 0), 0, 255),
                                event.text("ns.rule.signature_severity"),
                                event.text("ns.rule.confidence"),
                                event.text(Fields.EVENT_ACTION).equals("blocked"),
                                exploit(event),
                                ThreatScore.reputationList(rule))));
        event.put(
                Fields.NS_DEDUP_KEY,
                event.text(Fields.RULE_ID)
                        + "|"
                        + event.text(Fields.SOURCE_IP)
                        + "|"
                        + event.text(Fields.DESTINATION_IP));
    }

    private static Exploit exploit(Event.Builder event) {
        boolean exploited =
                event.value(TAGS).orElse("") instanceof List<?> tags
                        && tags.contains(KNOWN_EXPLOITED);
        if (exploited) {
            return Exploit.KNOWN_EXPLOITED;
        }
        return event.has(Fields.VULNERABILITY_ID) ? Exploit.CVE : Exploit.NONE;
    }

    /// The rule set by the number ranges that are assigned to them.
    private static String ruleset(long id) {
        if (id >= 2_100_000 && id < 2_104_000) {
            return "gpl";
        }
        if (id >= 2_200_000 && id < 2_300_000) {
            return "suricata";
        }
        if (id >= 2_000_000 && id < 2_800_000) {
            return "et/open";
        }
        return id >= 2_800_000 && id < 2_900_000 ? "et/pro" : "";
    }
}
