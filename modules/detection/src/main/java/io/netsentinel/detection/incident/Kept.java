package io.netsentinel.detection.incident;

import io.netsentinel.detection.Incident;

/// An incident as its table holds it.
///
/// @param incident the incident with its history
/// @param rows how many of its members are kept; the rest is only counted
/// @param worst the member key of the kept one that weighs least, `""` without any
/// @param offset where the last event about it stands on its channel
record Kept(Incident incident, int rows, String worst, long offset) {
    /// The most members that are kept with their fields.
    static final int MOST_MEMBERS = 500;

    static final int MOST_HISTORY = 500;

    /// Whether a member of that key would be kept.
    boolean takes(String memberKey) {
        return rows < MOST_MEMBERS || memberKey.compareTo(worst) < 0;
    }
}
