package io.netsentinel.transport;

import java.util.HashMap;
import java.util.Map;

/// Counts connections and views by user.
final class UserLimits {
    private final int connections;
    private final int views;
    private final int commands;
    private final Map<String, Use> uses = new HashMap<>();

    UserLimits(ProtocolSettings.Limits limits) {
        this.connections = limits.connectionsPerUser();
        this.views = limits.viewsPerUser();
        this.commands = limits.commandsPerUser();
    }

    /// What one user has.
    private static final class Use {
        private final TokenBucket commands;
        private int connections;
        private final Map<String, Integer> views = new HashMap<>();

        Use(TokenBucket commands) {
            this.commands = commands;
        }
    }

    /// Counts a connection.
    ///
    /// @return false when the user has too many
    synchronized boolean connect(String user) {
        Use use =
                uses.computeIfAbsent(
                        user,
                        _ -> new Use(new TokenBucket(commands, 2.0 * commands, System.nanoTime())));
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

    /// Counts a command.
    ///
    /// @param now `System.nanoTime()`
    /// @return 0 when the user may, else the nanoseconds until then
    synchronized long command(String user, long now) {
        Use use = uses.get(user);
        return use == null ? 0 : use.commands.take(now);
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
