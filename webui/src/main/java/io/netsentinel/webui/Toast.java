package io.netsentinel.webui;

import io.netsentinel.detection.Action;
import io.netsentinel.detection.TriageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A short message about what was done.
///
/// @param undo how to take it back
record Toast(String text, boolean bad, Undo undo) {

    /// A field of a form.
    record Field(String name, String value) {}

    /// A form that takes something back.
    ///
    /// @param action where it is posted; empty when there is nothing to take back
    record Undo(String action, List<Field> fields) {
        /// Nothing to take back.
        static final Undo NONE = new Undo("", List.of());

        /// Copies the list.
        Undo {
            fields = List.copyOf(fields);
        }
    }

    /// Whether there is something to take back.
    boolean undoable() {
        return !undo.action().isEmpty();
    }

    static Toast done(String text) {
        return new Toast(text, false, Undo.NONE);
    }

    static Toast problem(String text) {
        return new Toast(text, true, Undo.NONE);
    }

    /// What became of a change. Whoever was first is named.
    ///
    /// @param undo makes of what was changed how it is changed back
    static Toast of(
            Action action, TriageResult result, Function<List<TriageResult.Changed>, Undo> undo) {
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
        return new Toast(
                String.join(" ", sentences),
                changed == 0,
                reversible && changed > 0 ? undo.apply(result.changed()) : Undo.NONE);
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
