package io.netsentinel.transport;

import io.netsentinel.websocket.ConnectionBudget;

/// How many files, connections among them, this process may have open.
///
/// @param limit files at most
/// @param connections connections a server would take with that limit
public record OpenFiles(long limit, int connections) {
    /// What the limit allows.
    ///
    /// @param wanted connections at most
    /// @throws IllegalStateException when it is too low for any, saying how many are needed
    public static OpenFiles forConnections(int wanted) {
        return new OpenFiles(
                ConnectionBudget.descriptorLimit(),
                ConnectionBudget.withinDescriptorLimit(wanted).connections());
    }
}
