package io.netsentinel.detection;

import io.netsentinel.events.Severity;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Which incidents to list, and how.
///
/// @param statuses only these; empty means all that are not closed
/// @param severities only these; empty means all
/// @param owner only those of this user; `""` for nobody's; absent for all
/// @param text only those in whose title, hosts, rules or id this text occurs, in any case
/// @param sort the order
/// @param skip how many to leave out at the beginning
/// @param limit the most on a page, 1 to 500
public record IncidentQuery(
        Set<IncidentStatus> statuses,
        Set<Severity> severities,
        Optional<String> owner,
        String text,
        Sort sort,
        int skip,
        int limit) {

    /// The most incidents that one page may hold.
    public static final int MAX_LIMIT = 500;

    /// The order of a list.
    public enum Sort {
        /// The highest score first.
        SCORE,
        /// By the last evidence, newest first.
        NEWEST
    }

    public IncidentQuery {
        statuses =
                statuses.isEmpty()
                        ? EnumSet.complementOf(EnumSet.of(IncidentStatus.CLOSED))
                        : Set.copyOf(statuses);
        severities = severities.isEmpty() ? EnumSet.allOf(Severity.class) : Set.copyOf(severities);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "limit: " + limit + " is not between 1 and " + MAX_LIMIT);
        }
        if (skip < 0) {
            throw new IllegalArgumentException("skip: " + skip + " is negative");
        }
    }

    /// Everything that is not closed, the highest score first.
    public static IncidentQuery open(int limit) {
        return new IncidentQuery(Set.of(), Set.of(), Optional.empty(), "", Sort.SCORE, 0, limit);
    }
}
