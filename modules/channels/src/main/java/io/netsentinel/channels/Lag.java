package io.netsentinel.channels;

/// What happens to a subscription that cannot keep up with its channel.
public enum Lag {
    /// It keeps its cursor and gets everything later, as long as retention keeps it.
    LAG
}
