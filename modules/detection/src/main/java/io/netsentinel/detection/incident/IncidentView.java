package io.netsentinel.detection.incident;

import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.detection.IncidentPage;
import io.netsentinel.detection.IncidentQuery;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.events.Filter;
import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads incidents for an identity.
///
/// Who may see only some rows sees an incident when every member of it may be seen, and can be
/// looked at: title, hosts and score are made of all of them.
public final class IncidentView {
    private static final int CHUNK = 200;

    /// The most rows one page looks at.
    private static final int MAX_SCAN = 20_000;

    private final IncidentTables tables;

    IncidentView(IncidentTables tables) {
        this.tables = tables;
    }

    /// One incident with its history; empty also when this identity may not see it.
    public Optional<Incident> find(Identity who, String id) {
        return visible(who, id).map(Kept::incident);
    }

    /// The kept members of an incident, those that weigh most first.
    public List<IncidentMember> members(Identity who, String id) {
        return visible(who, id).map(_ -> tables.members(id)).orElse(List.of());
    }

    Optional<Kept> visible(Identity who, String id) {
        return who.mayReadIncidents()
                ? tables.row(id).filter(kept -> shows(who, kept))
                : Optional.empty();
    }

    private boolean shows(Identity who, Kept kept) {
        return who.rows().map(rows -> all(rows, kept)).orElse(true);
    }

    private boolean all(Filter rows, Kept kept) {
        return kept.incident().mergedInto().isEmpty()
                && kept.rows() == kept.incident().members()
                && tables.members(kept.incident().id()).stream()
                        .allMatch(member -> rows.test(member.event()));
    }

    /// The incidents that match and that this identity may see, a page at a time.
    public IncidentPage list(Identity who, IncidentQuery query) {
        if (!who.mayReadIncidents()) {
            return new IncidentPage(List.of(), Optional.empty());
        }
        List<Incident> found = new ArrayList<>();
        int wanted = query.skip() + query.limit() + 1;
        boolean sorted = query.sort() == IncidentQuery.Sort.SCORE;
        for (Kept kept : (Iterable<Kept>) candidates(query)::iterator) {
            if (matches(query, kept.incident()) && shows(who, kept)) {
                found.add(brief(kept.incident()));
                if (!sorted && found.size() == wanted) {
                    break;
                }
            }
        }
        if (sorted) {
            found.sort(
                    Comparator.comparingInt(Incident::score)
                            .thenComparing(Incident::last)
                            .thenComparing(Incident::id)
                            .reversed());
        }
        List<Incident> page = found.stream().skip(query.skip()).limit(query.limit()).toList();
        boolean more = found.size() > query.skip() + query.limit();
        return new IncidentPage(
                page, more ? Optional.of(query.skip() + query.limit()) : Optional.empty());
    }

    private Stream<Kept> candidates(IncidentQuery query) {
        return query.statuses().contains(IncidentStatus.CLOSED)
                        || query.sort() == IncidentQuery.Sort.NEWEST
                ? newest()
                : opened();
    }

    private Stream<Kept> opened() {
        return chunks(tables.open().scan("", Table.END, MAX_SCAN).stream().map(Row::key).toList());
    }

    private Stream<Kept> newest() {
        List<Row> order = tables.order().scanReverse("", Table.END, MAX_SCAN);
        return chunks(
                order.stream()
                        .map(row -> row.key().substring(row.key().indexOf('-') + 1))
                        .toList());
    }

    private Stream<Kept> chunks(List<String> ids) {
        return Stream.iterate(0, at -> at < ids.size(), at -> at + CHUNK)
                .flatMap(at -> {
                    List<String> some = ids.subList(at, Math.min(ids.size(), at + CHUNK));
                    var rows = tables.rows().getAll(some);
                    return some.stream()
                            .filter(rows::containsKey)
                            .map(id -> IncidentJson.readKept(rows.getOrDefault(id, new byte[0])));
                });
    }

    private static boolean matches(IncidentQuery query, Incident incident) {
        return incident.mergedInto().isEmpty()
                && query.statuses().contains(incident.status())
                && query.severities().contains(incident.severity())
                && query.owner().map(incident.owner()::equals).orElse(true)
                && (query.text().isEmpty() || contains(incident, query.text()));
    }

    private static boolean contains(Incident incident, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Stream.of(
                        Stream.of(incident.title(), incident.id(), incident.owner()),
                        incident.hosts().stream(),
                        incident.rules().stream(),
                        incident.techniques().stream())
                .flatMap(each -> each)
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static Incident brief(Incident all) {
        return new Edit(all).brief();
    }
}
