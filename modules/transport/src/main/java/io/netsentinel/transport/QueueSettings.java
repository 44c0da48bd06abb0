package io.netsentinel.transport;

import io.netsentinel.queuing.InboxSettings;
import java.time.Duration;

/// What is kept for clients while they are away.
///
/// @param inboxes what direct messages may take
/// @param cursorsPerUser durable subscriptions of one user
/// @param cursors durable subscriptions altogether
/// @param cursorMaxIdle how long a durable subscription is kept that nobody holds
/// @param clientMaxIdle how long a client without messages is remembered that is not connected
public record QueueSettings(
        InboxSettings inboxes,
        int cursorsPerUser,
        int cursors,
        Duration cursorMaxIdle,
        Duration clientMaxIdle) {

    /// @throws IllegalArgumentException when a value is not positive
    public QueueSettings {
        if (cursorsPerUser < 1 || cursors < 1) {
            throw new IllegalArgumentException("limits of durable subscriptions must be positive");
        }
        if (!cursorMaxIdle.isPositive() || !clientMaxIdle.isPositive()) {
            throw new IllegalArgumentException("what is kept is kept for a time");
        }
    }

    /// 100 durable subscriptions of a user, 10,000 altogether; both kinds of idle things are kept
    /// 30 days.
    public static QueueSettings defaults() {
        return new QueueSettings(
                InboxSettings.defaults(), 100, 10_000, Duration.ofDays(30), Duration.ofDays(30));
    }

    /// The same with other limits for direct messages.
    public QueueSettings with(InboxSettings other) {
        return new QueueSettings(other, cursorsPerUser, cursors, cursorMaxIdle, clientMaxIdle);
    }

    /// The same with other limits for durable subscriptions.
    public QueueSettings withCursors(int perUser, int altogether) {
        return new QueueSettings(inboxes, perUser, altogether, cursorMaxIdle, clientMaxIdle);
    }

    /// The same with other times for what nobody comes back to.
    public QueueSettings withMaxIdle(Duration ofCursors, Duration ofClients) {
        return new QueueSettings(inboxes, cursorsPerUser, cursors, ofCursors, ofClients);
    }
}
