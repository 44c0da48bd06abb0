package io.netsentinel.webui;

import io.netsentinel.detection.Action;
import io.netsentinel.detection.TriageResult;
import java.util.ArrayList;
import java.util.List;

/// A short message about what was done.
///
/// @param ids what an undo would take back, empty for no undo
record Toast(String text, boolean bad, List<String> ids) {

    Toast {
        ids = List.copyOf(ids);
    }

    /// Whether there is something to take back.
    boolean undo() {
        return !ids.isEmpty();
    }

    static Toast problem(String text) {
        return new Toast(text, true, List.of());
    }

    /// What became of a change. Whoever was first is named.
    static Toast of(Action action, TriageResult result) {
        List<String> sentences = new ArrayList<>();
        int changed = result.changed().size();
        if (changed > 0) {
            sentences.add(done(action, changed));
        }
        if (!result.conflicts().isEmpty()) {
            sentences.add(conflict(result.conflicts()));
        }
        if (!result.unknown().isEmpty()) {
            sentences.add(Numbers.count(result.unknown().size(), "alert") + " no longer kept.");
        }
        boolean reversible = action == Action.ACK || action == Action.ESCALATE;
        List<String> ids =
                reversible
                        ? result.changed().stream().map(TriageResult.Changed::id).toList()
                        : List.of();
        return new Toast(String.join(" ", sentences), changed == 0, ids);
    }

    private static String done(Action action, int n) {
        String what = n == 1 ? "." : " " + Numbers.whole(n) + " alerts.";
        return switch (action) {
            case ACK -> "Acknowledged" + what;
            case UNACK -> "Opened again" + what;
            case ESCALATE -> "Escalated" + what;
            case NOTE -> "Note added.";
        };
    }

    private static String conflict(List<TriageResult.Conflict> conflicts) {
        TriageResult.Conflict first = conflicts.getFirst();
        String more = conflicts.size() == 1 ? "" : " (and " + (conflicts.size() - 1) + " more)";
        String who =
                first.user().isEmpty()
                        ? ""
                        : " by " + Visible.of(first.user()) + " at " + Rows.clock(first.time());
        return "Already " + first.status().text() + who + more + ".";
    }
}
