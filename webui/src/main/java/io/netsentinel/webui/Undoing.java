package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Action;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.Status;
import io.netsentinel.detection.TriageResult;
import io.netsentinel.detection.TriageResult.Changed;
import io.netsentinel.events.Ulid;
import io.netsentinel.transport.Forms;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Remembers what bulk changes were made to, and what it was before, so that an undo need not carry
/// thousands of ids through the browser. Only the last few of each user, and only until the server
/// stops: later the alerts are opened again from the list.
final class Undoing {
    /// As many a user has.
    static final int MOST = 16;

    /// So many ids may stand in a form.
    private static final int FEW = 50;

    private final Map<String, Batches> users = new HashMap<>();

    /// Those of a user by their names; the eldest goes when there are too many.
    private static final class Batches extends LinkedHashMap<String, Map<Status, List<String>>> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<Status, List<String>>> eldest) {
            return size() > MOST;
        }
    }

    /// How to make these alerts again what they were.
    Toast.Undo of(String user, List<Changed> changed) {
        List<Toast.Field> fields =
                changed.size() <= FEW
                        ? changed.stream()
                                .map(one -> new Toast.Field(field(one.former()), one.id()))
                                .toList()
                        : List.of(new Toast.Field("batch", keep(user, changed)));
        return new Toast.Undo("/alerts/unack", fields);
    }

    /// The field of a form with the alerts that had a status.
    private static String field(Status former) {
        return former == Status.OPEN ? "alert" : former.text();
    }

    /// Keeps what was changed under a name that only this user may use.
    String keep(String user, List<Changed> changed) {
        Map<Status, List<String>> ids =
                changed.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Changed::former,
                                        () -> new EnumMap<>(Status.class),
                                        Collectors.mapping(Changed::id, Collectors.toList())));
        String name = Ulid.next();
        synchronized (users) {
            users.computeIfAbsent(user, _ -> new Batches()).put(name, ids);
        }
        return name;
    }

    /// What was kept, by the status it had; empty when that is too long ago, or somebody else's.
    Map<Status, List<String>> kept(String user, String batch) {
        synchronized (users) {
            return users.getOrDefault(user, new Batches()).getOrDefault(batch, Map.of());
        }
    }

    /// What a form takes back: a batch, or the alerts that it names.
    private Map<Status, List<String>> asked(String user, Forms form) {
        String batch = form.first("batch");
        if (!batch.isEmpty()) {
            return kept(user, batch);
        }
        Map<Status, List<String>> ids = new EnumMap<>(Status.class);
        for (Status former : Status.values()) {
            List<String> some = form.all(field(former));
            if (!some.isEmpty()) {
                ids.put(former, some);
            }
        }
        return ids;
    }

    /// Makes alerts again what they were, and then forgets the batch: when that fails it can be
    /// tried again.
    ///
    /// @return what became of it, by the action that did it
    Map<Action, TriageResult> restore(Alerts alerts, Identity who, Forms form) {
        Map<Action, TriageResult> results = new EnumMap<>(Action.class);
        asked(who.user(), form)
                .forEach((former, ids) -> {
                    Action action = Action.to(former);
                    results.put(action, alerts.change(who, action, ids, form.first("note")));
                });
        synchronized (users) {
            users.getOrDefault(who.user(), new Batches()).remove(form.first("batch"));
        }
        return results;
    }

    /// How many were changed.
    static int changed(Map<Action, TriageResult> results) {
        return results.values().stream().mapToInt(result -> result.changed().size()).sum();
    }

    /// What became of it, as a message.
    static Toast toast(Map<Action, TriageResult> results) {
        List<String> sentences = new ArrayList<>();
        results.forEach((action, result) ->
                sentences.add(Toast.of(action, result, _ -> Toast.Undo.NONE).text()));
        return new Toast(String.join(" ", sentences), changed(results) == 0, Toast.Undo.NONE);
    }
}
