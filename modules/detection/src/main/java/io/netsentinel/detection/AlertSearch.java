package io.netsentinel.detection;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Severity;
import io.netsentinel.queuing.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Lists alerts by walking keys downwards, page by page, from the cursor.
final class AlertSearch {
    private static final int CHUNK = 256;

    /// The most rows one call looks at: a filter that matches almost nothing gives its caller a
    /// cursor, not a wait.
    private static final int MAX_SCAN = 20_000;

    private final AlertTables tables;
    private final Triage triage;

    AlertSearch(AlertTables tables, Triage triage) {
        this.tables = tables;
        this.triage = triage;
    }

    /// @param visible whether an alert that matches may be shown
    AlertPage list(AlertQuery query, Predicate<Alert> visible) {
        return query.sort() == AlertQuery.Sort.NEWEST
                ? newest(query, visible)
                : bySeverity(query, visible);
    }

    private AlertPage newest(AlertQuery query, Predicate<Alert> visible) {
        List<Alert> found = new ArrayList<>();
        String upper = upper(query, query.cursor());
        int scanned = 0;
        while (true) {
            Slice slice = candidates(query, upper);
            for (String key : slice.keys()) {
                upper = key;
                scanned++;
                matching(query, slice, key).filter(visible).ifPresent(found::add);
                if (found.size() == query.limit() || scanned >= MAX_SCAN) {
                    return new AlertPage(found, Optional.of(upper));
                }
            }
            if (slice.keys().size() < CHUNK) {
                return new AlertPage(found, Optional.empty());
            }
        }
    }

    /// The alerts that match in groups, of the newest [#MAX_SCAN] rows.
    ///
    /// @param now where the trends end when the query has no end
    AlertGroups groups(AlertQuery query, GroupBy by, Instant now, Predicate<Alert> visible) {
        AlertGrouping grouping = new AlertGrouping(by);
        Instant to = query.to().isAfter(now) ? now : query.to();
        String upper = upper(query, query.cursor());
        int scanned = 0;
        while (true) {
            Slice slice = candidates(query, upper);
            for (String key : slice.keys()) {
                upper = key;
                matching(query, slice, key).filter(visible).ifPresent(grouping::add);
            }
            scanned += slice.keys().size();
            boolean end = slice.keys().size() < CHUNK;
            if (end || scanned >= MAX_SCAN) {
                return grouping.groups(query.from(), to, end);
            }
        }
    }

    /// Keys, newest first, and the rows of those that have one still.
    private record Slice(List<String> keys, Map<String, byte[]> rows) {
        static Slice of(List<Row> rows) {
            Map<String, byte[]> values = HashMap.newHashMap(rows.size());
            rows.forEach(row -> values.put(row.key(), row.value()));
            return new Slice(rows.stream().map(Row::key).toList(), values);
        }
    }

    private AlertPage bySeverity(AlertQuery query, Predicate<Alert> visible) {
        List<Alert> found = new ArrayList<>();
        Optional<String> cursor = query.cursor();
        for (Severity severity : descending(query)) {
            String digit = String.valueOf(Counts.index(severity));
            if (cursor.isPresent() && cursor.get().compareTo(digit) < 0) {
                continue; // this severity was listed in full before
            }
            boolean resume = cursor.isPresent() && cursor.get().startsWith(digit);
            AlertQuery one =
                    new AlertQuery(
                            Set.of(severity),
                            query.statuses(),
                            query.from(),
                            query.to(),
                            query.text(),
                            query.filters(),
                            AlertQuery.Sort.NEWEST,
                            resume ? Optional.of(cursor.get().substring(1)) : Optional.empty(),
                            query.limit() - found.size());
            AlertPage page = newest(one, visible);
            found.addAll(page.alerts());
            if (page.next().isPresent()) {
                return new AlertPage(found, Optional.of(digit + page.next().get()));
            }
        }
        return new AlertPage(found, Optional.empty());
    }

    private static List<Severity> descending(AlertQuery query) {
        return query.severities().stream().sorted(Comparator.reverseOrder()).toList();
    }

    private static String upper(AlertQuery query, Optional<String> cursor) {
        String end = SortKey.from(query.to());
        return cursor.filter(key -> key.compareTo(end) < 0).orElse(end);
    }

    /// The next keys below `upper`, newest first, from the narrowest table that holds every match.
    private Slice candidates(AlertQuery query, String upper) {
        String lower = SortKey.from(query.from());
        if (!query.statuses().contains(Status.OPEN)) {
            return slice(keys(tables.triaged().scanReverse(lower, upper, CHUNK), 0));
        }
        if (query.severities().size() == Counts.SEVERITIES) {
            return Slice.of(tables.rows().scanReverse(lower, upper, CHUNK));
        }
        List<String> merged = new ArrayList<>();
        for (Severity severity : query.severities()) {
            int digit = Counts.index(severity);
            merged.addAll(
                    keys(tables.severities().scanReverse(digit + lower, digit + upper, CHUNK), 1));
        }
        merged.sort(Comparator.reverseOrder());
        return slice(merged.size() > CHUNK ? merged.subList(0, CHUNK) : merged);
    }

    /// All rows in one step: one by one, each would wait for the store.
    private Slice slice(List<String> keys) {
        return new Slice(keys, tables.rows().getAll(keys));
    }

    private static List<String> keys(List<Row> rows, int prefix) {
        return rows.stream().map(row -> row.key().substring(prefix)).toList();
    }

    private Optional<Alert> matching(AlertQuery query, Slice slice, String key) {
        return Optional.ofNullable(slice.rows().get(key))
                .map(AlertJson::read)
                .map(triage::latest)
                .filter(alert -> matches(query, alert));
    }

    private static boolean matches(AlertQuery query, Alert alert) {
        return query.statuses().contains(alert.status())
                && query.severities().contains(alert.event().severity())
                && query.filters().stream().allMatch(filter -> filter.test(alert.event()))
                && (query.text().isEmpty()
                        || contains(alert.event(), query.text().toLowerCase(Locale.ROOT)));
    }

    private static boolean contains(Event event, String text) {
        return List.of(
                        Fields.RULE_NAME,
                        Fields.RULE_ID,
                        Fields.SOURCE_IP,
                        Fields.DESTINATION_IP,
                        Fields.OBSERVER_NAME,
                        Fields.ID,
                        Fields.MESSAGE)
                .stream()
                .anyMatch(field -> event.text(field).toLowerCase(Locale.ROOT).contains(text));
    }
}
