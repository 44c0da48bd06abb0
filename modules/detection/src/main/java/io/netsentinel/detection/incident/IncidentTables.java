package io.netsentinel.detection.incident;

import io.netsentinel.detection.IncidentMember;
import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The tables behind incidents, all kept by [IncidentProjection].
///
/// @param rows incident id → [Kept]
/// @param members incident id, slash, rank → a member; the rank sorts those that weigh most first
/// @param keys a key of [JoinKeys] → its [Span]s
/// @param joins incident id, slash, key → nothing: which keys lead to an incident
/// @param open incident id → nothing, for those that are not closed
/// @param order time of the last evidence, dash, incident id → nothing, for all that stand by
///   themselves
record IncidentTables(Table rows, Table members, Table keys, Table joins, Table open, Table order) {
    private static final int PAGE = 500;

    private static final String ROWS = "incident-rows";
    private static final String MEMBERS = "incident-members";
    private static final String KEYS = "incident-keys";
    private static final String JOINS = "incident-joins";
    private static final String OPEN = "incident-open";
    private static final String ORDER = "incident-order";

    /// Their names.
    static final Set<String> NAMES = Set.of(ROWS, MEMBERS, KEYS, JOINS, OPEN, ORDER);

    static IncidentTables of(Store store) {
        return new IncidentTables(
                store.table(ROWS),
                store.table(MEMBERS),
                store.table(KEYS),
                store.table(JOINS),
                store.table(OPEN),
                store.table(ORDER));
    }

    Optional<Kept> row(String id) {
        return id.isEmpty() || id.length() > 100
                ? Optional.empty()
                : rows.get(id).map(IncidentJson::readKept);
    }

    /// The members of an incident with their keys, those that weigh most first.
    List<Row> memberRows(String id) {
        return all(members, id);
    }

    List<IncidentMember> members(String id) {
        return memberRows(id).stream().map(row -> IncidentJson.readMember(row.value())).toList();
    }

    /// The keys that lead to an incident.
    List<String> joined(String id) {
        return all(joins, id).stream().map(row -> row.key().substring(id.length() + 1)).toList();
    }

    private static List<Row> all(Table table, String id) {
        List<Row> all = new ArrayList<>();
        String from = id + "/";
        while (true) {
            List<Row> page = table.scan(from, id + "0", PAGE);
            all.addAll(page);
            if (page.size() < PAGE) {
                return all;
            }
            from = page.getLast().key() + "\u0000";
        }
    }

    static String memberKey(String id, IncidentMember member) {
        return id
                + "/"
                + String.format(
                        Locale.ROOT,
                        "%03d%013d-%s",
                        100 - member.event().score(),
                        Math.max(0, member.time().toEpochMilli()),
                        member.id());
    }

    static String orderKey(Kept kept) {
        return String.format(
                        Locale.ROOT, "%013d-", Math.max(0, kept.incident().last().toEpochMilli()))
                + kept.incident().id();
    }
}
