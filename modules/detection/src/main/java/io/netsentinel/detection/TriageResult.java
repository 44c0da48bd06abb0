package io.netsentinel.detection;

import java.time.Instant;
import java.util.List;

/// What became of a change to one or more alerts. A conflict or an unknown id does not stop the
/// others.
///
/// @param changed the alerts that were changed, with their new state
/// @param conflicts the alerts that were there already
/// @param unknown ids that no kept alert has, or that the user may not see
public record TriageResult(List<Changed> changed, List<Conflict> conflicts, List<String> unknown) {

    public TriageResult {
        changed = List.copyOf(changed);
        conflicts = List.copyOf(conflicts);
        unknown = List.copyOf(unknown);
    }

    /// An alert that was changed.
    ///
    /// @param id the alert
    /// @param former the status it had before
    /// @param status its new status
    /// @param version its new version
    public record Changed(String id, Status former, Status status, int version) {}

    /// An alert that somebody else had changed that way before.
    ///
    /// @param id the alert
    /// @param status the status it has already
    /// @param user who brought it there
    /// @param time when
    public record Conflict(String id, Status status, String user, Instant time) {

        /// One sentence for a person: what it is already, by whom and since when.
        public String message() {
            if (user.isEmpty()) {
                return "the alert is " + status.text() + " already: nobody has changed it yet";
            }
            return "the alert is " + status.text() + " already: " + user + " was first, at " + time;
        }
    }
}
