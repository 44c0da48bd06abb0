package io.netsentinel.webui;

import io.netsentinel.events.Ulid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Remembers what bulk changes were made to, so that an undo need not carry thousands of ids
/// through the browser. Only the last few, and only until the server stops: later the alerts are
/// opened again from the list.
final class Undoing {
    private static final int MOST = 32;

    /// So many ids may stand in a form.
    private static final int FEW = 50;

    private final Map<String, Batch> batches =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Batch> eldest) {
                    return size() > MOST;
                }
            };

    private record Batch(String user, List<String> ids) {}

    /// How to open these alerts again.
    Toast.Undo open(String user, List<String> ids) {
        return ids.size() <= FEW
                ? Toast.Undo.of("/alerts/unack", "alert", ids)
                : Toast.Undo.of("/alerts/unack", "batch", List.of(keep(user, ids)));
    }

    /// Keeps ids under a name that only this user may use.
    String keep(String user, List<String> ids) {
        String name = Ulid.next();
        synchronized (batches) {
            batches.put(name, new Batch(user, List.copyOf(ids)));
        }
        return name;
    }

    /// What was kept; empty when that is too long ago, or somebody else's.
    List<String> take(String user, String name) {
        synchronized (batches) {
            Batch batch = batches.get(name);
            if (batch == null || !batch.user().equals(user)) {
                return List.of();
            }
            batches.remove(name);
            return batch.ids();
        }
    }
}
