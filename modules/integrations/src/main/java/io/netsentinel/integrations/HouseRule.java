package io.netsentinel.integrations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A rule of the house. It is never changed and never deleted, only ended: whoever wants another
/// one makes another one, so what an alert says of its rule stays true.
///
/// @param id its id, a ULID
/// @param action what it does
/// @param match which alerts it means
/// @param expires when it ends by itself
/// @param reason why it is there
/// @param history what was done to it, oldest first; at least its making
public record HouseRule(
        String id,
        HouseAction action,
        HouseMatch match,
        Optional<Instant> expires,
        String reason,
        List<Step> history) {
    /// Of the first step.
    public static final String MADE = "made";

    /// Of the step that ended it.
    public static final String ENDED = "ended";

    /// What somebody did to it.
    ///
    /// @param action `made` or `ended`
    /// @param user who
    /// @param time when
    /// @param note what was said with it; may be empty
    public record Step(String action, String user, Instant time, String note) {}

    /// Copies the list.
    public HouseRule {
        history = List.copyOf(history);
    }

    /// Whether somebody ended it.
    public boolean ended() {
        return history.getLast().action().equals(ENDED);
    }

    /// Whether it is in force.
    public boolean active(Instant now) {
        return !ended() && expires.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /// `active`, `expired` or `ended`.
    public String state(Instant now) {
        return ended() ? "ended" : active(now) ? "active" : "expired";
    }

    /// The rule after somebody ended it.
    public HouseRule end(String user, Instant time, String note) {
        List<Step> steps = new ArrayList<>(history);
        steps.add(new Step(ENDED, user, time, note));
        return new HouseRule(id, action, match, expires, reason, steps);
    }
}
