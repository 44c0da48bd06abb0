package io.netsentinel.queuing;

import java.util.Set;

/// What the tables of the main database mean to a [Purge].
///
/// @param projected tables that projections make of the log: they are made anew when something was
///   removed
/// @param kept tables whose rows stay, because the server works by them: they are only counted
/// @param users tables whose keys are names of users
public record PurgeScope(Set<String> projected, Set<String> kept, Set<String> users) {

    /// Copies the sets.
    public PurgeScope {
        projected = Set.copyOf(projected);
        kept = Set.copyOf(kept);
        users = Set.copyOf(users);
    }
}
