package io.netsentinel.detection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The alerts of a query in groups.
///
/// @param groups the worst first, then the largest; at most [#MOST]
/// @param total how many groups there are
/// @param alerts how many alerts were counted
/// @param since empty when all alerts of the query were counted; else the time of the oldest that
///   was: there are older ones, which are not counted
/// @param from where the first part of the trends begins
/// @param to where the last one ends
public record AlertGroups(
        List<AlertGroup> groups,
        int total,
        int alerts,
        Optional<Instant> since,
        Instant from,
        Instant to) {

    /// The most groups of one answer.
    public static final int MOST = 200;

    /// Into how many parts a trend divides its time.
    public static final int PARTS = 24;

    /// Copies the list.
    public AlertGroups {
        groups = List.copyOf(groups);
    }
}
