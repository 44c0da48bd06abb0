package io.netsentinel.detection;

import io.netsentinel.events.Event;
import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which alerts to list, and how.
///
/// @param severities only these; empty means all
/// @param statuses only these; empty means all
/// @param from only alerts whose event time is not before this
/// @param to only alerts whose event time is before this
/// @param text only alerts in whose signature, addresses, sensor or id this text occurs, in any
///   case; `""` means all
/// @param filters only alerts whose rows satisfy each of these
/// @param sort the order
/// @param cursor where to go on: [AlertPage#next()] of the page before
/// @param limit the most alerts on a page, 1 to 500
public record AlertQuery(
        Set<Severity> severities,
        Set<Status> statuses,
        Instant from,
        Instant to,
        String text,
        List<Predicate<Event>> filters,
        Sort sort,
        Optional<String> cursor,
        int limit) {

    /// The most alerts that one page may hold.
    public static final int MAX_LIMIT = 500;

    /// The order of a list.
    public enum Sort {
        /// By event time, newest first.
        NEWEST,
        /// Critical first, and newest first within a severity.
        SEVERITY
    }

    public AlertQuery {
        severities = severities.isEmpty() ? EnumSet.allOf(Severity.class) : Set.copyOf(severities);
        statuses = statuses.isEmpty() ? EnumSet.allOf(Status.class) : Set.copyOf(statuses);
        filters = List.copyOf(filters);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit: " + limit + " is not between 1 and " + MAX_LIMIT);
        }
    }

    /// All alerts, newest first, `limit` a page.
    public static AlertQuery newest(int limit) {
        return new AlertQuery(
                Set.of(),
                Set.of(),
                Instant.EPOCH,
                Instant.MAX,
                "",
                List.of(),
                Sort.NEWEST,
                Optional.empty(),
                limit);
    }

    /// The same with only these severities; empty means all.
    public AlertQuery withSeverities(Set<Severity> only) {
        return new AlertQuery(only, statuses, from, to, text, filters, sort, cursor, limit);
    }

    /// The same with only these statuses; empty means all.
    public AlertQuery withStatuses(Set<Status> only) {
        return new AlertQuery(severities, only, from, to, text, filters, sort, cursor, limit);
    }

    /// The same between two event times: from inclusive, to exclusive.
    public AlertQuery withRange(Instant start, Instant end) {
        return new AlertQuery(severities, statuses, start, end, text, filters, sort, cursor, limit);
    }

    /// The same with only alerts that hold this text.
    public AlertQuery withText(String search) {
        return new AlertQuery(severities, statuses, from, to, search, filters, sort, cursor, limit);
    }

    /// The same with only alerts that satisfy these filters.
    public AlertQuery withFilters(List<Predicate<Event>> all) {
        return new AlertQuery(severities, statuses, from, to, text, all, sort, cursor, limit);
    }

    /// The same in another order.
    public AlertQuery withSort(Sort order) {
        return new AlertQuery(severities, statuses, from, to, text, filters, order, cursor, limit);
    }

    /// The same from the beginning, newest first, with the largest pages there are.
    public AlertQuery whole() {
        return new AlertQuery(
                severities,
                statuses,
                from,
                to,
                text,
                filters,
                Sort.NEWEST,
                Optional.empty(),
                MAX_LIMIT);
    }

    /// The page after this cursor.
    public AlertQuery after(String next) {
        return new AlertQuery(
                severities, statuses, from, to, text, filters, sort, Optional.of(next), limit);
    }
}
