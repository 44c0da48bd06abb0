package io.netsentinel.detection.incident;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;

/// What an incident is called: the rule that weighs most, and between whom.
final class Titles {
    private static final int MOST = 160;

    private Titles() {}

    static String of(Event event) {
        String what = RuleFamily.plainName(event.text(Fields.RULE_NAME));
        if (what.isEmpty()) {
            what = event.text(Fields.MESSAGE);
        }
        if (what.length() > MOST) {
            what = what.substring(0, MOST - 1) + "…";
        }
        boolean answer = event.text(Fields.NS_DIRECTION).equals("to_client");
        String from = event.text(answer ? Fields.DESTINATION_IP : Fields.SOURCE_IP);
        String to = event.text(answer ? Fields.SOURCE_IP : Fields.DESTINATION_IP);
        if (from.isEmpty() || from.equals(to)) {
            return to.isEmpty() ? what : what + " on " + to;
        }
        return what + ": " + from + (to.isEmpty() ? "" : " → " + to);
    }
}
