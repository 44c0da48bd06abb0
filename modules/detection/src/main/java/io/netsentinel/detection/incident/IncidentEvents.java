package io.netsentinel.detection.incident;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.detection.RiskSum;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Events of the channel `incidents`. Each holds the whole state of its incident under
/// `ns.incident` and what is new: evidence, keys, and under `ns.change` who did what.
final class IncidentEvents {
    /// Incidents weigh more than what they are made of.
    private static final int PRIORITY = 2;

    private static final int MEMBERS = 50;
    private static final int KEYS = 200;

    private IncidentEvents() {}

    /// What correlation found out about an incident.
    static List<Entry> of(Draft draft, Instant now) {
        Incident state = draft.state();
        String action = draft.isNew() ? "opened" : "evidence";
        List<IncidentMember> members = draft.added();
        List<Map.Entry<String, Span>> keys = keys(draft);
        List<Entry> entries = new ArrayList<>();
        int parts = Math.max(1, Math.max(parts(members.size(), MEMBERS), parts(keys.size(), KEYS)));
        for (int part = 0; part < parts; part++) {
            boolean begin = part == 0;
            List<IncidentMember> some = part(members, part, MEMBERS);
            List<Map.Entry<String, Span>> more = part(keys, part, KEYS);
            entries.add(
                    entry(
                            begin ? action : "evidence",
                            state,
                            now,
                            event -> {
                                ObjectNode incident = incident(event);
                                members(incident, some);
                                keys(incident, more);
                                if (begin && !draft.absorbed().isEmpty()) {
                                    draft.absorbed().forEach(incident.putArray("absorbed")::add);
                                }
                                if (begin && draft.isNew()) {
                                    change(event, state, new Told("opened", "", "", ""), now);
                                }
                            }));
        }
        return entries;
    }

    private static int parts(int size, int most) {
        return (size + most - 1) / most;
    }

    private static <T> List<T> part(List<T> all, int part, int most) {
        return all.subList(
                Math.min(all.size(), part * most), Math.min(all.size(), (part + 1) * most));
    }

    static List<Map.Entry<String, Span>> keys(Draft draft) {
        List<Map.Entry<String, Span>> keys = new ArrayList<>();
        draft.spans()
                .forEach((key, spans) -> spans.forEach(span -> keys.add(Map.entry(key, span))));
        return keys;
    }

    /// Who did what.
    ///
    /// @param user `""` for the server
    /// @param detail what it led to
    record Told(String action, String user, String note, String detail) {}

    static Entry entry(String action, Incident state, Instant now, Consumer<ObjectNode> more) {
        ObjectNode event = IncidentJson.JSON.createObjectNode();
        event.put("id", Ulid.next());
        event.put("@timestamp", now.toString());
        event.put("message", state.title());
        ObjectNode kind = event.putObject("event");
        kind.put("kind", "state");
        kind.put("module", "netsentinel");
        kind.put("dataset", IncidentProjection.DATASET);
        kind.put("action", action);
        ObjectNode ns = event.putObject("ns");
        ns.put("score", state.score());
        ns.put("severity", state.severity().text());
        ns.put("score_why", RiskSum.why(state.scores()));
        ns.put("incident_id", state.id());
        ns.set("incident", IncidentJson.state(state));
        more.accept(event);
        return new Entry(Channel.INCIDENTS, IncidentJson.bytes(event), PRIORITY, 0);
    }

    static void change(ObjectNode event, Incident state, Told told, Instant now) {
        ObjectNode change = event.withObject("/ns/change");
        change.put("id", state.id());
        change.put("action", told.action());
        change.put("user", told.user());
        change.put("time", now.toString());
        change.put("note", told.note());
        change.put("detail", told.detail());
        change.put("version", state.version());
        change.put("status", state.status().text());
    }

    static ObjectNode incident(ObjectNode event) {
        return event.withObject("/ns/incident");
    }

    static void members(ObjectNode incident, List<IncidentMember> members) {
        ArrayNode evidence = incident.putArray("evidence");
        members.forEach(member -> evidence.add(IncidentJson.member(member)));
    }

    static void keys(ObjectNode incident, List<Map.Entry<String, Span>> keys) {
        ArrayNode out = incident.putArray("keys");
        for (Map.Entry<String, Span> key : keys) {
            ObjectNode one = out.addObject();
            one.put("key", key.getKey());
            one.put("first", key.getValue().first());
            one.put("last", key.getValue().last());
        }
    }
}
