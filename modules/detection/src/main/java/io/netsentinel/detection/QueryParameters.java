package io.netsentinel.detection;

import io.helidon.common.parameters.Parameters;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.events.Severity;
import io.netsentinel.transport.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads the parameters of `GET /api/alerts`: `severity` and `status` (comma-separated), `from`,
/// `to` (ISO 8601), `q`, `filter`, `sort` (`newest`, `severity`), `limit`, `cursor`. A value that
/// cannot be understood is a 400 that names it.
final class QueryParameters {
    private static final int DEFAULT_LIMIT = 100;

    private QueryParameters() {}

    static AlertQuery alerts(Parameters query) {
        AlertQuery all =
                AlertQuery.newest(limit(query))
                        .withSeverities(
                                set(
                                        query,
                                        "severity",
                                        Severity::parse,
                                        "info, low, medium, high, critical"))
                        .withStatuses(
                                set(
                                        query,
                                        "status",
                                        Status::parse,
                                        "open, acknowledged, escalated"))
                        .withRange(
                                time(query, "from", Instant.EPOCH), time(query, "to", Instant.MAX))
                        .withText(query.first("q").orElse(""))
                        .withSort(sort(query));
        Optional<Filter> filter = query.first("filter").asOptional().map(QueryParameters::filter);
        AlertQuery filtered = filter.map(f -> all.withFilters(List.of(f::test))).orElse(all);
        return query.first("cursor")
                .asOptional()
                .map(cursor -> filtered.after(cursor(cursor, filtered)))
                .orElse(filtered);
    }

    static Filter filter(String text) {
        try {
            return Filter.parse(text);
        } catch (FilterException e) {
            throw Problem.badRequest("filter: " + e.getMessage()).with("column", e.column());
        }
    }

    private static <T> Set<T> set(
            Parameters query, String name, Function<String, Optional<T>> parse, String allowed) {
        Set<T> values = new LinkedHashSet<>();
        for (String list : query.contains(name) ? query.all(name) : new ArrayList<String>()) {
            for (String word : list.split(",", -1)) {
                values.add(
                        parse.apply(word.strip())
                                .orElseThrow(() ->
                                        Problem.badRequest(
                                                name
                                                        + ": \""
                                                        + word.strip()
                                                        + "\" is not one of "
                                                        + allowed)));
            }
        }
        return values;
    }

    private static Instant time(Parameters query, String name, Instant absent) {
        Optional<String> text = query.first(name).asOptional();
        try {
            return text.map(Instant::parse).orElse(absent);
        } catch (DateTimeException _) {
            throw Problem.badRequest(
                    name
                            + ": \""
                            + text.orElse("")
                            + "\" is no ISO 8601 time like 2026-06-01T12:00:00Z");
        }
    }

    private static AlertQuery.Sort sort(Parameters query) {
        String name = query.first("sort").orElse("newest");
        return switch (name) {
            case "newest" -> AlertQuery.Sort.NEWEST;
            case "severity" -> AlertQuery.Sort.SEVERITY;
            default ->
                    throw Problem.badRequest(
                            "sort: \"" + name + "\" is not one of newest, severity");
        };
    }

    /// What `by` of `GET /api/alerts/groups` says; signatures when it is absent.
    static GroupBy groupBy(Parameters query) {
        String name = query.first("by").orElse("signature");
        return GroupBy.parse(name)
                .orElseThrow(() ->
                        Problem.badRequest(
                                "by: \""
                                        + name
                                        + "\" is not one of signature, source, destination,"
                                        + " sensor"));
    }

    private static int limit(Parameters query) {
        String text = query.first("limit").orElse(String.valueOf(DEFAULT_LIMIT));
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= AlertQuery.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // the same answer as for a number out of range
        }
        throw Problem.badRequest(
                "limit: \"" + text + "\" is not a number from 1 to " + AlertQuery.MAX_LIMIT);
    }

    private static String cursor(String text, AlertQuery query) {
        String key =
                query.sort() == AlertQuery.Sort.SEVERITY && !text.isEmpty()
                        ? text.substring(1)
                        : text;
        if (!SortKey.valid(key)) {
            throw Problem.badRequest(
                    "cursor: \"" + text + "\" is not the next of a page with this sort");
        }
        return text;
    }
}
