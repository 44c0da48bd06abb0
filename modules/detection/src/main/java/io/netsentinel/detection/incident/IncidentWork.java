package io.netsentinel.detection.incident;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentChange;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.queuing.StoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one batch of events does to the tables of incidents.
final class IncidentWork {
    private static final byte[] NOTHING = new byte[0];

    private final Overlay rows;
    private final Overlay members;
    private final Overlay keys;
    private final Overlay joins;
    private final Overlay open;
    private final Overlay order;

    IncidentWork(IncidentTables tables) {
        this.rows = new Overlay(tables.rows());
        this.members = new Overlay(tables.members());
        this.keys = new Overlay(tables.keys());
        this.joins = new Overlay(tables.joins());
        this.open = new Overlay(tables.open());
        this.order = new Overlay(tables.order());
    }

    void apply(JsonNode event, long offset) {
        JsonNode state = event.path("ns").path("incident");
        String id = state.path("id").asText();
        Optional<Kept> before = row(id);
        List<IncidentChange> history =
                new ArrayList<>(before.map(kept -> kept.incident().history()).orElse(List.of()));
        JsonNode change = event.path("ns").path("change");
        if (!change.path("action").asText().isEmpty() && history.size() < Kept.MOST_HISTORY) {
            history.add(IncidentJson.readChange(event.path("id").asText(), change));
        }
        int kept = before.map(Kept::rows).orElse(0);
        for (String absorbed : IncidentJson.texts(state.path("absorbed"))) {
            kept += moveMembers(absorbed, id, List.of());
            moveKeys(absorbed, id);
        }
        if (state.has("moved")) {
            kept +=
                    moveMembers(
                            state.path("from").asText(),
                            id,
                            IncidentJson.texts(state.path("moved")));
        }
        if (state.path("rekeyed").asBoolean()) {
            forgetKeys(id);
        }
        for (JsonNode member : state.path("evidence")) {
            kept += keep(id, IncidentJson.readMember(member), member);
        }
        for (JsonNode key : state.path("keys")) {
            lead(
                    key.path("key").asText(),
                    new Span(id, key.path("first").asLong(), key.path("last").asLong()));
        }
        kept -= evict(id, kept - Kept.MOST_MEMBERS);
        before.ifPresent(old -> order.delete(IncidentTables.orderKey(old)));
        Incident incident = IncidentJson.read(state, history);
        put(new Kept(incident, kept, kept >= Kept.MOST_MEMBERS ? members.last(id) : "", offset));
    }

    /// Whether this batch holds something about it.
    boolean touched(String id) {
        return rows.changed(id);
    }

    private Optional<Kept> row(String id) {
        return rows.get(id).map(IncidentJson::readKept);
    }

    private void put(Kept kept) {
        String id = kept.incident().id();
        rows.put(id, IncidentJson.write(kept));
        if (kept.incident().mergedInto().isEmpty()) {
            order.put(IncidentTables.orderKey(kept), NOTHING);
        }
        if (kept.incident().open()) {
            open.put(id, NOTHING);
        } else {
            open.delete(id);
        }
    }

    private int keep(String id, IncidentMember member, JsonNode json) {
        String key = IncidentTables.memberKey(id, member);
        int more = members.get(key).isEmpty() ? 1 : 0;
        members.put(key, IncidentJson.bytes(json));
        return more;
    }

    private int evict(String id, int tooMany) {
        for (int i = 0; i < tooMany; i++) {
            members.delete(members.last(id));
        }
        return Math.max(tooMany, 0);
    }

    /// @param ids only these; empty for all
    /// @return how many are new where they went
    private int moveMembers(String from, String to, List<String> ids) {
        int moved = 0;
        for (var member : members.of(from).entrySet()) {
            JsonNode json = IncidentJson.tree(member.getValue());
            if (ids.isEmpty() || ids.contains(json.path("event").path("id").asText())) {
                members.delete(member.getKey());
                moved += keep(to, IncidentJson.readMember(json), json);
            }
        }
        if (!ids.isEmpty()) {
            int gone = moved;
            row(from)
                    .ifPresent(kept ->
                            rows.put(
                                    from,
                                    IncidentJson.write(
                                            new Kept(
                                                    kept.incident(),
                                                    kept.rows() - gone,
                                                    "",
                                                    kept.offset()))));
        }
        return moved;
    }

    private void moveKeys(String from, String to) {
        for (String join : joins.of(from).keySet()) {
            String key = join.substring(from.length() + 1);
            List<Span> after = new ArrayList<>();
            for (Span span : Span.read(keys.get(key))) {
                after.add(span.incident().equals(from) ? span.of(to) : span);
            }
            keys.put(key, Span.write(after));
            joins.delete(join);
            joins.put(to + "/" + key, NOTHING);
        }
    }

    private void forgetKeys(String id) {
        for (String join : joins.of(id).keySet()) {
            String key = join.substring(id.length() + 1);
            List<Span> left =
                    Span.read(keys.get(key)).stream()
                            .filter(span -> !span.incident().equals(id))
                            .toList();
            if (left.isEmpty()) {
                keys.delete(key);
            } else {
                keys.put(key, Span.write(left));
            }
            joins.delete(join);
        }
    }

    private void lead(String key, Span span) {
        keys.put(key, Span.write(Span.with(Span.read(keys.get(key)), span)));
        joins.put(span.incident() + "/" + key, NOTHING);
    }

    /// Retention has taken everything about it from the log.
    void forget(Kept kept) {
        String id = kept.incident().id();
        members.of(id).keySet().forEach(members::delete);
        forgetKeys(id);
        order.delete(IncidentTables.orderKey(kept));
        open.delete(id);
        rows.delete(id);
    }

    void writeTo(StoreBatch batch) {
        List.of(rows, members, keys, joins, open, order).forEach(each -> each.writeTo(batch));
    }
}
