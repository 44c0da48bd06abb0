package io.netsentinel.transport;

import java.util.HashMap;
import java.util.Map;

/// Counts connections and views by user.
final class UserLimits {
    private final int connections;
    private final int views;
    private final Map<String, Use> uses = new HashMap<>();

    UserLimits(ProtocolSettings.Limits limits) {
        this.connections = limits.connectionsPerUser();
        this.views = limits.viewsPerUser();
    }

    /// What one user has.
    private static final class Use {
        private int connections;
        private final Map<String, Integer> views = new HashMap<>();
    }

    /// Counts a connection.
    ///
    /// @return false when the user has too many
    synchronized boolean connect(String user) {
        Use use = uses.computeIfAbsent(user, _ -> new Use());
        if (use.connections >= connections) {
            return false;
        }
        use.connections++;
        return true;
    }

    synchronized void disconnect(String user) {
        Use use = uses.get(user);
        if (use != null && --use.connections == 0) {
            uses.remove(user);
        }
    }

    /// Counts a subscription with this view.
    ///
    /// @return false when it would be one view too many
    synchronized boolean takeView(String user, String view) {
        Use use = uses.get(user);
        if (use == null || (use.views.size() >= views && !use.views.containsKey(view))) {
            return false;
        }
        use.views.merge(view, 1, Integer::sum);
        return true;
    }

    synchronized void giveView(String user, String view) {
        Use use = uses.get(user);
        if (use != null) {
            use.views.computeIfPresent(view, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
